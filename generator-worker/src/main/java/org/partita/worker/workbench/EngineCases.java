package org.partita.worker.workbench;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeoutException;
import org.partita.protocol.GenerationRequest;
import org.partita.protocol.Length;
import org.partita.protocol.Sampling;
import org.partita.protocol.Start;
import org.partita.worker.engine.Composing;
import org.partita.worker.engine.Engine;
import org.partita.worker.engine.EngineSettings;
import org.partita.worker.engine.Latencies;
import org.partita.worker.engine.ModelBundle;
import org.partita.worker.engine.WindowBaseline;

/** What is measured inside this process. */
final class EngineCases {

    static final double NANOS = 1e9;
    static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final int ENDLESS = 20_000;

    /** Events of a lane after which its ring is full and the code compiled. */
    private static final long WARM_EVENTS = 1500;

    private static final Duration WARMING_LIMIT = Duration.ofMinutes(1);

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Path directory;
    private final ModelBundle model;
    private final double seconds;
    private final Sampling sampling;

    /**
     * @param directory of the model
     * @param seconds processor time that each case is measured for
     */
    EngineCases(Path directory, ModelBundle model, double seconds) {
        this.directory = directory;
        this.model = model;
        this.seconds = seconds;
        this.sampling = model.defaultSampling();
    }

    /** Events by computing the last fifty anew for each. */
    Rate window() throws IOException {
        try (WindowBaseline baseline = new WindowBaseline(directory)) {
            long self = Thread.currentThread().threadId();
            long warm = threads.getThreadCpuTime(self) + (long) (seconds * NANOS / 3);
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

    /** Events with all lanes busy and their rings full. */
    Rate lanes(int lanes, int threadCount) throws InterruptedException {
        try (Engine engine = new Engine(model, EngineSettings.ofLanes(threadCount, lanes))) {
            List<Composing> pieces = endless(engine, lanes);
            long[] decoders = decodeThreads();
            // The attention's window; from then on events cost the same.
            long full = (long) lanes * (model.manifest().network().ringSlots() + 1);
            while (engine.events() < full) {
                Thread.sleep(5);
            }
            long cpu = cpu(decoders);
            long allocated = allocated(decoders);
            long events = engine.events();
            long start = System.nanoTime();
            long end = cpu + (long) (seconds * threadCount * NANOS);
            while (cpu(decoders) < end) {
                Thread.sleep(10);
                keepBusy(engine, pieces);
            }
            return new Rate(
                    engine.events() - events,
                    (System.nanoTime() - start) / NANOS,
                    (cpu(decoders) - cpu) / NANOS,
                    allocated(decoders) - allocated);
        }
    }

    /**
     * How long the events of running pieces take while others join and leave at random, one thread.
     *
     * @param churn whether others do
     */
    Latencies latencies(int lanes, boolean churn) throws InterruptedException {
        SplittableRandom random = new SplittableRandom(5);
        try (Engine engine = new Engine(model, new EngineSettings(1, lanes))) {
            List<Composing> pieces = endless(engine, lanes);
            Thread.sleep(500);
            Latencies before = engine.latencies();
            long end = System.nanoTime() + (long) (2 * seconds * NANOS);
            while (System.nanoTime() < end) {
                Thread.sleep(1);
                for (int i = 1; i < lanes; i++) {
                    if (churn && random.nextInt(200) == 0) {
                        pieces.get(i).cancel();
                    }
                    if (pieces.get(i).isDone()) {
                        pieces.set(i, engine.compose(notes(1 + random.nextInt(200)), i, sampling));
                    }
                }
            }
            return engine.latencies().since(before);
        }
    }

    /** Processor seconds for the same pieces in a row and at once, on one thread. */
    double[] inARowAndAtOnce(int pieces, int notes) throws InterruptedException, TimeoutException {
        try (Engine engine = new Engine(model, new EngineSettings(1, pieces))) {
            long[] decoders = decodeThreads();
            long start = cpu(decoders);
            for (int i = 0; i < pieces; i++) {
                engine.compose(notes(notes), i, sampling).await(PATIENCE);
            }
            long middle = cpu(decoders);
            List<Composing> together = new ArrayList<>();
            for (int i = 0; i < pieces; i++) {
                together.add(engine.compose(notes(notes), i, sampling));
            }
            for (Composing piece : together) {
                piece.await(PATIENCE);
            }
            return new double[] {
                (middle - start) / NANOS, (cpu(decoders) - middle) / NANOS,
            };
        }
    }

    /** Processor seconds, on average, of half a minute of music composed alone. */
    double halfMinute(int pieces) throws InterruptedException, TimeoutException {
        GenerationRequest request =
                GenerationRequest.of(new Start.ChosenNote(60), new Length.Seconds(30));
        try (Engine engine = new Engine(model, new EngineSettings(1, 1))) {
            engine.compose(request, 0, sampling).await(PATIENCE);
            long[] decoders = decodeThreads();
            long cpu = cpu(decoders);
            for (int seed = 1; seed <= pieces; seed++) {
                engine.compose(request, seed, sampling).await(PATIENCE);
            }
            return (cpu(decoders) - cpu) / NANOS / pieces;
        }
    }

    /** Events a second by the clock, all lanes busy, one thread; for comparing processes. */
    double perSecondByTheClock(int lanes, Runnable ready) throws InterruptedException {
        try (Engine engine = new Engine(model, new EngineSettings(1, lanes))) {
            List<Composing> pieces = endless(engine, lanes);
            long warm = System.nanoTime() + WARMING_LIMIT.toNanos();
            while (engine.events() < WARM_EVENTS * lanes && System.nanoTime() < warm) {
                Thread.sleep(10);
                keepBusy(engine, pieces);
            }
            ready.run();
            long events = engine.events();
            long start = System.nanoTime();
            long end = start + (long) (seconds * NANOS);
            while (System.nanoTime() < end) {
                Thread.sleep(10);
                keepBusy(engine, pieces);
            }
            return (engine.events() - events) / ((System.nanoTime() - start) / NANOS);
        }
    }

    private List<Composing> endless(Engine engine, int lanes) {
        List<Composing> pieces = new ArrayList<>();
        for (int i = 0; i < lanes; i++) {
            pieces.add(engine.compose(notes(ENDLESS), i, sampling));
        }
        return pieces;
    }

    private void keepBusy(Engine engine, List<Composing> pieces) {
        for (int i = 0; i < pieces.size(); i++) {
            if (pieces.get(i).isDone()) {
                pieces.set(i, engine.compose(notes(ENDLESS), i, sampling));
            }
        }
    }

    static GenerationRequest notes(int count) {
        return GenerationRequest.of(new Start.Random(), new Length.Notes(count));
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
}
