package org.partita.trainer.bundle;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One ONNX graph, loaded. Inputs and outputs are plain arrays by name, row-major, so that a caller
 * need not know of native memory.
 */
final class Graph implements AutoCloseable {

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    Graph(Path file, int threads) throws IOException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            // Waiting threads must not burn a core that others need.
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            session = environment.createSession(file.toString(), options);
        } catch (OrtException e) {
            throw new IOException("cannot load " + file + ": " + e.getMessage(), e);
        }
    }

    /** A dimension of an input or output; -1 where it is free. */
    int extent(String name, int dimension) {
        try {
            NodeInfo info = session.getInputInfo().get(name);
            if (info == null) {
                info = session.getOutputInfo().get(name);
            }
            if (info == null || !(info.getInfo() instanceof TensorInfo tensor)) {
                throw new IllegalStateException("the graph has no tensor named " + name);
            }
            return Math.toIntExact(tensor.getShape()[dimension]);
        } catch (OrtException e) {
            throw new IllegalStateException("cannot describe " + name, e);
        }
    }

    /** Whether the graph takes an input of this name. */
    boolean takes(String name) {
        return session.getInputNames().contains(name);
    }

    /** Inputs of one run. */
    final class Run implements AutoCloseable {
        private final Map<String, OnnxTensor> inputs = new LinkedHashMap<>();

        Run with(String name, float[] values, long... shape) throws OrtException {
            return with(name, FloatBuffer.wrap(values), shape);
        }

        /** A direct buffer is read in place, any other copied. */
        Run with(String name, FloatBuffer values, long... shape) throws OrtException {
            inputs.put(name, OnnxTensor.createTensor(environment, values, shape));
            return this;
        }

        Run with(String name, long[] values, long... shape) throws OrtException {
            inputs.put(name, OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape));
            return this;
        }

        /** All outputs by name. */
        Map<String, float[]> outputs() throws OrtException {
            Map<String, float[]> outputs = new LinkedHashMap<>();
            try (OrtSession.Result result = session.run(inputs)) {
                for (var entry : result) {
                    FloatBuffer buffer = ((OnnxTensor) entry.getValue()).getFloatBuffer();
                    float[] values = new float[buffer.remaining()];
                    buffer.get(values);
                    outputs.put(entry.getKey(), values);
                }
            }
            return outputs;
        }

        @Override
        public void close() {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    Run run() {
        return new Run();
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("cannot release the graph", e);
        }
    }
}
