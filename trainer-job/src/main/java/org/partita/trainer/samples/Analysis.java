package org.partita.trainer.samples;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.partita.music.event.GridScore;

/** Measures composed pieces beside real ones of the same length. */
final class Analysis {

    static final double BAND_LOW = 0.05;
    static final double BAND_HIGH = 0.95;

    /** Notes of an opening. */
    static final int OPENING = 64;

    /** Bars of the excerpts that mgeval's features are taken from. */
    private static final int FEATURE_BARS = 8;

    private static final String ALL = "all";

    /** The same report every time. */
    private static final long RESAMPLING_SEED = 1;

    private final Map<String, List<GridScore>> groups;
    private final List<GridScore> composed;
    private final List<GridScore> real;

    /** Excerpts of the real pieces, as long as the composed ones. */
    private final List<GridScore> excerpts;

    private final int notes;

    /**
     * @param composed pieces by their start; none of the lists is empty
     * @param real whole pieces of real music, at least two
     */
    Analysis(Map<String, List<GridScore>> composed, List<GridScore> real) {
        this.composed = composed.values().stream().flatMap(List::stream).toList();
        groups = new LinkedHashMap<>(composed);
        groups.put(ALL, this.composed);
        if (groups.size() == 2) {
            groups.remove(composed.keySet().iterator().next());
        }
        this.real = real;
        notes = (int) Sample.of(this.composed, piece -> piece.notes().size()).quantile(0.5);
        excerpts = real.stream().map(piece -> Bars.middleNotes(piece, notes)).toList();
    }

    /** Notes of a composed piece in the median. */
    int notes() {
        return notes;
    }

    List<Report.Group> statistics() {
        return groups(groups, excerpts);
    }

    /** The first notes of each piece, beside those of the real ones. */
    List<Report.Group> openings() {
        Map<String, List<GridScore>> first = new LinkedHashMap<>();
        groups.forEach((name, pieces) -> first.put(name, opening(pieces)));
        return groups(first, opening(real));
    }

    private static List<GridScore> opening(List<GridScore> pieces) {
        return pieces.stream().map(piece -> Bars.firstNotes(piece, OPENING)).toList();
    }

    private static List<Report.Group> groups(
            Map<String, List<GridScore>> composed, List<GridScore> real) {
        List<Report.Group> all = new ArrayList<>();
        composed.forEach((name, pieces) -> {
            List<Report.Row> rows = new ArrayList<>();
            for (Statistic statistic : Statistic.values()) {
                rows.add(row(statistic, pieces, real));
            }
            all.add(new Report.Group(name, pieces.size(), rows));
        });
        return all;
    }

    private static Report.Row row(
            Statistic statistic, List<GridScore> composed, List<GridScore> real) {
        Sample ours = Sample.of(composed, statistic::of);
        Sample theirs = Sample.of(real, statistic::of);
        double low = theirs.quantile(BAND_LOW);
        double high = theirs.quantile(BAND_HIGH);
        double mean = ours.mean();
        double median = ours.quantile(0.5);
        return new Report.Row(
                statistic.title(),
                mean,
                median,
                theirs.quantile(0.5),
                low,
                high,
                mean >= low && mean <= high,
                median >= low && median <= high,
                ours.shareWithin(low, high));
    }

    List<Report.FeatureRow> features() {
        List<GridScore> ours = bars(composed);
        List<GridScore> theirs = bars(real);
        List<GridScore> oneHalf = everySecond(theirs, 0);
        List<GridScore> otherHalf = everySecond(theirs, 1);
        List<Report.FeatureRow> rows = new ArrayList<>();
        if (ours.size() < 2 || otherHalf.size() < 2) {
            return rows;
        }
        for (MusicFeature feature : MusicFeature.values()) {
            double[] between = Distances.between(feature, theirs, ours);
            Density.Comparison real = Density.compare(Distances.within(feature, theirs), between);
            Density.Comparison own = Density.compare(Distances.within(feature, ours), between);
            Density.Comparison halves =
                    Density.compare(
                            Distances.within(feature, oneHalf),
                            Distances.between(feature, oneHalf, otherHalf));
            rows.add(
                    new Report.FeatureRow(
                            feature.title(),
                            real.overlapArea(),
                            real.divergence(),
                            own.overlapArea(),
                            halves.overlapArea()));
        }
        return rows;
    }

    private static List<GridScore> bars(List<GridScore> pieces) {
        return pieces.stream().map(piece -> Bars.middleBars(piece, FEATURE_BARS)).toList();
    }

