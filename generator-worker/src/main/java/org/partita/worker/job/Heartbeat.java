package org.partita.worker.job;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.partita.protocol.LaneStore;
import org.partita.protocol.WorkerStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/** Tells the store every few seconds that the worker lives, and at the end that it leaves. */
final class Heartbeat implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final Duration TIME_TO_LIVE = Duration.ofSeconds(10);

    private final LaneStore store;
    private final WorkerStatus status;
    private @Nullable Thread thread;

    Heartbeat(LaneStore store, WorkerStatus status) {
        this.store = store;
        this.status = status;
    }

    @Override
    public synchronized void start() {
        if (thread == null) {
            thread = Thread.ofVirtual().name("heartbeat").start(this::beat);
        }
    }

    private void beat() {
        boolean away = false;
        try {
            while (true) {
                try {
                    store.heartbeat(status, TIME_TO_LIVE);
                    away = false;
                } catch (DataAccessException e) {
                    if (!away) {
                        LOG.atWarn()
                                .addKeyValue("reason", String.valueOf(e.getMessage()))
                                .log("the store does not answer; trying on");
                    }
                    away = true;
                }
                Thread.sleep(INTERVAL);
            }
        } catch (InterruptedException e) {
            // Stopped.
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void stop() {
        if (thread == null) {
            return;
        }
        thread.interrupt();
        thread = null;
        try {
            store.goodbye(status.worker());
        } catch (DataAccessException e) {
            LOG.atDebug().setCause(e).log("the store is away; the worker is forgotten by itself");
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }
}
