package org.partita.worker.job;

import java.time.Duration;

/** Pauses of which each is twice as long as the one before, up to a longest one. */
final class Backoff {

    private final Duration first;
    private final Duration longest;
    private Duration next;

    Backoff(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
        next = first;
    }

    void sleep() throws InterruptedException {
        Thread.sleep(next);
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(longest) < 0 ? doubled : longest;
    }

    /** Begins with the first pause again. */
    void reset() {
        next = first;
    }
}