    private static List<GridScore> everySecond(List<GridScore> pieces, int first) {
        return IntStream.range(0, pieces.size())
                .filter(i -> i % 2 == first)
                .mapToObj(pieces::get)
                .toList();
    }

    /** Null if none of the pieces is long. */
    static Report.@Nullable DriftReport drift(List<GridScore> composed, List<GridScore> real) {
        List<GridScore> ours = composed.stream().filter(Drift::isLong).toList();
        List<GridScore> theirs = real.stream().filter(Drift::isLong).toList();
        if (ours.isEmpty() || theirs.isEmpty()) {
            return null;
        }
        List<GridScore> realStretches =
                theirs.stream()
                        .flatMap(piece -> Bars.stretches(piece, Drift.NOTES).stream())
                        .toList();
        List<Report.Stretch> stretches = Drift.of(ours);
        return new Report.DriftReport(
                ours.size(),
                stretches,
                theirs.size(),
                Drift.of(theirs),
                10 * slope(stretches.stream().map(Report.Stretch::pitchClassEntropy).toList()),
                10 * slope(stretches.stream().map(Report.Stretch::bitsANote).toList()),
                band(Sample.of(realStretches, Statistic.PITCH_CLASS_ENTROPY::of)),
                band(Sample.of(realStretches, Drift::bitsANote)));
    }

    private static List<Double> band(Sample sample) {
        return List.of(sample.quantile(BAND_LOW), sample.quantile(BAND_HIGH));
    }

    /** Least squares against 0, 1, 2... */
    static double slope(List<Double> values) {
        double middle = (values.size() - 1) / 2.0;
        double products = 0;
        double squares = 0;
        for (int i = 0; i < values.size(); i++) {
            products += (i - middle) * values.get(i);
            squares += (i - middle) * (i - middle);
        }
        return squares == 0 ? 0 : products / squares;
    }

    /** Composed pieces by start and real excerpts of the same length against the training music. */
    List<Report.Copying> originality(Originality training) {
        List<Report.Copying> rows = new ArrayList<>();
        groups.forEach((name, pieces) -> rows.add(copying(name, training, pieces)));
        rows.add(copying("real", training, excerpts));
        return rows;
    }

    private static Report.Copying copying(
            String name, Originality training, List<GridScore> pieces) {
        List<Originality.Overlap> overlaps = pieces.stream().map(training::overlap).toList();
        Sample shares = Sample.of(overlaps, Originality.Overlap::share);
        Sample runs = Sample.of(overlaps, Originality.Overlap::longestRun);
        Sample distinct = Sample.of(overlaps, Originality.Overlap::longestDistinct);
        Originality.Overlap longest =
                Collections.max(overlaps, Comparator.comparingInt(Originality.Overlap::longestRun));
        Originality.Overlap longestDistinct =
                Collections.max(
                        overlaps, Comparator.comparingInt(Originality.Overlap::longestDistinct));
        return new Report.Copying(
                name,
                pieces.size(),
                shares.mean(),
                runs.quantile(0.5),
                runs.quantile(BAND_HIGH),
                interval(runs),
                longest.longestRun(),
                longest.source(),
                distinct.quantile(BAND_HIGH),
                interval(distinct),
                longestDistinct.longestDistinct(),
                longestDistinct.distinctSource());
    }

    private static List<Double> interval(Sample runs) {
        return Arrays.stream(
                        runs.quantileInterval(BAND_HIGH, new SplittableRandom(RESAMPLING_SEED)))
                .boxed()
                .toList();
    }

    /** Composed pieces by start, whole real pieces, and real music that stops anywhere. */
    List<Report.Endings> endings() {
        List<Report.Endings> rows = new ArrayList<>();
        groups.forEach((name, pieces) -> rows.add(endings(name, pieces)));
        rows.add(endings("real", real));
        rows.add(endings("real, cut in the middle", cut(excerpts)));
        return rows;
    }

    /** Only pieces that the excerpt left something of. */
    private List<GridScore> cut(List<GridScore> shortened) {
        return IntStream.range(0, real.size())
                .filter(i -> shortened.get(i).notes().size() < real.get(i).notes().size())
                .mapToObj(shortened::get)
                .toList();
    }

    private static Report.Endings endings(String name, List<GridScore> pieces) {
        List<Ending> endings = pieces.stream().filter(Ending::canBeTold).map(Ending::of).toList();
        double all = Math.max(1, endings.size());
        return new Report.Endings(
                name,
                endings.size(),
                endings.stream().filter(Ending::onTonic).count() / all,
                endings.stream().filter(Ending::held).count() / all,
                endings.stream().filter(Ending::closes).count() / all);
    }
}
