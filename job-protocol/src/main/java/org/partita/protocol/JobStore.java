package org.partita.protocol;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The job store as the gateway sees it.
 *
 * <p>All methods throw {@link org.springframework.dao.DataAccessException} when Redis cannot be
 * reached.
 */
public interface JobStore {

    /** Writes a job with its idempotency key, counters and outbox entry at once, or refuses it. */
    Submission.Outcome submit(Submission submission);

    /** Notes that Kafka has the job. */
    void markSent(JobId id);

    /**
     * Takes back a job that Kafka did not confirm.
     *
     * @return false if a worker has it already, so that it stays
     */
    boolean withdraw(JobId id);

    /**
     * Lends out jobs that have been in the outbox for too long, to be sent again; nobody else gets
     * them for the same time.
     */
    List<GenerationJob> unsent(Duration olderThan, int limit);

    JobLookup find(JobId id);

    /** Ends a queued or running job as canceled; leaves any other as it is. */
    void cancel(JobId id);

    /** The finished piece, a Standard MIDI File. */
    Optional<byte[]> midi(JobId id);

    /**
     * What happened to a job, in order.
     *
     * @param afterId only later events; {@code 0} from the beginning
     */
    List<JobEvent> events(JobId id, String afterId, int limit);

    QueueStatus queue();

    List<WorkerStatus> workers();

    /** Takes one from a client's quota. */
    Quota take(String client, Quota.Policy policy);

    /** Ends what nobody will end, and sends back to the queue what lost its worker. */
    Reaped reap(int limit);
}
