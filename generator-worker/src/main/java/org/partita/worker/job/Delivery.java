package org.partita.worker.job;

import org.partita.protocol.JobId;

/**
 * A job that the queue handed to a lane, and nobody else gets for as long as the lane {@linkplain
 * #renew renews} it. A lane has at most one, and ends it with {@link #accept} or {@link #release}.
 */
interface Delivery {

    /**
     * The job.
     *
     * @throws IllegalArgumentException if the message names none
     */
    JobId id();

    /** Which message brought it; the same whenever that message is delivered again. */
    String name();

    /** Keeps the job, if it is time to. Call it only while the job advances. */
    void renew();

    /** The job needs nobody any more. */
    void accept();

    /** Gives the job to whoever asks next. */
    void release();
}
