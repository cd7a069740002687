package org.partita.worker.engine;

import org.jspecify.annotations.Nullable;
import org.partita.protocol.JobError;

/** A valid request that this model cannot meet; the message says why. */
public final class UnusableRequestException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final JobError.Code code;

    UnusableRequestException(JobError.Code code, String message) {
        this(code, message, null);
    }

    UnusableRequestException(JobError.Code code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** What the client is told. */
    public JobError error() {
        return new JobError(code, String.valueOf(getMessage()));
    }
}
