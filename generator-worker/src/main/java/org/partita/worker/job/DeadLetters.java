package org.partita.worker.job;

import org.partita.protocol.GenerationJob;
import org.partita.protocol.JobError;

/** Where jobs go that nobody could finish, for people to look at. */
interface DeadLetters {

    /** Keeps the job; returns once it is safe. */
    void bury(GenerationJob job, JobError error);
}
