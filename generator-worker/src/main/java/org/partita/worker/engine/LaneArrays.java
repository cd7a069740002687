package org.partita.worker.engine;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Map;
import org.partita.worker.engine.StepClock.Part;

/**
 * The inputs, outputs and state of a step for the lanes of one decode thread. What the graphs read
 * and write lies in memory that ONNX Runtime uses in place. The live lanes are always the first
 * ones, so a batch of B is a view of the first B rows.
 *
 * <p>The GRU states exist twice: a step reads one set and writes the other. Confined to one thread.
 */
final class LaneArrays implements AutoCloseable {

    private final Tensors tensors;
    private final OrtSession recurrence;
    private final OrtSession output;
    private final ModelShape shape;
    private final int heads;
    private final int capacity;

    private final LongBuffer token;
    private final LongBuffer duration;
    private final LongBuffer velocity;
    private final FloatBuffer features;
    private final FloatBuffer phase;
    private final FloatBuffer[][] hidden = new FloatBuffer[2][ModelShape.GRU_LAYERS];
    private final FloatBuffer x;
    private final FloatBuffer query;
    private final FloatBuffer key;
    private final FloatBuffer value;
    private final FloatBuffer mixed;
    private final FloatBuffer logits;
    private final FloatBuffer note;
    private final float[] zeros;

    private final Attention attention;
    private final AttentionRing[] rings;
    private final long[] events;
    private final float[] mixedRow;

    /** Tensors over the first B rows, made when B first occurs: [B - 1][state set read]. */
    private final Batch[][] batches;

    private int current;

    private record Batch(
            Map<String, OnnxTensor> heard,
            Map<String, OnnxTensor> recurred,
            Map<String, OnnxTensor> attended,
            Map<String, OnnxTensor> said) {}

    LaneArrays(
            OrtEnvironment environment,
            OrtSession recurrence,
            OrtSession output,
            ModelShape shape,
            int heads,
            int capacity) {
        tensors = new Tensors(environment);
        this.recurrence = recurrence;
        this.output = output;
        this.shape = shape;
        this.heads = heads;
        this.capacity = capacity;
        token = Tensors.longs(capacity);
        duration = Tensors.longs(capacity);
        velocity = Tensors.longs(capacity);
        features = Tensors.floats(capacity * shape.features());
        phase = Tensors.floats(capacity * shape.phases());
        for (FloatBuffer[] set : hidden) {
            for (int layer = 0; layer < ModelShape.GRU_LAYERS; layer++) {
                set[layer] = Tensors.floats(capacity * shape.hidden());
            }
        }
        x = Tensors.floats(capacity * shape.hidden());
        query = Tensors.floats(capacity * heads * shape.keyWidth());
        key = Tensors.floats(capacity * shape.keyWidth());
        value = Tensors.floats(capacity * shape.valueWidth());
        mixed = Tensors.floats(capacity * heads * shape.valueWidth());
        logits = Tensors.floats(capacity * shape.tokens());
        note = Tensors.floats(capacity * shape.noteWidth());
        zeros = new float[shape.hidden()];
        AttentionRing.Shape ring =
                new AttentionRing.Shape(
                        shape.ringSlots() + 1, shape.keyWidth(), shape.valueWidth());
        attention = new Attention(heads, ring);
        rings = new AttentionRing[capacity];
        for (int row = 0; row < capacity; row++) {
            rings[row] = new AttentionRing(ring);
        }
        events = new long[capacity];
        mixedRow = new float[heads * shape.valueWidth()];
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
        events[row] = 0;
    }

    /** Moves the state of one row to another one, which is given up. */
    void move(int from, int to) {
        for (FloatBuffer state : hidden[current]) {
            state.put(to * shape.hidden(), state, from * shape.hidden(), shape.hidden());
        }
        AttentionRing free = rings[to];
        rings[to] = rings[from];
        rings[from] = free;
        events[to] = events[from];
    }

    /**
     * Sets what a row hears in the next step.
     *
     * @param durationInput duration class + 1, or 0 for events without one
     * @param velocityInput velocity class + 1, or 0 for events without one
     */
    void hear(
            int row,
            int eventToken,
            int durationInput,
            int velocityInput,
            float[] featureRow,
            float[] phaseRow) {
        token.put(row, eventToken);
        duration.put(row, durationInput);
        velocity.put(row, velocityInput);
        features.put(row * shape.features(), featureRow, 0, shape.features());
        phase.put(row * shape.phases(), phaseRow, 0, shape.phases());
    }

    /** Steps the first {@code lanes} rows by one event. */
    void step(int lanes, StepClock clock) throws OrtException {
        recur(lanes);
        clock.ended(Part.GRAPHS);
        attend(lanes);
        clock.ended(Part.ATTENTION);
        speak(lanes);
        clock.ended(Part.GRAPHS);
    }

    /** The first part of a step: what comes before the attention. */
    private void recur(int lanes) throws OrtException {
        Batch batch = batch(lanes);
        recurrence.run(batch.heard(), batch.recurred()).close();
        current = 1 - current;
    }

    /** The second part: each row keeps its event and looks back. */
    void attend(int lanes) {
        float[] asked = attention.query();
        int queryWidth = heads * shape.keyWidth();
        for (int row = 0; row < lanes; row++) {
            AttentionRing ring = rings[row];
            ring.keep(events[row], key, value, row);
            events[row]++;
            query.get(row * queryWidth, asked, 0, queryWidth);
            attention.attend(ring, ring.filled(events[row]), mixedRow);
            mixed.put(row * mixedRow.length, mixedRow);
        }
    }

    /** The last part: what may follow. */
    private void speak(int lanes) throws OrtException {
        Batch batch = batch(lanes);
        output.run(batch.attended(), batch.said()).close();
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
        int mixedWidth = heads * shape.valueWidth();
        return new Batch(
                Map.of(
                        "token", tensors.over(token, lanes),
                        "duration", tensors.over(duration, lanes),
                        "velocity", tensors.over(velocity, lanes),
                        "features", tensors.over(features, lanes, shape.features()),
                        "phase", tensors.over(phase, lanes, shape.phases()),
                        "h0", tensors.over(read[0], lanes, hiddenWidth),
                        "h1", tensors.over(read[1], lanes, hiddenWidth),
                        "h2", tensors.over(read[2], lanes, hiddenWidth)),
                Map.of(
                        "h0_out", tensors.over(written[0], lanes, hiddenWidth),
                        "h1_out", tensors.over(written[1], lanes, hiddenWidth),
                        "h2_out", tensors.over(written[2], lanes, hiddenWidth),
                        "x", tensors.over(x, lanes, hiddenWidth),
                        "query", tensors.over(query, lanes, heads, shape.keyWidth()),
                        "key", tensors.over(key, lanes, shape.keyWidth()),
                        "value", tensors.over(value, lanes, shape.valueWidth())),
                Map.of(
                        "x", tensors.over(x, lanes, hiddenWidth),
                        "mixed", tensors.over(mixed, lanes, mixedWidth)),
                Map.of(
                        "logits", tensors.over(logits, lanes, shape.tokens()),
                        "note", tensors.over(note, lanes, shape.noteWidth())));
    }

    @Override
    public void close() {
        tensors.close();
    }
}
