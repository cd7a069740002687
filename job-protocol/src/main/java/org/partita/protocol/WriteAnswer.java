package org.partita.protocol;

/** The store's answer to a lane's write under a fence. */
public enum WriteAnswer {

    /** Written; the lane still holds the job, unless the write ended it. */
    ACCEPTED,

    /** Not written, because the job was canceled: stop composing and acknowledge the record. */
    CANCELED,

    /**
     * Not written, because the lane no longer holds the job: someone else claimed it, it ended or
     * it is gone. Stop composing; the record belongs to someone else.
     */
    FENCED
}
