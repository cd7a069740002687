package org.partita.trainer.training;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.partita.music.model.BundleFiles;
import org.partita.music.model.ModelManifest;
import org.partita.trainer.bundle.BundleWeights;
import org.partita.trainer.bundle.ManifestFile;
import org.partita.trainer.data.PreparedMusic;
import org.partita.trainer.data.PreparedPiece;
import org.partita.trainer.report.JsonReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code trainer train}: prepared music to checkpoints. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = {
            "Train a network on prepared music, on CUDA if libtorch finds it, else on the CPU.",
            "The run's directory receives checkpoints, metrics.jsonl and loss.svg. Interrupt it when"
                    + " you like; --resume goes on from the last checkpoint exactly."
        })
public final class TrainCommand implements Callable<Integer> {

    private static final List<String> NOT_TO_RESUME = List.of("--config", "--set", "--from");

    private final Clock clock;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--data", paramLabel = "FILE", description = "What `prepare` wrote.")
    private @Nullable Path data;

    @Option(
            names = "--valid",
            paramLabel = "FILE",
            description = "Prepared music that is never learnt from.")
    private @Nullable Path valid;

    @Option(
            names = "--valid-pieces",
            paramLabel = "N",
            defaultValue = "32",
            description =
                    "Pieces of it to read at a validation; 0 = all (default ${DEFAULT-VALUE}).")
    private int validPieces;

    @Option(names = "--run", paramLabel = "DIR", description = "Directory of the run.")
    private @Nullable Path run;

    @Option(
            names = "--resume",
            description =
                    "Go on from the run's last checkpoint, with its configuration: without --config,"
                            + " --set and --from.")
    private boolean resume;

    @Option(
            names = "--from",
            paramLabel = "BUNDLE",
            description =
                    "Begin with the weights of this model bundle instead of random ones. The"
                            + " configuration's sizes must be its own.")
    private @Nullable Path from;

    @Mixin private ConfigurationInput configuration = new ConfigurationInput();

    @Option(names = "--print-config", description = "Print the configuration as JSON and stop.")
    private boolean printConfig;

    @Option(
            names = "--updates",
            paramLabel = "N",
            description = "End after so many updates of the whole run.")
    private @Nullable Integer updates;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            description = "End after so many minutes of the whole run.")
    private @Nullable Double minutes;

    @Option(
            names = "--until",
            paramLabel = "HH:MM",
            description = "End at this time of day, at the latest in 24 hours.")
    private @Nullable LocalTime until;

    @Option(
            names = "--checkpoint-minutes",
            paramLabel = "N",
            defaultValue = "5",
            description = "Minutes between checkpoints (default ${DEFAULT-VALUE}).")
    private double checkpointMinutes;

    @Option(
            names = "--validation-minutes",
            paramLabel = "N",
            defaultValue = "5",
            description = "Minutes between validations (default ${DEFAULT-VALUE}).")
    private double validationMinutes;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Threads of libtorch on the CPU (default ${DEFAULT-VALUE}).")
    private int threads;

    @Mixin private JsonReport json = new JsonReport();

    private record Report(
            TrainingConfig config,
            int updates,
            double minutes,
            long events,
            double epochs,
            List<ValidationResult> validation) {}

    public TrainCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        for (String option : NOT_TO_RESUME) {
            if (resume && spec.commandLine().getParseResult().hasMatchedOption(option)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--resume keeps the run's configuration and weights: leave %s out"
                                .formatted(option));
            }
        }
        TrainingConfig wanted = configuration.configuration(TrainingConfig.DEFAULTS);
        if (printConfig) {
            spec.commandLine().getOut().println(wanted.toJson());
            return 0;
        }
        Path music = required(data, "--data");
        Path directory = required(run, "--run");
        requireAtLeast("--threads", threads, 1);
        requireAtLeast("--valid-pieces", validPieces, 0);
        requireAtLeast("--checkpoint-minutes", checkpointMinutes, 0);
        requireAtLeast("--validation-minutes", validationMinutes, 0);
        Checkpoint checkpoint = null;
        if (resume) {
            checkpoint = Checkpoint.latest(directory);
            wanted = checkpoint.state().config();
        } else if (Checkpoint.existsIn(directory)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--run holds checkpoints already: go on with --resume, or name another"
                            + " directory: "
                            + directory);
        }
        PreparedMusic prepared = PreparedMusic.load(music);
        List<PreparedPiece> held =
                valid == null ? List.of() : some(PreparedMusic.load(valid).pieces());
        double before = checkpoint == null ? 0 : checkpoint.state().seconds();
        Budget budget = budget(before);
        Start start = from == null ? null : start(from);
        DataSummary summary = DataSummary.of(prepared, BundleFiles.hash(music));
        PreparedRepertoire learnt = new PreparedRepertoire(prepared.pieces());
        if (wanted.randomStart() > 0 && !learnt.hasFrames()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--data has no frame of the first part alone, which randomStart draws from;"
                            + " --set randomStart=0 trains without");
        }
        var screen = spec.commandLine().getOut();
        Checkpoint.State end =
                new Training(directory, wanted, threads, screen)
                        .run(
                                learnt,
                                summary,
                                new PreparedRepertoire(held),
                                start,
                                checkpoint,
                                budget,
                                new TrainingRun.Rhythm(
                                        checkpointMinutes * 60, validationMinutes * 60))
                        .state();
        json.write(
                new Report(
                        end.config(),
                        end.update(),
                        end.seconds() / 60,
                        end.events(),
                        end.epochs(),
                        end.validation()));
        return 0;
    }

    private static Start start(Path bundle) throws IOException {
        ModelManifest manifest = ManifestFile.readIntact(bundle);
        return new Start(
                "%s of commit %s".formatted(manifest.name(), manifest.gitCommit()),
                BundleWeights.read(bundle));
    }

    private Budget budget(double secondsBefore) {
        double seconds = minutes == null ? Double.POSITIVE_INFINITY : minutes * 60;
        if (until != null) {
            Duration left = Duration.between(LocalTime.now(clock), until);
            if (left.isNegative()) {
                left = left.plusDays(1);
            }
            seconds = Math.min(seconds, secondsBefore + left.toSeconds());
        }
        if (updates == null && Double.isInfinite(seconds)) {
            throw new ParameterException(
                    spec.commandLine(), "say when to end: --updates, --minutes or --until");
        }
        try {
            return new Budget(updates == null ? Integer.MAX_VALUE : updates, seconds);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private void requireAtLeast(String option, double value, double least) {
        if (!(value >= least)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "%s must be at least %s: %s".formatted(option, least, value));
        }
    }

    private Path required(@Nullable Path path, String option) {
        if (path == null) {
            throw new ParameterException(spec.commandLine(), option + " is required");
        }
        return path;
    }

    /** Evenly chosen pieces. */
    private List<PreparedPiece> some(List<PreparedPiece> pieces) {
        if (validPieces == 0 || validPieces >= pieces.size()) {
            return pieces;
        }
        List<PreparedPiece> chosen = new ArrayList<>();
        for (int i = 0; i < validPieces; i++) {
            chosen.add(pieces.get((int) ((long) i * pieces.size() / validPieces)));
        }
        return chosen;
    }
}
