package org.partita.worker.job;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A lane's end of the queue. Used by one thread, but for {@link #wakeUp}. */
interface JobQueue extends AutoCloseable {

    /**
     * Waits for a job.
     *
     * @return {@code null} if none came in time
     * @throws QueueFailedException if this end is broken and has to be replaced
     */
    @Nullable Delivery poll(Duration atMost);

    /** Makes a waiting {@link #poll} return at once. */
    void wakeUp();

    @Override
    void close();
}
