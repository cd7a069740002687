package org.partita.trainer.samples;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that {@code trainer samples} finds, as it is written to JSON.
 *
 * @param modelSha256 of the bundle that composed, empty if the pieces do not say
 * @param sampling as in the pieces' requests, empty values being the model's own
 * @param notes of a composed piece in the median, and of the excerpts of real music
 * @param realPieces how many pieces of real music there are
 * @param realFrom directories of real music
 * @param trainingFrom files and directories of training music
 * @param groups composed pieces by their start, then all together
 * @param openings the same for the first notes of each piece
 * @param features by which composed and real music are apart
 * @param drift of long pieces
 * @param validity of all composed files
 * @param originality of composed and of real music, if there was training music
 */
record Report(
        String modelSha256,
        Map<String, Object> sampling,
        int notes,
        int realPieces,
        List<String> realFrom,
        List<String> trainingFrom,
        List<Group> groups,
        List<Group> openings,
        List<FeatureRow> features,
        @Nullable DriftReport drift,
        ValidityReport validity,
        List<Copying> originality,
        List<Endings> endings) {

    /** Statistics of some composed pieces. */
    record Group(String name, int pieces, List<Row> statistics) {}

    /**
     * One statistic of both sides.
     *
     * @param name of the statistic
     * @param mean over the composed pieces
     * @param median of the composed pieces
     * @param realMedian median of the real excerpts
     * @param realLow below this lie 5 % of the real excerpts
     * @param realHigh above this lie 5 % of them
     * @param meanInside whether the composed mean lies between the two
     * @param medianInside whether the composed median does
     * @param piecesInside share of the composed pieces that do
     */
    record Row(
            String name,
            double mean,
            double median,
            double realMedian,
            double realLow,
            double realHigh,
            boolean meanInside,
            boolean medianInside,
            double piecesInside) {}

    /**
     * A feature of mgeval.
     *
     * @param overlapArea of the distances within the real music with those between it and the
     *     composed
     * @param divergence of the same two, in nats
     * @param overlapOfOwn of the distances within the composed music with those between
     * @param halvesOverlapArea what the overlap is where one half of the real music stands for the
     *     composed
     */
    record FeatureRow(
            String name,
            double overlapArea,
            double divergence,
            double overlapOfOwn,
            double halvesOverlapArea) {}

    /** Means of one stretch of the long pieces. */
    record Stretch(double pitchClassEntropy, double bitsANote) {}

    /**
     * Long pieces by stretches.
     *
     * @param composed stretch by stretch
     * @param real the same of the long real pieces
     * @param entropySlope change of the pitch-class entropy over ten stretches, by least squares
     * @param bitsSlope the same of the bits a note
     * @param entropyBand 5 % and 95 % of all real stretches
     * @param bitsBand the same
     */
    record DriftReport(
            int pieces,
            List<Stretch> composed,
            int realPieces,
            List<Stretch> real,
            double entropySlope,
            double bitsSlope,
            List<Double> entropyBand,
            List<Double> bitsBand) {}

    /** A file with what is wrong with it. */
    record Fault(String file, List<String> faults) {}

    /** How many of all composed files are as they must be. */
    record ValidityReport(int files, int valid, List<Fault> faulty) {}

    /**
     * How much of some pieces the training music holds.
     *
     * @param meanShare of passages of eight symbols, mean over the pieces
     * @param medianRun median of the longest shared runs, in notes
     * @param run95 the run that 5 % of the pieces exceed
     * @param run95Interval where that lies with 95 % confidence
     * @param longestRun of all
     * @param source the training piece it stands in
     * @param distinct95 like {@code run95}, without repetition
     * @param distinct95Interval where that lies with 95 % confidence
     * @param longestDistinct of all
     * @param distinctSource the training piece it stands in
     */
    record Copying(
            String name,
            int pieces,
            double meanShare,
            double medianRun,
            double run95,
            List<Double> run95Interval,
            int longestRun,
            String source,
            double distinct95,
            List<Double> distinct95Interval,
            int longestDistinct,
            String distinctSource) {}

    /** How often pieces close: at rest, on the tonic, both. */
    record Endings(String name, int pieces, double onTonic, double held, double closes) {}
}
