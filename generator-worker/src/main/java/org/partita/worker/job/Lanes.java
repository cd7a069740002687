package org.partita.worker.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The worker's lanes: threads that take one job after the other. When they are stopped they take no
 * new ones, finish what they can within the drain time and give the rest back.
 */
final class Lanes implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** How long lanes may take to give their jobs back, once told to. */
    private static final Duration GIVING_BACK = Duration.ofSeconds(10);

    private final Supplier<JobQueue> queues;
    private final JobComposer composer;
    private final int count;
    private final Duration drain;
    private final List<Lane> lanes = new ArrayList<>();

    private volatile boolean stopping;
    private volatile boolean givingBack;

    /**
     * @param queues makes a new end of the queue for a lane
     * @param drain how long jobs may go on after the stop
     */
    Lanes(Supplier<JobQueue> queues, JobComposer composer, int count, Duration drain) {
        this.queues = queues;
        this.composer = composer;
        this.count = count;
        this.drain = drain;
    }

    @Override
    public synchronized void start() {
        if (!lanes.isEmpty()) {
            return;
        }
        stopping = false;
        givingBack = false;
        for (int i = 0; i < count; i++) {
            lanes.add(new Lane("lane-" + i));
        }
        lanes.forEach(Lane::start);
        LOG.atInfo().addKeyValue("lanes", count).log("lanes are open");
    }

    @Override
    public synchronized void stop() {
        stopping = true;
        lanes.forEach(Lane::wakeUp);
        long drained = System.nanoTime() + drain.toNanos();
        boolean all = join(drained);
        givingBack = true;
        if (!all && !join(System.nanoTime() + GIVING_BACK.toNanos())) {
            LOG.warn("a lane did not stop in time; the queue will take its job back");
            lanes.forEach(Lane::interrupt);
        }
        lanes.clear();
    }

    private boolean join(long until) {
        boolean all = true;
        for (Lane lane : lanes) {
            all &= lane.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
        }
        return all;
    }

    @Override
    public synchronized boolean isRunning() {
        return !lanes.isEmpty();
    }

    /** One consumer in the share group and the thread that serves it. */
    private final class Lane implements Runnable {

        private final Thread thread;
        private final AtomicReference<@Nullable JobQueue> waitingOn = new AtomicReference<>();

        Lane(String name) {
            thread = Thread.ofPlatform().name(name).unstarted(this);
        }

        void start() {
            thread.start();
        }

        /** Ends a wait for jobs; a lane that composes is not disturbed. */
        void wakeUp() {
            JobQueue queue = waitingOn.get();
            if (queue != null) {
                queue.wakeUp();
            }
        }

        void interrupt() {
            thread.interrupt();
        }

        boolean join(Duration atMost) {
            try {
                return thread.join(atMost);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        @Override
        public void run() {
            Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
            try {
                while (!stopping) {
                    try (JobQueue queue = queues.get()) {
                        while (!stopping) {
                            Delivery delivery = poll(queue);
                            if (delivery != null) {
                                composer.handle(delivery, () -> givingBack);
                            }
                            backoff.reset();
                        }
                    } catch (RuntimeException e) {
                        // Closing the consumer gave the job back; a new one begins afresh.
                        LOG.atWarn()
                                .addKeyValue("reason", String.valueOf(e.getMessage()))
                                .setCause(e)
                                .log("a lane starts again");
                        backoff.sleep();
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private @Nullable Delivery poll(JobQueue queue) {
            waitingOn.set(queue);
            try {
                return stopping ? null : queue.poll(POLL);
            } finally {
                waitingOn.set(null);
            }
        }
    }
}
