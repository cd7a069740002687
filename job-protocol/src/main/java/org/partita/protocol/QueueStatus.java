package org.partita.protocol;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The queue in numbers.
 *
 * @param queued waiting jobs
 * @param running jobs being composed
 * @param lanes jobs that the living workers can compose at the same time
 * @param workers living workers
 * @param backlogSeconds estimated work that is waiting or running, in seconds of all lanes
 * @param untilStart estimated time until a job submitted now would begin; {@code null} while no
 *     worker lives
 * @param unsent jobs not yet known to be in Kafka
 */
public record QueueStatus(
        long queued,
        long running,
        int lanes,
        int workers,
        double backlogSeconds,
        @Nullable Duration untilStart,
        long unsent) {}
