package org.partita.worker.engine;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.partita.music.model.BundleFiles;

/**
 * The way without state, to compare with: for every event the last fifty are computed anew, one
 * piece at a time, as a network that is called like a function does. Same model, same ONNX Runtime,
 * same pinned buffers.
 */
public final class WindowBaseline implements AutoCloseable {

    private static final int WINDOW = 50;

    private final OrtSession session;
    private final Map<String, OnnxTensor> inputs = new HashMap<>();
    private final Map<String, OnnxTensor> outputs = new HashMap<>();

    /**
     * @param directory of a model bundle
     * @throws IOException if its manifest cannot be read
     * @throws EngineException if ONNX Runtime refuses the graph
     */
    public WindowBaseline(Path directory) throws IOException {
        ModelShape shape = ModelShape.of(ModelBundle.describe(directory));
        OrtEnvironment environment = OnnxRuntime.environment();
        try (OrtSession.SessionOptions options = ExecutionProvider.CPU.sessionOptions()) {
            session =
                    environment.createSession(
                            directory.resolve(BundleFiles.SEQUENCE).toString(), options);
            SplittableRandom random = new SplittableRandom(1);
            for (String name :
                    List.of("token", "duration", "velocity", "next_token", "next_duration")) {
                // Pitches are valid tokens, and their classes valid classes, everywhere.
                var buffer = Tensors.longs(WINDOW);
                for (int i = 0; i < WINDOW; i++) {
                    buffer.put(i, random.nextInt(16));
                }
                inputs.put(
                        name, OnnxTensor.createTensor(environment, buffer, new long[] {1, WINDOW}));
            }
            inputs.put(
                    "filled",
                    OnnxTensor.createTensor(environment, Tensors.longs(1), new long[] {1}));
            floats(inputs, environment, "features", 1, WINDOW, shape.features());
            floats(inputs, environment, "phase", 1, WINDOW, shape.phases());
            floats(inputs, environment, "keys", 1, shape.ringSlots(), shape.keyWidth());
            floats(inputs, environment, "values", 1, shape.ringSlots(), shape.valueWidth());
            for (String state : List.of("h0", "h1", "h2")) {
                floats(inputs, environment, state, 1, shape.hidden());
                floats(outputs, environment, state + "_out", 1, shape.hidden());
            }
            floats(outputs, environment, "logits", 1, WINDOW, shape.tokens());
            floats(outputs, environment, "duration_logits", 1, WINDOW, shape.durations());
            floats(outputs, environment, "velocity_logits", 1, WINDOW, shape.velocities());
            floats(outputs, environment, "key", 1, WINDOW, shape.keyWidth());
            floats(outputs, environment, "value", 1, WINDOW, shape.valueWidth());
        } catch (OrtException e) {
            throw new EngineException("cannot load the baseline from " + directory, e);
        }
    }

    private static void floats(
            Map<String, OnnxTensor> tensors, OrtEnvironment environment, String name, long... shape)
            throws OrtException {
        int size = Math.toIntExact(Arrays.stream(shape).reduce(1, (a, b) -> a * b));
        tensors.put(name, OnnxTensor.createTensor(environment, Tensors.floats(size), shape));
    }

    /** Computes what one event takes. */
    public void event() {
        try {
            session.run(inputs, outputs).close();
        } catch (OrtException e) {
            throw new EngineException("the baseline failed", e);
        }
    }

    @Override
    public void close() {
        List<OnnxTensor> tensors = new ArrayList<>(inputs.values());
        tensors.addAll(outputs.values());
        tensors.forEach(OnnxTensor::close);
        try {
            session.close();
        } catch (OrtException e) {
            throw new EngineException("cannot unload the baseline", e);
        }
    }
}
