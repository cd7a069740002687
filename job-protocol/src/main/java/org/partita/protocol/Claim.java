package org.partita.protocol;

/** The answer to a lane that was handed a job by the queue. */
public sealed interface Claim {

    /**
     * The lane holds the job and shall compose it.
     *
     * @param job as it lies in the store
     * @param fence to show with every write
     * @param attempt 1 for the first time, at most {@link JobState#MAX_ATTEMPTS}
     */
    record Granted(GenerationJob job, Fence fence, int attempt) implements Claim {}

    /**
     * The job ended before; the record only has to be acknowledged.
     *
     * @param status the terminal status
     */
    record Finished(String status) implements Claim {}

    /**
     * Another record of the same job is being composed right now; this one is a double and only has
     * to be acknowledged.
     */
    record Doubled() implements Claim {}

    /**
     * The lane holds the job, but it was taken up too often before: send it to {@link
     * Topics#GENERATION_JOBS_DEAD} and only then fail it.
     *
     * @param fence to fail it with
     * @param error to fail it with
     */
    record Poisoned(GenerationJob job, Fence fence, JobError error) implements Claim {}

    /** The store does not know the job, any more or at all; the record has to be acknowledged. */
    record Unknown() implements Claim {}
}
