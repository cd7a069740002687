package org.partita.trainer.evaluate;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;
import org.partita.music.model.ModelManifest;
import org.partita.trainer.bundle.ManifestFile;
import org.partita.trainer.data.MidiInput;
import org.partita.trainer.data.Preparation;
import org.partita.trainer.data.PreparedPiece;
import org.partita.trainer.report.JsonReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code trainer evaluate}: how well a bundle predicts music. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = {
            "Print the exact negative log-likelihood of the MIDI files in the directories under a"
                    + " model bundle, through ONNX Runtime.",
            "With --baseline, also that of Witten-Bell n-grams counted on other music, on the same"
                    + " events. They hear each piece in its own key alone.",
            "--exclude-licence, --require and --programs choose from directories; prepared music is"
                    + " taken whole.",
            "The model is told parts, meters and tempos of the pieces, but neither style nor length."
        })
public final class EvaluateCommand implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "BUNDLE", description = "Directory of a model bundle.")
    private Path bundle = Path.of("");

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "DIR",
            description = "Directories of .mid files to score.")
    private List<Path> directories = List.of();

    @Option(
            names = "--baseline",
            paramLabel = "PATH",
            description =
                    "Count n-grams on training music as `prepare` wrote it, or on the .mid files of"
                            + " a directory. May be repeated.")
    private List<Path> baseline = List.of();

    @Option(
            names = "--orders",
            paramLabel = "N",
            defaultValue = "8",
            description = "Highest order of the n-grams (default ${DEFAULT-VALUE}).")
    private int orders;

    @Option(
            names = "--conditions",
            description =
                    "Also tell the model another style and another meter than the pieces', to see"
                            + " how much it listens.")
    private boolean conditions;

    @Mixin private MidiInput input = new MidiInput();

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Threads of ONNX Runtime (default ${DEFAULT-VALUE}).")
    private int threads;

    @Mixin private JsonReport json = new JsonReport();

    /**
     * Nats, shared out in several ways.
     *
     * @param nats all together
     * @param perNote by the notes
     * @param perEvent by the events
     * @param perSecond by the seconds of music; null for n-grams
     * @param tokenPerNote part of perNote that tokens cost
     * @param durationPerNote part of perNote that durations cost
     * @param velocityPerNote part of perNote that velocities cost
     */
    record Nats(
            double nats,
            double perNote,
            double perEvent,
            @Nullable Double perSecond,
            double tokenPerNote,
            double durationPerNote,
            double velocityPerNote) {

        static Nats of(Likelihood sum) {
            double notes = Math.max(1, sum.notes());
            return new Nats(
                    sum.nats(),
                    sum.nats() / notes,
                    sum.nats() / Math.max(1, sum.events()),
                    sum.seconds() > 0 ? sum.nats() / sum.seconds() : null,
                    sum.token() / notes,
                    sum.duration() / notes,
                    sum.velocity() / notes);
        }
    }

    /** One piece's nats per note. */
    record Piece(String path, int notes, double perNote) {}

    /** The n-gram of one order. */
    record Order(int order, Nats nats) {}

    /** What was counted for the n-grams and what came of it. */
    record BaselineReport(
            List<String> paths, int pieces, long notes, int bestOrder, List<Order> orders) {}

    /** Everything the command prints. */
    record Report(
            String model,
            String fingerprint,
            List<String> directories,
            int files,
            int pieces,
            long notes,
            long events,
            double seconds,
            Nats nats,
            double perNoteMeanOfPieces,
            @Nullable BaselineReport baseline,
            @Nullable Double shareOfBaseline,
            List<Conditioning.Row> conditions,
            List<Piece> byPiece,
            List<Preparation.Skip> skipped) {}

    @Override
    public Integer call() throws IOException {
        input.requireDirectories("DIR", directories);
        if (orders < 1 || threads < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--orders and --threads must be at least 1");
        }
        ModelManifest manifest = ManifestFile.readIntact(bundle);
        List<PreparedPiece> training = input.piecesOf("--baseline", baseline);
        Preparation.Result held = input.read("DIR", directories, manifest.styles());
        List<PreparedPiece> pieces = held.music().pieces();
        List<Likelihood> likelihoods;
        List<Conditioning.Row> told = List.of();
        try (ModelScorer scorer = new ModelScorer(bundle, threads)) {
            likelihoods = score(scorer, pieces.stream().map(PreparedPiece::withoutStyle).toList());
            if (conditions) {
                told = Conditioning.measure(pieces, likelihoods, asked -> score(scorer, asked));
            }
        }
        Likelihood sum = likelihoods.stream().reduce(Likelihood.NONE, Likelihood::plus);
        BaselineReport counted = training.isEmpty() ? null : baseline(training, pieces);
        List<Piece> byPiece = new ArrayList<>();
        double perPiece = 0;
        for (int i = 0; i < pieces.size(); i++) {
            Likelihood likelihood = likelihoods.get(i);
            double perNote = likelihood.nats() / likelihood.notes();
            perPiece += perNote / pieces.size();
            byPiece.add(
                    new Piece(
                            pieces.get(i).source().path(),
                            Math.toIntExact(likelihood.notes()),
                            perNote));
        }
        Nats nats = Nats.of(sum);
        Report report =
                new Report(
                        manifest.name(),
                        manifest.fingerprint(),
                        held.music().directories(),
                        held.files(),
                        pieces.size(),
                        sum.notes(),
                        sum.events(),
                        sum.seconds(),
                        nats,
                        perPiece,
                        counted,
                        counted == null ? null : nats.perNote() / best(counted).nats().perNote(),
                        told,
                        byPiece,
                        held.skipped());
        print(report);
        json.write(report);
        return 0;
    }

    private static List<Likelihood> score(ModelScorer scorer, List<PreparedPiece> pieces) {
        try (ProgressBar bar = progress("model", pieces)) {
            return scorer.score(pieces, bar::stepBy);
        }
    }

    private BaselineReport baseline(List<PreparedPiece> training, List<PreparedPiece> pieces) {
        Baseline model = new Baseline(orders);
        try (ProgressBar bar = progress("count n-gram", training)) {
            for (PreparedPiece piece : training) {
                model.train(piece.events());
                bar.stepBy(piece.events().size());
            }
        }
        Likelihood[] likelihoods;
        try (ProgressBar bar = progress("n-gram", pieces)) {
            likelihoods = model.score(pieces, bar::stepBy);
        }
        List<Order> byOrder = new ArrayList<>();
        int best = 0;
        for (int i = 0; i < likelihoods.length; i++) {
            byOrder.add(new Order(i + 1, Nats.of(likelihoods[i])));
            best = likelihoods[i].nats() < likelihoods[best].nats() ? i : best;
        }
        return new BaselineReport(
                baseline.stream().map(Path::toString).toList(),
                training.size(),
                training.stream().mapToLong(piece -> piece.events().noteCount()).sum(),
                best + 1,
                byOrder);
    }

    private static Order best(BaselineReport report) {
        return report.orders().get(report.bestOrder() - 1);
    }

    /** By the events of the pieces. */
    private static ProgressBar progress(String task, List<PreparedPiece> pieces) {
        long events = pieces.stream().mapToLong(piece -> piece.events().size()).sum();
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(events)
                .setUnit(" events", 1)
                .showSpeed()
                .build();
    }

    private void print(Report report) {
        PrintWriter screen = spec.commandLine().getOut();
        screen.printf("model           %s (%.12s)%n", report.model(), report.fingerprint());
        screen.printf("files read      %,12d%n", report.files());
        screen.printf("pieces scored   %,12d%n", report.pieces());
        screen.printf("files skipped   %,12d%n", report.skipped().size());
        screen.printf("notes           %,12d%n", report.notes());
        screen.printf("events          %,12d%n", report.events());
        screen.printf("seconds         %,12.0f%n", report.seconds());
        Nats nats = report.nats();
        screen.printf(
                "%nnats per        note    event   second | token + duration + velocity a note%n");
        screen.printf(
                "model      %9.4f %8.4f %8.3f | %.4f + %.4f + %.4f%n",
                nats.perNote(),
                nats.perEvent(),
                nats.perSecond(),
                nats.tokenPerNote(),
                nats.durationPerNote(),
                nats.velocityPerNote());
        screen.printf(
                "           %9.4f a note, mean of the pieces' means%n",
                report.perNoteMeanOfPieces());
        BaselineReport counted = report.baseline();
        if (counted != null) {
            for (Order order : counted.orders()) {
                Nats gram = order.nats();
                screen.printf(
                        "%2d-gram    %9.4f %8.4f          | %.4f + %.4f + %.4f%s%n",
                        order.order(),
                        gram.perNote(),
                        gram.perEvent(),
                        gram.tokenPerNote(),
                        gram.durationPerNote(),
                        gram.velocityPerNote(),
                        order.order() == counted.bestOrder() ? "  best" : "");
            }
            screen.printf(
                    "n-grams counted on %,d pieces, %,d notes; the model needs %.1f %% of the best"
                            + " one's nats%n",
                    counted.pieces(),
                    counted.notes(),
                    100 * nats.perNote() / best(counted).nats().perNote());
        }
        for (Conditioning.Row row : report.conditions()) {
            screen.printf(
                    "told %s: %-21s %9.4f a note of %d pieces, %,d notes%s%n",
                    row.what(),
                    row.told(),
                    row.perNote(),
                    row.pieces(),
                    row.notes(),
                    row.truthLikelier() == null
                            ? ""
                            : "; likelier with their own: " + row.truthLikelier());
        }
        screen.flush();
    }
}
