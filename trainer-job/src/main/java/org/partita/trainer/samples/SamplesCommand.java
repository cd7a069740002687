package org.partita.trainer.samples;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import org.partita.music.event.EventCodec;
import org.partita.music.event.GridScore;
import org.partita.trainer.data.Preparation;
import org.partita.trainer.data.PreparedPiece;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code trainer samples}: composed pieces beside real ones. */
@Command(
        name = "samples",
        mixinStandardHelpOptions = true,
        description = {
            "Describe composed MIDI files by numbers beside real music: entropy of pitch classes,"
                    + " scale and groove consistency, density, polyphony, silence.",
            "With --train, also how much of them stands in the training music note for note, and"
                    + " the same for the real music."
        })
public final class SamplesCommand implements Callable<Integer> {

    private static final List<String> NO_STYLES = List.of("unknown");
    private static final double BAND_LOW = 0.05;
    private static final double BAND_HIGH = 0.95;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "DIR", description = "Directories of composed .mid files.")
    private List<Path> composed = List.of();

    @Option(
            names = "--real",
            required = true,
            paramLabel = "DIR",
            description = "Directory of real music to compare with. May be repeated.")
    private List<Path> real = List.of();

    @Option(
            names = "--train",
            paramLabel = "DIR",
            description = "Directory of the training music. May be repeated.")
    private List<Path> train = List.of();

    @Option(
            names = "--programs",
            split = ",",
            paramLabel = "N",
            description = "Of real and training music keep only parts with these programs.")
    private List<Integer> programs = List.of();

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the report here.")
    private @Nullable Path json;

    /**
     * One statistic of both sides.
     *
     * @param name of the statistic
     * @param composedMean mean over the composed pieces
     * @param realMean mean over the real ones
     * @param realLow below this lie 5 % of the real ones
     * @param realHigh above this lie 5 % of the real ones
     * @param composedInBand share of the composed pieces between the two
     */
    record Row(
            String name,
            double composedMean,
            double realMean,
            double realLow,
            double realHigh,
            double composedInBand) {}

    /**
     * How much of some pieces the training music holds.
     *
     * @param meanShare of passages of eight symbols, mean over the pieces
     * @param medianRun median of the longest shared runs, in notes
     * @param run95 the run that 5 % of the pieces exceed
     * @param longestRun of all
     * @param source the training piece it stands in
     */
    record Copying(
            double meanShare, double medianRun, double run95, int longestRun, String source) {}

    /** Everything the command prints. */
    record Report(
            int composed,
            int real,
            int unreadable,
            List<Row> statistics,
            @Nullable Copying composedCopies,
            @Nullable Copying realCopies,
            List<Preparation.Skip> skipped) {}

    @Override
    public Integer call() throws IOException {
        requireDirectories(composed);
        requireDirectories(real);
        requireDirectories(train);
        Preparation.Result made = read("read composed", composed, List.of());
        Preparation.Result human = read("read real", real, programs);
        if (made.music().pieces().isEmpty() || human.music().pieces().isEmpty()) {
            spec.commandLine().getErr().println("No usable MIDI file on one of the two sides");
            return 1;
        }
        List<GridScore> ours = scores(made.music().pieces());
        List<GridScore> theirs = scores(human.music().pieces());
        List<Row> rows = new ArrayList<>();
        for (Statistic statistic : Statistic.values()) {
            rows.add(row(statistic, ours, theirs));
        }
        Copying composedCopies = null;
        Copying realCopies = null;
        if (!train.isEmpty()) {
            List<PreparedPiece> pieces = read("read training", train, programs).music().pieces();
            Originality music = Originality.of(pieces, scores(pieces));
            composedCopies = copying(music, ours);
            realCopies = copying(music, theirs);
        }
        Report report =
                new Report(
                        ours.size(),
                        theirs.size(),
                        made.skipped().size(),
                        rows,
                        composedCopies,
                        realCopies,
                        made.skipped());
        print(report);
        if (json != null) {
            JsonMapper mapper =
                    JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
            Files.writeString(json, mapper.writeValueAsString(report) + "\n");
        }
        return 0;
    }

    private static Row row(Statistic statistic, List<GridScore> ours, List<GridScore> theirs) {
        Sample composedSample = Sample.of(ours, statistic::of);
        Sample realSample = Sample.of(theirs, statistic::of);
        double low = realSample.quantile(BAND_LOW);
        double high = realSample.quantile(BAND_HIGH);
        return new Row(
                statistic.title(),
                composedSample.mean(),
                realSample.mean(),
                low,
                high,
                composedSample.shareWithin(low, high));
    }

    private static Copying copying(Originality music, List<GridScore> pieces) {
        List<Originality.Overlap> overlaps = pieces.stream().map(music::overlap).toList();
        Sample shares = Sample.of(overlaps, Originality.Overlap::share);
        Sample runs = Sample.of(overlaps, Originality.Overlap::longestRun);
        Originality.Overlap longest = overlaps.getFirst();
        for (Originality.Overlap overlap : overlaps) {
            longest = overlap.longestRun() > longest.longestRun() ? overlap : longest;
        }
        return new Copying(
                shares.mean(),
                runs.quantile(0.5),
                runs.quantile(BAND_HIGH),
                longest.longestRun(),
                longest.source());
    }

    private static List<GridScore> scores(List<PreparedPiece> pieces) {
        return pieces.stream()
                .map(piece -> EventCodec.decode(piece.events(), piece.conditions()))
                .toList();
    }

    private static Preparation.Result read(String task, List<Path> from, List<Integer> kept)
            throws IOException {
        long files = 0;
        for (Path directory : from) {
            files += Preparation.midiFiles(directory).size();
        }
        try (ProgressBar bar = new ProgressBar(task, files)) {
            return new Preparation(new Preparation.Filter(List.of(), List.of(), kept))
                    .prepare(from, NO_STYLES, file -> bar.step());
        }
    }

    private void requireDirectories(List<Path> all) {
        for (Path directory : all) {
            if (!Files.isDirectory(directory)) {
                throw new ParameterException(spec.commandLine(), "not a directory: " + directory);
            }
        }
    }

    private void print(Report report) {
        PrintWriter screen = spec.commandLine().getOut();
        screen.printf(
                "%d composed pieces (%d files not usable), %d real ones%n%n",
                report.composed(), report.unreadable(), report.real());
        screen.println("| statistic | composed | real | real 5–95 % | composed inside |");
        screen.println("|---|---:|---:|---:|---:|");
        for (Row row : report.statistics()) {
            screen.printf(
                    "| %s | %.3f | %.3f | %.3f–%.3f | %.0f %% |%n",
                    row.name(),
                    row.composedMean(),
                    row.realMean(),
                    row.realLow(),
                    row.realHigh(),
                    100 * row.composedInBand());
        }
        print("composed", report.composedCopies());
        print("real", report.realCopies());
        screen.flush();
    }

    private void print(String side, @Nullable Copying copying) {
        if (copying != null) {
            spec.commandLine()
                    .getOut()
                    .printf(
                            "%s: %.2f %% of 8-symbol passages stand in the training music; longest"
                                    + " shared run %.0f notes in the median, %.0f at 95 %%, %d at"
                                    + " most (%s)%n",
                            side,
                            100 * copying.meanShare(),
                            copying.medianRun(),
                            copying.run95(),
                            copying.longestRun(),
                            copying.source());
        }
    }
}
