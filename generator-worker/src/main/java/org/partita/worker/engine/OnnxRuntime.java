package org.partita.worker.engine;

import ai.onnxruntime.OrtEnvironment;
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
                        environment.complete(OrtEnvironment.getEnvironment());
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
