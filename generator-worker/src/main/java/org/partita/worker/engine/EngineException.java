package org.partita.worker.engine;

/** ONNX Runtime failed; the cause tells how. */
public final class EngineException extends RuntimeException {

    EngineException(String message, Throwable cause) {
        super(message, cause);
    }
}
