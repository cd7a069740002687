package org.partita.protocol;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The job store as a worker's lanes see it. Every write shows the fence of the claim; the store
 * refuses it unless the job is running under that very fence.
 *
 * <p>All methods throw {@link org.springframework.dao.DataAccessException} when Redis cannot be
 * reached; nothing is known to be written then.
 */
public interface LaneStore {

    /**
     * Takes up a job that the queue delivered. When the same record comes again, a running job is
     * taken over at once: the queue would not have delivered it again had its holder not vanished.
     *
     * @param delivery which record brought it, e.g. {@code generation-jobs-0@17}; tells a delivery
     *     repeated from a record doubled
     * @param claimant who asks; whoever asks again, having heard no answer, holds the job already
     * @param lease how long the job counts as held without another write
     */
    Claim claim(JobId id, String delivery, String claimant, Duration lease);

    /**
     * Tells how far pieces are, adds their new notes to the jobs' event streams and renews their
     * leases: one call for all lanes of a worker. At most four a second, please.
     *
     * @return an answer to each, in the same order
     */
    List<WriteAnswer> progress(List<JobProgress> pieces, Duration lease);

    /**
     * Tells the last notes, stores the piece and ends the job as succeeded. Call it before the
     * Kafka record is acknowledged. Repeating it with the same fence and the same result is
     * accepted.
     *
     * @param rest composed since the last progress; {@code null} if there are none
     */
    WriteAnswer complete(
            JobId id, Fence fence, @Nullable NotesChunk rest, byte[] midi, GenerationResult result);

    /** Ends the job as failed. */
    WriteAnswer fail(JobId id, Fence fence, JobError error);

    /** Gives the job back to the queue, uncounted, because the worker stops. */
    WriteAnswer release(JobId id, Fence fence);

    /**
     * Announces a living worker.
     *
     * @param timeToLive after which it counts as gone
     */
    void heartbeat(WorkerStatus worker, Duration timeToLive);

    /** Takes a worker off the list at once. */
    void goodbye(String worker);
}
