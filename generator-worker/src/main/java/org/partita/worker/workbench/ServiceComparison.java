package org.partita.worker.workbench;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What a service reaches of its engine, in rounds: first the engine alone, then the service. */
final class ServiceComparison {

    private static final int JOBS_PER_LANE = 4;

    private final ServiceBench bench;
    private final int threads;
    private final @Nullable Integer jobsWanted;

    /**
     * @param threads decode threads of the service
     * @param jobs of each round, or {@code null} for as many as keep all lanes busy for long
     */
    ServiceComparison(ServiceBench bench, int threads, @Nullable Integer jobs) {
        this.bench = bench;
        this.threads = threads;
        this.jobsWanted = jobs;
    }

    /**
     * Measures and prints.
     *
     * @param warmUp rounds before those that count
     * @param numbers to add what was measured to
     */
    void run(int warmUp, int rounds, PrintWriter out, Map<String, Object> numbers)
            throws IOException, InterruptedException, TimeoutException {
        int lanes = bench.lanes();
        int jobs = jobsWanted == null ? JOBS_PER_LANE * lanes : jobsWanted;
        out.printf(
                Locale.ROOT,
                "%d jobs of %d notes, %d threads, %d lanes%n%n%8s %14s %14s %8s %14s %12s%n",
                jobs,
                bench.notes(),
                threads,
                lanes,
                "round",
                "engine, s",
                "service, s",
                "ratio",
                "before first",
                "same bytes");
        numbers.put("lanes", lanes);
        numbers.put("jobs", jobs);
        numbers.put("warmUp", warmUp);
        double engineSeconds = Double.MAX_VALUE;
        double serviceSeconds = Double.MAX_VALUE;
        Map<String, Double> shares = Map.of();
        for (int round = 1 - warmUp; round <= rounds; round++) {
            boolean counts = round > 0;
            ServiceBench.Round alone = bench.engine(jobs, threads, lanes);
            ServiceBench.Round through = bench.service(jobs);
            int same = same(alone, through);
            out.printf(
                    Locale.ROOT,
                    "%8s %14.2f %14.2f %8.2f %12.2f s %4d of %d%n",
                    counts ? Integer.toString(round) : "warm-up",
                    alone.seconds(),
                    through.seconds(),
                    alone.seconds() / through.seconds(),
                    through.beforeFirst(),
                    same,
                    jobs);
            numbers.put(
                    counts ? "round" + round : "warmUp" + (round + warmUp),
                    Map.of(
                            "engineSeconds", alone.seconds(),
                            "serviceSeconds", through.seconds(),
                            "beforeFirstSeconds", through.beforeFirst(),
                            "cpuSeconds", through.cpuSeconds(),
                            "sameBytes", same));
            if (counts) {
                engineSeconds = Math.min(engineSeconds, alone.seconds());
                if (through.seconds() < serviceSeconds) {
                    serviceSeconds = through.seconds();
                    shares = through.cpuSeconds();
                }
            }
        }
        out.printf(
                Locale.ROOT,
                "%nThe service reaches %.0f %% of the engine (the fastest rounds).%n",
                100 * engineSeconds / serviceSeconds);
        out.printf(
                Locale.ROOT,
                "Of the cores' %.1f s in its fastest round:%n",
                serviceSeconds * Runtime.getRuntime().availableProcessors());
        shares.forEach((part, cpu) -> out.printf(Locale.ROOT, "%24s %8.2f s%n", part, cpu));
        numbers.put("shareOfEngine", engineSeconds / serviceSeconds);
    }

    private static int same(ServiceBench.Round alone, ServiceBench.Round through) {
        int same = 0;
        for (int i = 0; i < alone.sha256().size(); i++) {
            if (alone.sha256().get(i).equals(through.sha256().get(i))) {
                same++;
            }
        }
        return same;
    }
}
