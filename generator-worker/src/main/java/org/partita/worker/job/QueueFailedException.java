package org.partita.worker.job;

/** The queue cannot be used through this connection any more. */
final class QueueFailedException extends RuntimeException {

    QueueFailedException(Throwable cause) {
        super(String.valueOf(cause.getMessage()), cause);
    }
}
