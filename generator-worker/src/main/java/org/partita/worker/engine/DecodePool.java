package org.partita.worker.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.IntFunction;

/** Decode threads of one kind and the lanes that wait for room in them. Thread-safe. */
final class DecodePool implements AutoCloseable {

    private final List<DecodeThread> threads = new ArrayList<>();
    private final String provider;
    private final int lanesPerThread;

    // Guarded by this: lanes given to each thread, and those that wait for a free row.
    private final int[] load;
    private final ArrayDeque<Lane> waiting = new ArrayDeque<>();
    private boolean closed;

    /**
     * Starts the threads.
     *
     * @param provider what runs the graphs, as the pieces will say
     * @param decoders makes what moves so many lanes on
     */
    DecodePool(
            String name,
            String provider,
            int count,
            int lanesPerThread,
            IntFunction<Decoder> decoders) {
        this.provider = provider;
        this.lanesPerThread = lanesPerThread;
        load = new int[count];
        for (int i = 0; i < count; i++) {
            int index = i;
            threads.add(
                    new DecodeThread(
                            name + "-" + i, decoders.apply(lanesPerThread), _ -> hasLeft(index)));
        }
        threads.forEach(DecodeThread::start);
    }

    /**
     * Begins a piece, at once or when there is room.
     *
     * @throws IllegalStateException if the pool is closed
     */
    synchronized void compose(Lane lane) {
        if (closed) {
            throw new IllegalStateException("the engine is closed");
        }
        int thread = leastLoaded();
        if (load[thread] < lanesPerThread) {
            load[thread]++;
            threads.get(thread).join(lane);
        } else {
            waiting.add(lane);
        }
    }

    /** What runs the graphs. */
    String provider() {
        return provider;
    }

    /** Events stepped since the start by all lanes, prompts included. */
    long events() {
        return threads.stream().mapToLong(DecodeThread::events).sum();
    }

    void addTimes(long[] sum) {
        threads.forEach(thread -> thread.times().addTo(sum));
    }

    private int leastLoaded() {
        int least = 0;
        for (int i = 1; i < load.length; i++) {
            if (load[i] < load[least]) {
                least = i;
            }
        }
        return least;
    }

    private synchronized void hasLeft(int thread) {
        Lane next = waiting.poll();
        if (next == null) {
            load[thread]--;
        } else {
            threads.get(thread).join(next);
        }
    }

    /** Gives up what is being composed and ends the threads. */
    @Override
    public void close() {
        List<Lane> abandoned;
        synchronized (this) {
            closed = true;
            abandoned = List.copyOf(waiting);
            waiting.clear();
        }
        abandoned.forEach(
                lane -> lane.finished().completeExceptionally(new CancellationException()));
        threads.forEach(DecodeThread::stop);
    }
}
