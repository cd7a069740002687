package org.partita.protocol;

import java.time.Duration;

/**
 * How long things are remembered.
 *
 * @param results a finished job, its events and its piece, from its end on
 * @param tombstones that there was such a job, after its results are forgotten
 * @param idempotencyKeys from the first submission on
 */
public record Retention(Duration results, Duration tombstones, Duration idempotencyKeys) {

    /** An hour, a week, a day. */
    public static final Retention DEFAULT =
            new Retention(Duration.ofHours(1), Duration.ofDays(7), Duration.ofDays(1));
}
