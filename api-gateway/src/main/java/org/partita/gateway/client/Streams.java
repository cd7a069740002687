package org.partita.gateway.client;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/**
 * Room for requests that stay open: event streams and waiting submissions. No client can take it
 * all. Thread-safe.
 */
@Component
public final class Streams {

    private final Semaphore room;
    private final int perClient;
    private final ConcurrentMap<Client, Integer> held = new ConcurrentHashMap<>();

    Streams(LimitProperties limits, MeterRegistry meters) {
        room = new Semaphore(limits.streams());
        perClient = limits.streamsPerClient();
        meters.gauge(
                "partita.streams",
                room,
                free -> (double) limits.streams() - free.availablePermits());
    }

    /** Takes a place; whoever gets true must {@link #leave}. */
    public boolean tryEnter(Client client) {
        if (!room.tryAcquire()) {
            return false;
        }
        if (held.merge(client, 1, Integer::sum) > perClient) {
            leave(client);
            return false;
        }
        return true;
    }

    /** Gives a place back. */
    public void leave(Client client) {
        held.computeIfPresent(client, (_, count) -> count == 1 ? null : count - 1);
        room.release();
    }
}
