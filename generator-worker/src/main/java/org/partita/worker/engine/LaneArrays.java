package org.partita.worker.engine;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Map;

/**
 * The inputs, outputs and recurrent state of the step graph for the lanes of one decode thread, in
 * memory that ONNX Runtime reads and writes in place. The live lanes are always the first ones, so
 * a batch of B is a view of the first B rows and nothing is copied for a step but each lane's own
 * new key and value.
 *
 * <p>The GRU states exist twice: a step reads one set and writes the other. Confined to one thread.
 */
final class LaneArrays implements AutoCloseable {

    private final Tensors tensors;
    private final OrtSession step;
    private final ModelShape shape;
    private final int capacity;

    private final LongBuffer token;
    private final LongBuffer duration;
    private final LongBuffer velocity;
    private final LongBuffer filled;
    private final FloatBuffer features;
    private final FloatBuffer phase;
    private final FloatBuffer keys;
    private final FloatBuffer values;
    private final FloatBuffer logits;
    private final FloatBuffer note;
    private final FloatBuffer newKey;
    private final FloatBuffer newValue;
    private final FloatBuffer[][] hidden = new FloatBuffer[2][ModelShape.GRU_LAYERS];
    private final float[] zeros;

    /** Tensors over the first B rows, made when B first occurs: [B - 1][state set read]. */
    private final Batch[][] batches;

    private int current;

    private record Batch(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs) {}

    LaneArrays(OrtEnvironment environment, OrtSession step, ModelShape shape, int capacity) {
        tensors = new Tensors(environment);
        this.step = step;
        this.shape = shape;
        this.capacity = capacity;
        token = Tensors.longs(capacity);
        duration = Tensors.longs(capacity);
        velocity = Tensors.longs(capacity);
        filled = Tensors.longs(capacity);
        features = Tensors.floats(capacity * shape.features());
        phase = Tensors.floats(capacity * shape.phases());
        keys = Tensors.floats(capacity * shape.ringSlots() * shape.keyWidth());
        values = Tensors.floats(capacity * shape.ringSlots() * shape.valueWidth());
        logits = Tensors.floats(capacity * shape.tokens());
        note = Tensors.floats(capacity * shape.noteWidth());
        newKey = Tensors.floats(capacity * shape.keyWidth());
        newValue = Tensors.floats(capacity * shape.valueWidth());
        for (FloatBuffer[] set : hidden) {
            for (int layer = 0; layer < ModelShape.GRU_LAYERS; layer++) {
                set[layer] = Tensors.floats(capacity * shape.hidden());
            }
        }
        zeros = new float[shape.ringSlots() * shape.keyWidth()];
        batches = new Batch[capacity][2];
    }

    int capacity() {
        return capacity;
    }

    /** Empties a row for a piece that begins: no history at all. */
    void clear(int row) {
        for (FloatBuffer state : hidden[current]) {
            state.put(row * shape.hidden(), zeros, 0, shape.hidden());
        }
        // Masked, but a stale value must not even be able to turn a zero's sign.
        int keyRow = shape.ringSlots() * shape.keyWidth();
        int valueRow = shape.ringSlots() * shape.valueWidth();
        keys.put(row * keyRow, zeros, 0, keyRow);
        values.put(row * valueRow, zeros, 0, valueRow);
    }

    /** Copies the state of one row over another one. */
    void move(int from, int to) {
        for (FloatBuffer state : hidden[current]) {
            state.put(to * shape.hidden(), state, from * shape.hidden(), shape.hidden());
        }
        int keyRow = shape.ringSlots() * shape.keyWidth();
        int valueRow = shape.ringSlots() * shape.valueWidth();
        keys.put(to * keyRow, keys, from * keyRow, keyRow);
        values.put(to * valueRow, values, from * valueRow, valueRow);
    }

    /**
     * Sets what a row hears in the next step.
     *
     * @param durationInput duration class + 1, or 0 for events without one
     * @param velocityInput velocity class + 1, or 0 for events without one
     * @param pastEvents events the row has heard before
     */
    void hear(
            int row,
            int eventToken,
            int durationInput,
            int velocityInput,
            long pastEvents,
            float[] featureRow,
            float[] phaseRow) {
        token.put(row, eventToken);
        duration.put(row, durationInput);
        velocity.put(row, velocityInput);
        filled.put(row, Math.min(pastEvents, shape.ringSlots()));
        features.put(row * shape.features(), featureRow, 0, shape.features());
        phase.put(row * shape.phases(), phaseRow, 0, shape.phases());
    }

    /** Steps the first {@code lanes} rows by one event. */
    void step(int lanes) throws OrtException {
        Batch batch = batch(lanes);
        step.run(batch.inputs(), batch.outputs()).close();
        current = 1 - current;
    }

    /** Puts the key and value that the last step made for a row into its ring. */
    void remember(int row, long pastEvents) {
        int slot = (int) (pastEvents % shape.ringSlots());
        int index = row * shape.ringSlots() + slot;
        keys.put(index * shape.keyWidth(), newKey, row * shape.keyWidth(), shape.keyWidth());
        values.put(
                index * shape.valueWidth(), newValue, row * shape.valueWidth(), shape.valueWidth());
    }

    /** Reads a row's logits for the event after the one it heard. */
    void readLogits(int row, float[] target) {
        logits.get(row * shape.tokens(), target, 0, shape.tokens());
    }

    /** The note projections [capacity, U] of the last step. */
    FloatBuffer notes() {
        return note;
    }

    private Batch batch(int lanes) throws OrtException {
        Batch batch = batches[lanes - 1][current];
        if (batch == null) {
            batch = makeBatch(lanes, hidden[current], hidden[1 - current]);
            batches[lanes - 1][current] = batch;
        }
        return batch;
    }

    private Batch makeBatch(int lanes, FloatBuffer[] read, FloatBuffer[] written)
            throws OrtException {
        int hiddenWidth = shape.hidden();
        int slots = shape.ringSlots();
        return new Batch(
                Map.ofEntries(
                        Map.entry("token", tensors.over(token, lanes)),
                        Map.entry("duration", tensors.over(duration, lanes)),
                        Map.entry("velocity", tensors.over(velocity, lanes)),
                        Map.entry("features", tensors.over(features, lanes, shape.features())),
                        Map.entry("phase", tensors.over(phase, lanes, shape.phases())),
                        Map.entry("h0", tensors.over(read[0], lanes, hiddenWidth)),
                        Map.entry("h1", tensors.over(read[1], lanes, hiddenWidth)),
                        Map.entry("h2", tensors.over(read[2], lanes, hiddenWidth)),
                        Map.entry("keys", tensors.over(keys, lanes, slots, shape.keyWidth())),
                        Map.entry("values", tensors.over(values, lanes, slots, shape.valueWidth())),
                        Map.entry("filled", tensors.over(filled, lanes))),
                Map.ofEntries(
                        Map.entry("logits", tensors.over(logits, lanes, shape.tokens())),
                        Map.entry("note", tensors.over(note, lanes, shape.noteWidth())),
                        Map.entry("h0_out", tensors.over(written[0], lanes, hiddenWidth)),
                        Map.entry("h1_out", tensors.over(written[1], lanes, hiddenWidth)),
                        Map.entry("h2_out", tensors.over(written[2], lanes, hiddenWidth)),
                        Map.entry("key", tensors.over(newKey, lanes, shape.keyWidth())),
                        Map.entry("value", tensors.over(newValue, lanes, shape.valueWidth()))));
    }

    @Override
    public void close() {
        tensors.close();
    }
}
