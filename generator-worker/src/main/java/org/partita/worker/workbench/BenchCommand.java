package org.partita.worker.workbench;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.partita.music.model.BundleFiles;
import org.partita.music.model.ModelManifest;
import org.partita.music.model.NetworkShape;
import org.partita.worker.engine.Endurance;
import org.partita.worker.engine.EngineSettings;
import org.partita.worker.engine.ExecutionProvider;
import org.partita.worker.engine.Latencies;
import org.partita.worker.engine.MachineLimits;
import org.partita.worker.engine.ModelBundle;
import org.partita.worker.engine.ModelDirectory;
import org.partita.worker.engine.StepShares;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * How fast this machine composes, as ratios within one run. Every way is measured in several
 * rounds, all ways in turn, and its fastest round counts: others on the machine only slow it down.
 * Rates are events per second of processor time, which does not count the time that others had.
 */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measure how fast this machine composes: against computing a window anew for every"
                    + " event, against libtorch, and against what the machine can do; also with 8-bit"
                    + " weights.",
            "With --loop, --endurance or --service, only that."
        })
public final class BenchCommand implements Callable<Integer> {

    private static final int[] LANES = {1, 4, 8, 16, 32};
    private static final int BEST_LANES = EngineSettings.DEFAULT_LANES_PER_THREAD;
    private static final int PIECES = 8;
    private static final int PIECE_NOTES = 500;
    private static final String WINDOW = "50-event window anew";
    private static final String LIBTORCH = "libtorch, 1 piece";
    private static final String EIGHT_BIT = ", 8-bit";

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
            defaultValue = "1",
            description =
                    "Processor time of each case in each round (default ${DEFAULT-VALUE}); a busy"
                            + " machine takes longer.")
    private double seconds;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Rounds, of which the fastest counts (default ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--threads",
            paramLabel = "N",
            split = ",",
            description = "Numbers of decode threads to measure (default 1 and 2).")
    private int[] threadCounts = {1, 2};

    @Option(
            names = "--loop",
            description =
                    "Measure the graph of many events a run, on CUDA if this is `partita --gpu"
                            + " bench` and there is a device.")
    private boolean loop;

    @Option(
            names = "--loop-lanes",
            paramLabel = "N",
            split = ",",
            description = "Numbers of lanes of it to measure (default 1,4,16,64,128,256).")
    private int[] loopLanes = {1, 4, 16, 64, 128, 256};

    @Option(
            names = "--endurance",
            paramLabel = "EVENTS",
            description = "Compose one piece of so many events and print rate and memory.")
    private long endurance;

    @Option(
            names = "--service",
            paramLabel = "URL",
            description =
                    "Compose the same jobs by the engine alone and through the running service"
                            + " there, in turn.")
    private @Nullable URI service;

    @Option(
            names = "--service-threads",
            paramLabel = "N",
            description = "Decode threads of the service (default: one a core).")
    private int serviceThreads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "Jobs through the service in each round (default: four a lane).")
    private @Nullable Integer jobs;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "2",
            description =
                    "Rounds with the service before those that count: its code gets compiled"
                            + " (default ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--notes",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Notes of each of these jobs (default ${DEFAULT-VALUE}).")
    private int notes;

    @Option(names = "--json", paramLabel = "FILE", description = "Where to write the numbers, too.")
    private @Nullable Path json;

    @Option(names = "--as-one-of-many", hidden = true)
    private int asOneOfMany;

    private final Map<String, Object> numbers = new LinkedHashMap<>();

    @SuppressWarnings("NullAway.Init") // set when called
    private PrintWriter out;

    @Override
    public Integer call() throws IOException, InterruptedException, TimeoutException {
        if (rounds < 1 || notes < 1 || warmUp < 0 || (jobs != null && jobs < 1)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--rounds %d, --jobs %s and --notes %d must be at least 1, --warm-up %d at least 0"
                            .formatted(rounds, jobs, notes, warmUp));
        }
        out = new PrintWriter(spec.commandLine().getOut(), true);
        Path directory = model == null ? ModelDirectory.firstShipped() : model;
        try (ModelBundle bundle = ModelBundle.load(directory, ExecutionProvider.CPU)) {
            EngineCases cases = new EngineCases(directory, bundle, seconds);
            if (asOneOfMany > 0) {
                double rate = cases.perSecondByTheClock(asOneOfMany, OtherProcesses::awaitStart);
                out.printf(Locale.ROOT, "%.1f%n", rate);
                return 0;
            }
            introduce(bundle);
            if (loop) {
                loop(directory);
            } else if (endurance > 0) {
                endure(bundle);
            } else if (service != null) {
                new ServiceComparison(
                                new ServiceBench(service, bundle, notes), serviceThreads, jobs)
                        .run(warmUp, rounds, out, numbers);
            } else {
                rates(directory, bundle, cases);
                shares(bundle);
                pieces(cases);
                latencies(cases);
                processes(directory);
            }
        }
        if (json != null) {
            JsonMapper mapper =
                    JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
            Files.writeString(json, mapper.writeValueAsString(numbers) + "\n");
        }
        return 0;
    }

    private void loop(Path directory) throws IOException, InterruptedException, TimeoutException {
        try (LoopBench bench = new LoopBench(directory)) {
            if (!bench.isThere()) {
                throw new IOException(directory + " has no " + BundleFiles.LOOP);
            }
            out.printf("the loop graph on %s, by the clock%n%n", bench.provider());
            out.printf("%8s%16s%20s%n", "lanes", "events/s", "ms an event");
            Map<Integer, Double> rates = new LinkedHashMap<>();
            for (int lanes : loopLanes) {
                double rate = bench.perSecond(lanes);
                rates.put(lanes, rate);
                out.printf(Locale.ROOT, "%8d%,16.0f%20.3f%n", lanes, rate, 1e3 * lanes / rate);
            }
            double steps = bench.stepsPerSecond();
            out.printf(
                    Locale.ROOT, "%nthe step graph on all cores instead: %,.0f events/s%n", steps);
            int differing = bench.differing();
            out.printf("same request twice: %d of %d differ%n", differing, bench.compared());
            List<Double> agreement = bench.agreement();
            long equal = agreement.stream().filter(share -> share == 1).count();
            out.printf(
                    Locale.ROOT,
                    "against the step graph on the CPU: %d of %d pieces equal, on average %.1f %% of"
                            + " a piece before the first other note%n",
                    equal,
                    agreement.size(),
                    100 * agreement.stream().mapToDouble(Double::doubleValue).average().orElse(0));
            numbers.put("loopProvider", bench.provider());
            numbers.put("loopEventsPerSecond", rates);
            numbers.put("stepEventsPerSecond", steps);
            numbers.put("loopDiffering", differing);
            numbers.put("loopAgreement", agreement);
        }
    }

    private void introduce(ModelBundle bundle) {
        ModelManifest manifest = bundle.manifest();
        out.printf(
                Locale.ROOT,
                "%s on %s, %d parameters, %d cores%n%n",
                manifest.name(),
                bundle.provider().describe(),
                manifest.network().parameters(),
                Runtime.getRuntime().availableProcessors());
        numbers.put("model", manifest.name());
        numbers.put("modelSha256", manifest.fingerprint());
        numbers.put("provider", bundle.provider().describe());
        numbers.put("cores", Runtime.getRuntime().availableProcessors());
        numbers.put("seconds", seconds);
        numbers.put("rounds", rounds);
    }

    // ---- events per processor second of every way

    /** What the machine can do at its best. */
    private record Limits(double products, double weightsBandwidth, double memoryBandwidth) {

        Limits orFaster(Limits other) {
            return new Limits(
                    Math.max(products, other.products),
                    Math.max(weightsBandwidth, other.weightsBandwidth),
                    Math.max(memoryBandwidth, other.memoryBandwidth));
        }
    }

    private void rates(Path directory, ModelBundle bundle, EngineCases cases)
            throws IOException, InterruptedException {
        Map<String, Rate> fastest = new LinkedHashMap<>();
        Limits limits = new Limits(0, 0, 0);
        try (EightBitModel eightBit =
                EightBitModel.of(
                                directory,
                                reason -> progress("8-bit weights: not measured, " + reason))
                        .orElse(null)) {
            for (int round = 1; round <= rounds; round++) {
                progress("round " + round + " of " + rounds);
                limits = limits.orFaster(limits(bundle));
                fastest.merge(WINDOW, cases.window(), Rate::orFaster);
                OtherProcesses.libtorch(directory, seconds)
                        .ifPresent(rate -> fastest.merge(LIBTORCH, rate, Rate::orFaster));
                for (int threads : threadCounts) {
                    lanes(cases, threads, "", fastest);
                }
                if (eightBit != null) {
                    lanes(eightBit.cases(seconds), 1, EIGHT_BIT, fastest);
                }
            }
        }
        table(fastest, limits, bundle);
    }

    private void lanes(EngineCases cases, int threads, String kind, Map<String, Rate> fastest)
            throws InterruptedException {
        for (int lanes : LANES) {
            if (lanes >= threads) {
                String name = name(lanes, threads) + kind;
                fastest.merge(name, cases.lanes(lanes, threads), Rate::orFaster);
            }
        }
    }

    private Limits limits(ModelBundle bundle) throws IOException {
        try (MachineLimits limits = new MachineLimits()) {
            long bytes = bundle.manifest().network().parameters() * Float.BYTES;
            return new Limits(
                    limits.productPeak(seconds / 2),
                    limits.bandwidth(bytes, seconds / 2),
                    limits.bandwidth(256L << 20, seconds / 2));
        }
    }

    private void table(Map<String, Rate> fastest, Limits limits, ModelBundle bundle) {
        NetworkShape network = bundle.manifest().network();
        double peak = limits.products();
        double weightsBandwidth = limits.weightsBandwidth();
        double memoryBandwidth = limits.memoryBandwidth();
        Rate window = fastest.get(WINDOW);
        Rate libtorch = fastest.get(LIBTORCH);
        out.printf(
                Locale.ROOT,
                "%-28s %12s %10s %10s %11s %7s %11s%n",
                "way",
                "events/cpu-s",
                "x window",
                "x libtorch",
                "GFLOP/s",
                "of peak",
                "bytes/event");
        double flops = operationsPerEvent(bundle);
        for (Map.Entry<String, Rate> way : fastest.entrySet()) {
            Rate rate = way.getValue();
            boolean stateful = !way.getKey().equals(WINDOW);
            double done = stateful ? rate.perCpuSecond() * flops : 0;
            out.printf(
                    Locale.ROOT,
                    "%-28s %12.0f %10.1f %10s %11s %7s %11s%n",
                    way.getKey(),
                    rate.perCpuSecond(),
                    window == null ? 0 : rate.perCpuSecond() / window.perCpuSecond(),
                    libtorch == null
                            ? "-"
                            : String.format(
                                    Locale.ROOT,
                                    "%.2f",
                                    rate.perCpuSecond() / libtorch.perCpuSecond()),
                    stateful ? String.format(Locale.ROOT, "%.1f", done / 1e9) : "-",
                    stateful ? String.format(Locale.ROOT, "%.0f %%", 100 * done / peak) : "-",
                    way.getKey().equals(LIBTORCH)
                            ? "-"
                            : String.format(Locale.ROOT, "%.0f", rate.bytesPerEvent()));
            numbers.put(
                    way.getKey(),
                    Map.of(
                            "eventsPerCpuSecond",
                            rate.perCpuSecond(),
                            "eventsPerSecond",
                            rate.perSecond(),
                            "allocatedBytesPerEvent",
                            rate.bytesPerEvent(),
                            "shareOfProductPeak",
                            done / peak));
        }
        if (libtorch == null) {
            out.printf(Locale.ROOT, "%nlibtorch: not measured, start this through ./partita%n");
        }
        out.printf(
                Locale.ROOT,
                "%nThis core: products %.0f GFLOP/s; reads %.0f GB/s of %d MB (the weights'"
                        + " size), %.0f GB/s of 256 MB.%n",
                peak / 1e9,
                weightsBandwidth / 1e9,
                (network.parameters() * Float.BYTES) >> 20,
                memoryBandwidth / 1e9);
        Rate alone = fastest.get(name(1, 1));
        if (alone != null) {
            double bytes = network.parameters() * Float.BYTES + ringBytes(network);
            double share = alone.perCpuSecond() * bytes / weightsBandwidth;
            out.printf(
                    Locale.ROOT,
                    "One lane reads its weights and ring at %.0f %% of that.%n",
                    100 * share);
            numbers.put("oneLaneShareOfBandwidth", share);
        }
        out.printf(
                Locale.ROOT,
                "An event is %.2f MFLOP, %.0f %% of it attention over the full window.%n",
                flops / 1e6,
                100 * attentionOperations(bundle) / flops);
        numbers.put("productPeakFlops", peak);
        numbers.put("weightsBytesPerSecond", weightsBandwidth);
        numbers.put("memoryBytesPerSecond", memoryBandwidth);
        numbers.put("operationsPerEvent", flops);
    }

    /** The parts of a step, each as it was in its fastest round. */
    private void shares(ModelBundle bundle) {
        progress("parts of a step");
        StepShares best = StepShares.measure(bundle, BEST_LANES, 200);
        for (int round = 1; round < rounds; round++) {
            StepShares again = StepShares.measure(bundle, BEST_LANES, 200);
            best =
                    new StepShares(
                            Math.min(best.feeding(), again.feeding()),
                            Math.min(best.graphs(), again.graphs()),
                            Math.min(best.attention(), again.attention()),
                            Math.min(best.sampling(), again.sampling()),
                            Math.min(best.heads(), again.heads()));
        }
        double whole =
                best.feeding() + best.graphs() + best.attention() + best.sampling() + best.heads();
        out.printf(
                Locale.ROOT,
                "A step of %d lanes takes %.2f ms by the clock: graphs %.0f %%,"
                        + " attention %.0f %%, heads %.0f %%, sampling %.0f %%, features and"
                        + " feeding %.0f %%%n",
                BEST_LANES,
                1e3 * whole,
                100 * best.graphs() / whole,
                100 * best.attention() / whole,
                100 * best.heads() / whole,
                100 * best.sampling() / whole,
                100 * best.feeding() / whole);
        numbers.put(
                "partsOfAStepSeconds",
                Map.of(
                        "graphs", best.graphs(),
                        "attention", best.attention(),
                        "heads", best.heads(),
                        "sampling", best.sampling(),
                        "feeding", best.feeding()));
    }

    private static String name(int lanes, int threads) {
        return "%d lanes, %d threads".formatted(lanes, threads);
    }

    /** Multiplications and additions of the step graph's products. */
    private static double operationsPerEvent(ModelBundle bundle) {
        ModelManifest manifest = bundle.manifest();
        NetworkShape network = manifest.network();
        double hidden = network.hiddenSize();
        double contentOfKey = network.keySize() - manifest.events().phases();
        double products =
                hidden
                        * (manifest.events().features()
                                + 6 * hidden * network.recurrentLayers()
                                + (bundle.heads() + 1) * (contentOfKey + network.valueSize())
                                + manifest.events().vocabularySize()
                                + network.noteSize());
        return 2 * products + attentionOperations(bundle);
    }

    private static double attentionOperations(ModelBundle bundle) {
        NetworkShape network = bundle.manifest().network();
        return 2.0
                * bundle.heads()
                * network.ringSlots()
                * (network.keySize() + network.valueSize());
    }

    private static double ringBytes(NetworkShape network) {
        return (double) network.ringSlots()
                * (network.keySize() + network.valueSize())
                * Float.BYTES;
    }

    // ---- what a listener notices

    private void pieces(EngineCases cases) throws InterruptedException, TimeoutException {
        progress("pieces");
        double[] best = cases.inARowAndAtOnce(PIECES, PIECE_NOTES);
        double half = cases.halfMinute(PIECES);
        for (int round = 1; round < rounds; round++) {
            double[] again = cases.inARowAndAtOnce(PIECES, PIECE_NOTES);
            best[0] = Math.min(best[0], again[0]);
            best[1] = Math.min(best[1], again[1]);
            half = Math.min(half, cases.halfMinute(PIECES));
        }
        out.printf(
                Locale.ROOT,
                "%n%d pieces of %d notes on one thread: %.2f cpu-s in a row, %.2f at once (%.2f)%n",
                PIECES,
                PIECE_NOTES,
                best[0],
                best[1],
                best[1] / best[0]);
        out.printf(Locale.ROOT, "30 seconds of music: %.3f cpu-s%n", half);
        numbers.put("eightPiecesInARowCpuSeconds", best[0]);
        numbers.put("eightPiecesAtOnceCpuSeconds", best[1]);
        numbers.put("halfMinuteOfMusicCpuSeconds", half);
    }

    private void latencies(EngineCases cases) throws InterruptedException {
        progress("latencies");
        for (boolean churn : new boolean[] {false, true}) {
            Latencies latencies = cases.latencies(BEST_LANES, churn);
            out.printf(
                    Locale.ROOT,
                    "An event at %d lanes, %s: p50 %.2f ms, p99 %.2f ms (by the clock, %d steps)%n",
                    BEST_LANES,
                    churn ? "while others join and leave" : "nobody joins or leaves",
                    1e3 * latencies.quantile(0.5),
                    1e3 * latencies.quantile(0.99),
                    latencies.count());
            numbers.put(
                    churn ? "latencyWhileJoiningSeconds" : "latencySteadySeconds",
                    Map.of("p50", latencies.quantile(0.5), "p99", latencies.quantile(0.99)));
        }
    }

    private void processes(Path directory) throws IOException, InterruptedException {
        progress("processes");
        double one = 0;
        double two = 0;
        for (int round = 1; round <= rounds; round++) {
            one = Math.max(one, OtherProcesses.workers(1, BEST_LANES, directory, 2 * seconds));
            two = Math.max(two, OtherProcesses.workers(2, BEST_LANES, directory, 2 * seconds));
        }
        out.printf(
                Locale.ROOT,
                "Worker processes of %d lanes on one thread each, by the clock: one %.0f events/s,"
                        + " two %.0f (%.2f)%n",
                BEST_LANES,
                one,
                two,
                two / one);
        numbers.put("oneProcessEventsPerSecond", one);
        numbers.put("twoProcessesEventsPerSecond", two);
    }

    // ---- on request

    private void endure(ModelBundle bundle) throws IOException {
        int parts = 10;
        out.printf(
                Locale.ROOT,
                "%12s %10s %14s %10s %10s%n",
                "events",
                "notes",
                "events/cpu-s",
                "heap MB",
                "RSS MB");
        try (Endurance piece = new Endurance(bundle, Math.toIntExact(endurance))) {
            java.lang.management.ThreadMXBean threads =
                    java.lang.management.ManagementFactory.getThreadMXBean();
            long id =
                    Thread.getAllStackTraces().keySet().stream()
                            .filter(thread -> thread.getName().equals("decode-endurance"))
                            .findFirst()
                            .orElseThrow()
                            .threadId();
            long events = 0;
            long cpu = threads.getThreadCpuTime(id);
            for (int part = 1; part <= parts; part++) {
                piece.awaitEvents(endurance * part / parts);
                long now = threads.getThreadCpuTime(id);
                double rate = (piece.events() - events) / ((now - cpu) / EngineCases.NANOS);
                events = piece.events();
                cpu = now;
                System.gc();
                Runtime runtime = Runtime.getRuntime();
                long heap = (runtime.totalMemory() - runtime.freeMemory()) >> 20;
                long resident = residentBytes() >> 20;
                out.printf(
                        Locale.ROOT,
                        "%,12d %,10d %14.0f %10d %10d%n",
                        events,
                        piece.notes(),
                        rate,
                        heap,
                        resident);
                numbers.put(
                        "part" + part,
                        Map.of(
                                "events", events,
                                "eventsPerCpuSecond", rate,
                                "heapMegabytes", heap,
                                "residentMegabytes", resident));
            }
        }
    }

    /** Resident memory of this process, or 0 where the system does not say it like Linux. */
    private static long residentBytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElse(0);
        }
    }

    private void progress(String what) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(what);
        err.flush();
    }
}
