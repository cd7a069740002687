package org.partita.worker.engine;

import ai.onnxruntime.OrtException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Steps its lanes together. Lanes join and leave between any two steps: a lane that joins hears its
 * prompt event by event, beside the others, so it never holds them up.
 */
final class DecodeThread {

    private final ConcurrentLinkedQueue<Lane> joining = new ConcurrentLinkedQueue<>();
    private final Decoder decoder;
    private final Consumer<DecodeThread> onLeave;
    private final Thread thread;
    private final StepTimes times = new StepTimes();

    // Once for all steps: the loop itself allocates nothing.
    private final Predicate<Lane> leaving = this::leaves;

    private long stepped;
    private volatile long events;
    private volatile boolean stopping;

    /**
     * @param decoder what moves its lanes on; the thread closes it
     * @param onLeave called by the thread whenever a lane has left
     */
    DecodeThread(String name, Decoder decoder, Consumer<DecodeThread> onLeave) {
        this.decoder = decoder;
        this.onLeave = onLeave;
        thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Adds a lane; the caller sees to it that there are never more than the capacity. */
    void join(Lane lane) {
        joining.add(lane);
        LockSupport.unpark(thread);
    }

    /** Events stepped since the start, prompts included. */
    long events() {
        return events;
    }

    StepTimes times() {
        return times;
    }

    /** Ends all lanes as canceled and waits for the thread. */
    void stop() {
        stopping = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (decoder) {
            while (!stopping) {
                long begin = System.nanoTime();
                admit();
                if (decoder.lanes() == 0) {
                    if (joining.isEmpty() && !stopping) {
                        LockSupport.park(this);
                    }
                    continue;
                }
                try {
                    stepped += decoder.step();
                    events = stepped;
                } catch (OrtException | RuntimeException | Error e) {
                    failAll(e);
                }
                decoder.removeIf(leaving);
                times.add(System.nanoTime() - begin);
            }
            admit();
            failAll(new CancellationException("the engine stops"));
        }
    }

    private void admit() {
        while (decoder.lanes() < decoder.capacity()) {
            Lane lane = joining.poll();
            if (lane == null) {
                return;
            }
            decoder.add(lane);
        }
    }

    /** Whether a lane is finished or not wanted any more; if so, its owner is told. */
    private boolean leaves(Lane lane) {
        RuntimeException failure = lane.failure();
        if (failure != null) {
            onLeave.accept(this);
            lane.finished().completeExceptionally(failure);
        } else if (lane.canceled()) {
            onLeave.accept(this);
            lane.finished().completeExceptionally(new CancellationException());
        } else if (lane.reachedGoal()) {
            onLeave.accept(this);
            lane.finished().complete(lane.notes());
        } else {
            return false;
        }
        return true;
    }

    private void failAll(Throwable reason) {
        decoder.removeIf(lane -> {
            onLeave.accept(this);
            lane.finished().completeExceptionally(reason);
            return true;
        });
    }
}
