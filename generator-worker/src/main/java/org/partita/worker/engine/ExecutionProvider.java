package org.partita.worker.engine;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What runs the graphs. */
public enum ExecutionProvider {
    CPU,
    CUDA;

    private static final Logger LOG = LoggerFactory.getLogger(ExecutionProvider.class);

    /**
     * CUDA if this build carries it and the machine has it, else the CPU. Says so in one log line
     * where CUDA is carried but cannot be used.
     */
    public static ExecutionProvider best() {
        OnnxRuntime.environment();
        if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
            return CPU;
        }
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            addCuda(options);
            return CUDA;
        } catch (OrtException e) {
            LOG.atInfo()
                    .addKeyValue("reason", firstLine(e))
                    .log("CUDA cannot be used; composing on the CPU");
            return CPU;
        }
    }

    private static String firstLine(OrtException e) {
        String message = e.getMessage();
        return message == null ? "unknown" : message.lines().findFirst().orElse("unknown");
    }

    /**
     * Options of a session that runs on the calling thread alone: the decode threads are the
     * parallelism, and one that spins would take a core from another.
     */
    OrtSession.SessionOptions sessionOptions() throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        options.addConfigEntry("session.inter_op.allow_spinning", "0");
        options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
        if (this == CUDA) {
            addCuda(options);
        }
        return options;
    }

    private static void addCuda(OrtSession.SessionOptions options) throws OrtException {
        try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(0)) {
            // Ten bits of a product's factors are too few for the same music.
            cuda.add("use_tf32", "0");
            options.addCUDA(cuda);
        }
    }

    /**
     * The provider and, on a CPU, its kernel family: requests give equal bytes where this is equal
     * (of a bundle with 8-bit weights only among processors that all have VNNI, or all lack it).
     */
    public String describe() {
        return this == CPU ? "CPU (" + KernelFamily.ofThisMachine() + ")" : "CUDA";
    }
}
