package org.partita.gateway.generation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.partita.protocol.JobId;
import org.partita.protocol.RedisKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.stereotype.Component;

/**
 * Rings for everyone who waits for a job whenever the job's event stream grows: one subscription
 * for the whole gateway, however many streams are open. A missed ring costs a second at most,
 * because whoever listens also looks by himself.
 *
 * <p>It stops before the web server does, so that open streams end and the server can.
 */
@Component
final class EventBell implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(EventBell.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final RedisConnectionFactory connections;
    private final RedisKeys keys;
    private final Map<String, Set<Ear>> ears = new ConcurrentHashMap<>();
    private volatile boolean running;
    private @Nullable Thread subscriber;
    private @Nullable RedisConnection connection;

    EventBell(RedisConnectionFactory connections, RedisKeys keys) {
        this.connections = connections;
        this.keys = keys;
    }

    /** Begins to listen for one job; close it to stop. */
    Ear listen(JobId id) {
        Ear ear = new Ear(id.value());
        ears.computeIfAbsent(id.value(), key -> ConcurrentHashMap.newKeySet()).add(ear);
        return ear;
    }

    /** Somebody waiting for one job. */
    final class Ear implements AutoCloseable {

        private final String job;
        private final Semaphore rings = new Semaphore(0);

        private Ear(String job) {
            this.job = job;
        }

        /** Waits for a ring, but not longer than this. */
        void await(Duration atMost) throws InterruptedException {
            if (rings.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                rings.drainPermits();
            }
        }

        @Override
        public void close() {
            ears.computeIfPresent(
                    job,
                    (key, listening) -> {
                        listening.remove(this);
                        return listening.isEmpty() ? null : listening;
                    });
        }
    }

    @Override
    public synchronized void start() {
        running = true;
        subscriber = Thread.ofVirtual().name("subscribe-events").start(this::subscribe);
    }

    @Override
    public synchronized void stop() {
        running = false;
        if (subscriber != null) {
            subscriber.interrupt();
            subscriber = null;
        }
        if (connection != null) {
            try {
                connection.close();
            } catch (DataAccessException e) {
                LOG.debug("subscription was already gone", e);
            }
            connection = null;
        }
        ears.keySet().forEach(this::ring);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Later than the web server starts, earlier than it stops. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    private void ring(String job) {
        for (Ear ear : ears.getOrDefault(job, Set.of())) {
            ear.rings.release();
        }
    }

    /** A worker tells of all its jobs at once, with a space between them. */
    private void ringAll(String jobs) {
        if (ears.isEmpty()) {
            return;
        }
        for (String job : jobs.split(" ", -1)) {
            ring(job);
        }
    }

    private void subscribe() {
        while (running) {
            try {
                RedisConnection opened = connections.getConnection();
                opened.subscribe(
                        (message, pattern) ->
                                ringAll(new String(message.getBody(), StandardCharsets.US_ASCII)),
                        keys.eventsChannel().getBytes(StandardCharsets.UTF_8));
                keep(opened);
                // From here on the driver itself reconnects and subscribes again.
                return;
            } catch (DataAccessException e) {
                LOG.atDebug().addKeyValue("cause", e.getMessage()).log("cannot subscribe yet");
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private synchronized void keep(RedisConnection opened) {
        if (running) {
            connection = opened;
        } else {
            opened.close();
        }
    }
}
