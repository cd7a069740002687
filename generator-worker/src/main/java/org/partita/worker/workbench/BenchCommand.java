package org.partita.worker.workbench;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.partita.protocol.GenerationRequest;
import org.partita.protocol.Length;
import org.partita.protocol.Sampling;
import org.partita.protocol.Start;
import org.partita.worker.engine.Composing;
import org.partita.worker.engine.Engine;
import org.partita.worker.engine.EngineSettings;
import org.partita.worker.engine.ExecutionProvider;
import org.partita.worker.engine.ModelBundle;
import org.partita.worker.engine.ModelDirectory;
import org.partita.worker.engine.WindowBaseline;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * How fast this machine composes, as ratios within one run. On a busy machine look at the events
 * per second of processor time: they do not count the time that others had.
 */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measure how fast this machine composes.")
public final class BenchCommand implements Callable<Integer> {

    private static final int[] LANES = {1, 4, 8, 16, 32};
    private static final int ENDLESS = 20_000;
    private static final int PIECES = 8;
    private static final int PIECE_NOTES = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final double NANOS = 1e9;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "A model bundle (default: the first shipped one).")
    private @Nullable Path model;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description =
                    "Processor time to measure each case for (default ${DEFAULT-VALUE}); a busy"
                            + " machine takes longer.")
    private double seconds = 3;

    @Option(
            names = "--threads",
            paramLabel = "N",
            split = ",",
            description = "Numbers of decode threads to measure (default 1 and one a core).")
    private int @Nullable [] threadCounts;

    @Option(names = "--json", paramLabel = "FILE", description = "Where to write the numbers, too.")
    private @Nullable Path json;

    /** Events in a span of time and what they took. */
    private record Rate(long events, double wallSeconds, double cpuSeconds, long allocatedBytes) {

        double perSecond() {
            return events / wallSeconds;
        }

        double perCpuSecond() {
            return events / cpuSeconds;
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException, TimeoutException {
        Path directory = model == null ? firstShipped() : model;
        Map<String, Object> numbers = new LinkedHashMap<>();
        PrintWriter out = spec.commandLine().getOut();
        ExecutionProvider provider = ExecutionProvider.best();
        try (ModelBundle bundle = ModelBundle.load(directory, provider)) {
            out.printf(
                    Locale.ROOT,
                    "%s on %s, %d parameters, %d cores%n%n",
                    bundle.manifest().name(),
                    provider.describe(),
                    bundle.manifest().network().parameters(),
                    Runtime.getRuntime().availableProcessors());
            numbers.put("model", bundle.manifest().name());
            numbers.put("modelSha256", bundle.manifest().fingerprint());
            numbers.put("provider", provider.describe());
            numbers.put("seconds", seconds);
            Rate window = window(directory);
            out.println(
                    "way                           events/s  events/cpu-s   ratio  bytes/event");
            print(out, numbers, "50-event window, no state", window, window);
            for (int threadCount : threadCounts()) {
                for (int lanes : LANES) {
                    int perThread = (lanes + threadCount - 1) / threadCount;
                    EngineSettings settings = new EngineSettings(threadCount, perThread);
                    Rate rate = engine(bundle, settings, lanes);
                    print(
                            out,
                            numbers,
                            "%d lanes, %d threads".formatted(lanes, threadCount),
                            rate,
                            window);
                }
            }
            together(bundle, out, numbers);
            halfMinute(bundle, out, numbers);
        }
        if (json != null) {
            Files.writeString(
                    json,
                    JsonMapper.builder()
                                    .enable(SerializationFeature.INDENT_OUTPUT)
                                    .build()
                                    .writeValueAsString(numbers)
                            + "\n");
        }
        return 0;
    }

    private static Path firstShipped() throws IOException {
        Path directory = ModelDirectory.shipped();
        List<Path> bundles = ModelDirectory.bundles(directory);
        if (bundles.isEmpty()) {
            throw new IOException("no model in " + directory.toAbsolutePath());
        }
        return bundles.getFirst();
    }

    private int[] threadCounts() {
        if (threadCounts != null) {
            return threadCounts;
        }
        int cores = Runtime.getRuntime().availableProcessors();
        return cores == 1 ? new int[] {1} : new int[] {1, cores};
    }

    private static void print(
            PrintWriter out, Map<String, Object> numbers, String way, Rate rate, Rate baseline) {
        double ratio = rate.perCpuSecond() / baseline.perCpuSecond();
        double bytes = (double) rate.allocatedBytes() / rate.events();
        out.printf(
                Locale.ROOT,
                "%-28s %9.0f %13.0f %7.1f %12.0f%n",
                way,
                rate.perSecond(),
                rate.perCpuSecond(),
                ratio,
                bytes);
        out.flush();
        numbers.put(
                way,
                Map.of(
                        "eventsPerSecond",
                        rate.perSecond(),
                        "eventsPerCpuSecond",
                        rate.perCpuSecond(),
                        "ratio",
                        ratio,
                        "allocatedBytesPerEvent",
                        bytes));
    }

    private Rate window(Path directory) throws IOException {
        try (WindowBaseline baseline = new WindowBaseline(directory)) {
            long self = Thread.currentThread().threadId();
            long warm = threads.getThreadCpuTime(self) + (long) (seconds * NANOS / 2);
            while (threads.getThreadCpuTime(self) < warm) {
                baseline.event();
            }
            long events = 0;
            long cpu = threads.getThreadCpuTime(self);
            long allocated = threads.getThreadAllocatedBytes(self);
            long start = System.nanoTime();
            while (threads.getThreadCpuTime(self) - cpu < seconds * NANOS) {
                baseline.event();
                events++;
            }
            return new Rate(
                    events,
                    (System.nanoTime() - start) / NANOS,
                    (threads.getThreadCpuTime(self) - cpu) / NANOS,
                    threads.getThreadAllocatedBytes(self) - allocated);
        }
    }

    private Rate engine(ModelBundle bundle, EngineSettings settings, int lanes)
            throws InterruptedException {
        try (Engine engine = new Engine(bundle, settings)) {
            List<Composing> pieces = new ArrayList<>();
            for (int i = 0; i < lanes; i++) {
                pieces.add(engine.compose(notes(ENDLESS), i, Sampling.DEFAULT));
            }
            long[] decoders = decodeThreads();
            keepComposing(engine, pieces, decoders, seconds / 2 * settings.threads());
            long cpu = cpu(decoders);
            long allocated = allocated(decoders);
            long events = engine.events();
            long start = System.nanoTime();
            keepComposing(engine, pieces, decoders, seconds * settings.threads());
            return new Rate(
                    engine.events() - events,
                    (System.nanoTime() - start) / NANOS,
                    (cpu(decoders) - cpu) / NANOS,
                    allocated(decoders) - allocated);
        }
    }

    /** Lets all lanes compose until the decode threads have had so much processor time. */
    private void keepComposing(
            Engine engine, List<Composing> pieces, long[] decoders, double cpuSeconds)
            throws InterruptedException {
        long end = cpu(decoders) + (long) (cpuSeconds * NANOS);
        while (cpu(decoders) < end) {
            Thread.sleep(20);
            for (int i = 0; i < pieces.size(); i++) {
                if (pieces.get(i).isDone()) {
                    pieces.set(i, engine.compose(notes(ENDLESS), i, Sampling.DEFAULT));
                }
            }
        }
    }

    private static long[] decodeThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("decode-"))
                .mapToLong(Thread::threadId)
                .toArray();
    }

    private long cpu(long[] ids) {
        long sum = 0;
        for (long id : ids) {
            sum += threads.getThreadCpuTime(id);
        }
        return sum;
    }

    private long allocated(long[] ids) {
        long sum = 0;
        for (long bytes : threads.getThreadAllocatedBytes(ids)) {
            sum += bytes;
        }
        return sum;
    }

    /**
     * The same pieces one after the other and at once, on one thread: what batching alone gains.
     */
    private void together(ModelBundle bundle, PrintWriter out, Map<String, Object> numbers)
            throws InterruptedException, TimeoutException {
        double row;
        double once;
        try (Engine engine = new Engine(bundle, new EngineSettings(1, PIECES))) {
            long[] decoders = decodeThreads();
            long start = cpu(decoders);
            for (int i = 0; i < PIECES; i++) {
                engine.compose(notes(PIECE_NOTES), i, Sampling.DEFAULT).await(PATIENCE);
            }
            long middle = cpu(decoders);
            List<Composing> pieces = new ArrayList<>();
            for (int i = 0; i < PIECES; i++) {
                pieces.add(engine.compose(notes(PIECE_NOTES), i, Sampling.DEFAULT));
            }
            for (Composing piece : pieces) {
                piece.await(PATIENCE);
            }
            row = (middle - start) / NANOS;
            once = (cpu(decoders) - middle) / NANOS;
        }
        out.printf(
                Locale.ROOT,
                "%n%d pieces of %d notes on one thread: %.2f cpu-s in a row, %.2f at once (%.2f)%n",
                PIECES,
                PIECE_NOTES,
                row,
                once,
                once / row);
        numbers.put(
                "eightPieces",
                Map.of("inARowCpuSeconds", row, "atOnceCpuSeconds", once, "ratio", once / row));
    }

    private void halfMinute(ModelBundle bundle, PrintWriter out, Map<String, Object> numbers)
            throws InterruptedException, TimeoutException {
        GenerationRequest request =
                GenerationRequest.of(new Start.ChosenNote(60), new Length.Seconds(30));
        try (Engine engine = new Engine(bundle, new EngineSettings(1, 1))) {
            engine.compose(request, 0, Sampling.DEFAULT).await(PATIENCE);
            long[] decoders = decodeThreads();
            long cpu = cpu(decoders);
            int notes = 0;
            for (int seed = 1; seed <= PIECES; seed++) {
                notes +=
                        engine.compose(request, seed, Sampling.DEFAULT)
                                .await(PATIENCE)
                                .score()
                                .noteCount();
            }
            double each = (cpu(decoders) - cpu) / NANOS / PIECES;
            out.printf(
                    Locale.ROOT,
                    "30 seconds of music: %.3f cpu-s (%d notes on average)%n",
                    each,
                    notes / PIECES);
            numbers.put("halfMinuteOfMusicCpuSeconds", each);
        }
    }

    private static GenerationRequest notes(int count) {
        return GenerationRequest.of(new Start.Random(), new Length.Notes(count));
    }
}
