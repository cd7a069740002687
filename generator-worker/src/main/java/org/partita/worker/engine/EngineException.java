package org.partita.worker.engine;

/** ONNX Runtime failed, as the cause tells, or does not keep what the engine relies on. */
public final class EngineException extends RuntimeException {

    EngineException(String message) {
        super(message);
    }

    EngineException(String message, Throwable cause) {
        super(message, cause);
    }
}
