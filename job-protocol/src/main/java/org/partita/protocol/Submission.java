package org.partita.protocol;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A job at the door.
 *
 * @param job to be queued
 * @param client who asks, for limits and for idempotency keys; any text
 * @param idempotencyKey makes a repeated submission find the first one; {@code null} if none
 * @param limits it must fit in
 */
public record Submission(
        GenerationJob job, String client, @Nullable String idempotencyKey, Limits limits) {

    /**
     * What a submission must fit in.
     *
     * @param unfinishedPerClient queued and running jobs of one client
     * @param queuedJobs waiting jobs of all clients
     * @param longestWait estimated time until a new job begins; not applied while no worker lives
     */
    public record Limits(int unfinishedPerClient, int queuedJobs, Duration longestWait) {}

    /** What became of it. */
    public sealed interface Outcome {}

    /** It is written; now it has to reach the queue. */
    public record Submitted() implements Outcome {}

    /** The same key and the same request came before. */
    public record Replayed(JobId first) implements Outcome {}

    /** The same key and request are on their way right now. */
    public record InProgress() implements Outcome {}

    /** The key belongs to another request. */
    public record KeyReused() implements Outcome {}

    /** The client has as many unfinished jobs as it may have. */
    public record TooManyUnfinished(int unfinished) implements Outcome {}

    /**
     * Everybody would have to wait too long.
     *
     * @param retryAfter until the estimated wait is short enough again
     */
    public record QueueFull(int queued, Duration retryAfter) implements Outcome {}
}
