package org.partita.worker.job;

/** The queue cannot be used through this connection any more. */
final class QueueFailedException extends RuntimeException {

    QueueFailedException(String message) {
        super(message);
    }

    QueueFailedException(Throwable cause) {
        super(String.valueOf(cause.getMessage()), cause);
    }
}
