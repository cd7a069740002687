package org.partita.worker.engine;

import org.jspecify.annotations.Nullable;

/** The music that a piece should begin with cannot be heard by the model; the message says why. */
public final class UnusablePromptException extends RuntimeException {

    UnusablePromptException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
