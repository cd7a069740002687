package org.partita.worker.workbench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.partita.protocol.Controls;
import org.partita.protocol.GenerationRequest;
import org.partita.protocol.JobCodec;
import org.partita.protocol.Length;
import org.partita.protocol.Meter;
import org.partita.protocol.Sampling;
import org.partita.protocol.SamplingRequest;
import org.partita.worker.engine.Composing;
import org.partita.worker.engine.Engine;
import org.partita.worker.engine.EngineException;
import org.partita.worker.engine.EngineSettings;
import org.partita.worker.engine.ExecutionProvider;
import org.partita.worker.engine.ModelBundle;
import org.partita.worker.engine.ModelDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Composes many pieces without queue and store, through the engine that the service uses: the same
 * request and seed give the same file.
 */
@Command(
        name = "compose",
        mixinStandardHelpOptions = true,
        description = {
            "Compose pieces into a directory, many at once; each file bears its seed as its name.",
            "The service gives the same bytes for the same request and seed."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:all composed", "2:the model or a request cannot be used"})
public final class ComposeCommand implements Callable<Integer> {

    private static final int UNUSABLE = 2;
    private static final int DEFAULT_NOTES = 500;
    private static final Duration PATIENCE = Duration.ofHours(1);

    /** Pieces between two words about progress. */
    private static final int REPORTED = 100;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "A model bundle (default: the first shipped one).")
    private @Nullable Path model;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Where the files go; made if it is not there.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path out;

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "How many pieces (default ${DEFAULT-VALUE}).")
    private int count = 1;

    @Option(
            names = "--start",
            paramLabel = "KIND",
            description =
                    "random, note:PITCH, note:LOW-HIGH (each in turn), or mixed: random and a note"
                            + " of 21..108 by turns (default ${DEFAULT-VALUE}).")
    private String start = "random";

    @Option(
            names = "--notes",
            paramLabel = "N",
            description = "Length in notes (default " + DEFAULT_NOTES + ").")
    private @Nullable Integer notes;

    @Option(names = "--bars", paramLabel = "N", description = "Length in bars instead.")
    private @Nullable Integer bars;

    @Option(names = "--seconds", paramLabel = "N", description = "Length in seconds instead.")
    private @Nullable Integer seconds;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of the first piece; the next ones follow (default 0).")
    private long seed;

    @Option(names = "--temperature", paramLabel = "X", description = "Default: the model's.")
    private @Nullable Double temperature;

    @Option(names = "--top-k", paramLabel = "N", description = "Default: the model's.")
    private @Nullable Integer topK;

    @Option(names = "--top-p", paramLabel = "X", description = "Default: the model's.")
    private @Nullable Double topP;

    @Option(names = "--min-p", paramLabel = "X", description = "Default: the model's.")
    private @Nullable Double minP;

    @Option(
            names = "--tempo",
            paramLabel = "BPM",
            description = "Quarter notes a minute (default: the model's).")
    private @Nullable Integer tempo;

    @Option(names = "--meter", paramLabel = "N/N", description = "Time signature (default 4/4).")
    private @Nullable String meter;

    @Option(
            names = "--style",
            paramLabel = "LABEL",
            description = "A style of the model's manifest (default: none in particular).")
    private @Nullable String style;

    @Mixin private final ControlOptions controls = new ControlOptions();

    @Option(
            names = "--requests",
            paramLabel = "FILE",
            description =
                    "Compose these instead: on each line a request as the service takes it, with a"
                            + " seed.")
    private @Nullable Path requests;

    @Option(
            names = "--lanes",
            paramLabel = "N",
            description = "Pieces that a thread composes at once (default ${DEFAULT-VALUE}).")
    private int lanes = EngineSettings.DEFAULT_LANES_PER_THREAD;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that compose (default: one a core).")
    private int threads = Runtime.getRuntime().availableProcessors();

    /** A piece on its way. */
    private record Commissioned(long seed, Composing piece) {}

    @Override
    public Integer call() throws InterruptedException {
        try {
            compose(requests == null ? fromOptions() : fromFile(requests));
            return 0;
        } catch (IOException | TimeoutException | IllegalArgumentException | EngineException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return UNUSABLE;
        }
    }

    private List<GenerationRequest> fromOptions() {
        if (count < 1) {
            throw new IllegalArgumentException("--count must be positive: " + count);
        }
        StartPlan starts = StartPlan.parse(start);
        Length length = length();
        SamplingRequest sampling = new SamplingRequest(temperature, topK, topP, minP);
        Controls bounds = controls.controls();
        Meter bar = meter == null ? null : Meter.parse(meter);
        List<GenerationRequest> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            all.add(
                    new GenerationRequest(
                            null,
                            starts.start(i),
                            length,
                            sampling,
                            seed + i,
                            tempo,
                            bar,
                            style,
                            bounds,
                            false,
                            null));
        }
        return all;
    }

    private Length length() {
        int given = (notes == null ? 0 : 1) + (bars == null ? 0 : 1) + (seconds == null ? 0 : 1);
        if (given > 1) {
            throw new IllegalArgumentException("only one of --notes, --bars and --seconds");
        }
        if (bars != null) {
            return new Length.Bars(bars);
        }
        if (seconds != null) {
            return new Length.Seconds(seconds);
        }
        return new Length.Notes(notes == null ? DEFAULT_NOTES : notes);
    }

    private static List<GenerationRequest> fromFile(Path file) throws IOException {
        JobCodec codec = new JobCodec();
        Set<Long> seeds = new HashSet<>();
        List<GenerationRequest> all = new ArrayList<>();
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank()) {
                continue;
            }
            try {
                GenerationRequest request =
                        codec.readRequest(line.getBytes(StandardCharsets.UTF_8));
                if (request.seed() == null) {
                    throw new IllegalArgumentException("a seed is missing");
                }
                if (!seeds.add(request.seed())) {
                    throw new IllegalArgumentException(
                            "seed " + request.seed() + " is already another piece's");
                }
                all.add(request);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "%s, line %d: %s".formatted(file, i + 1, e.getMessage()), e);
            }
        }
        if (all.isEmpty()) {
            throw new IllegalArgumentException(file + " holds no request");
        }
        return all;
    }

    private void compose(List<GenerationRequest> all)
            throws IOException, InterruptedException, TimeoutException {
        EngineSettings settings = new EngineSettings(threads, lanes);
        Files.createDirectories(out);
        PrintWriter screen = spec.commandLine().getOut();
        try (ModelBundle bundle = ModelBundle.load(directory(), ExecutionProvider.best());
                Engine engine = new Engine(bundle, settings)) {
            Sampling defaults = bundle.defaultSampling();
            ArrayDeque<Commissioned> underWay = new ArrayDeque<>();
            int finished = 0;
            for (GenerationRequest request : all) {
                // Twice as many as fit, so that no lane waits for a file to be written.
                if (underWay.size() == 2 * threads * lanes) {
                    write(underWay.remove());
                    report(screen, ++finished, all.size());
                }
                long own = Objects.requireNonNull(request.seed(), "a request without a seed");
                underWay.add(
                        new Commissioned(
                                own,
                                engine.compose(
                                        request, own, request.sampling().resolve(defaults))));
            }
            while (!underWay.isEmpty()) {
                write(underWay.remove());
                report(screen, ++finished, all.size());
            }
            screen.printf(
                    "%d pieces by %s on %s in %s%n",
                    finished, bundle.manifest().name(), bundle.provider().describe(), out);
        }
        screen.flush();
    }

    private Path directory() throws IOException {
        return model == null ? ModelDirectory.firstShipped() : model;
    }

    private void write(Commissioned commissioned)
            throws IOException, InterruptedException, TimeoutException {
        Files.write(
                out.resolve("%06d.mid".formatted(commissioned.seed())),
                commissioned.piece().await(PATIENCE).midi());
    }

    private static void report(PrintWriter screen, int finished, int all) {
        if (finished % REPORTED == 0 && finished < all) {
            screen.printf("%d of %d%n", finished, all);
            screen.flush();
        }
    }
}
