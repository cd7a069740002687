package org.partita.worker.engine;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** ONNX Runtime's native libraries, loaded once. */
final class OnnxRuntime {

    /**
     * On some processors the libraries' start needs over 2 MB of stack, more than a Java thread has
     * by default; the JVM then dies without a word. Running graphs needs little.
     */
    private static final long STACK_BYTES = 64L << 20;

    private OnnxRuntime() {}

    static OrtEnvironment environment() {
        CompletableFuture<OrtEnvironment> environment = new CompletableFuture<>();
        Thread.ofPlatform()
                .name("onnxruntime-start")
                .daemon()
                .stackSize(STACK_BYTES)
                .start(() -> {
                    try {
                        // What goes wrong comes as an exception; the library need not print it,
                        // too.
                        environment.complete(
                                OrtEnvironment.getEnvironment(
                                        OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "partita"));
                    } catch (RuntimeException | LinkageError e) {
                        environment.completeExceptionally(e);
                    }
                });
        try {
            return environment.join();
        } catch (CompletionException e) {
            throw new EngineException("ONNX Runtime cannot be loaded", e);
        }
    }
}
