package org.partita.gateway.queue;

import org.partita.protocol.GenerationJob;

/** The way to the workers. */
public interface JobQueue {

    /**
     * Sends a job, so that it is safe with the broker when this returns.
     *
     * @throws QueueUnavailableException if the broker did not confirm in time; the job may or may
     *     not have arrived
     */
    void send(GenerationJob job);
}
