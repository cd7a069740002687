package org.partita.worker.engine;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Map;

/**
 * The duration and velocity graphs for the lanes of one decode thread that strike a note in this
 * step. Rows are gathered: row r is the r-th lane that strikes. Confined to one thread.
 */
final class NoteHeads implements AutoCloseable {

    private final Tensors tensors;
    private final OrtSession durationGraph;
    private final OrtSession velocityGraph;
    private final ModelShape shape;

    private final FloatBuffer note;
    private final LongBuffer token;
    private final LongBuffer duration;
    private final FloatBuffer durationLogits;
    private final FloatBuffer velocityLogits;
    private final Batch[] batches;
    private int rows;

    private record Batch(
            Map<String, OnnxTensor> durationInputs,
            Map<String, OnnxTensor> durationOutputs,
            Map<String, OnnxTensor> velocityInputs,
            Map<String, OnnxTensor> velocityOutputs) {}

    NoteHeads(
            OrtEnvironment environment,
            OrtSession durationGraph,
            OrtSession velocityGraph,
            ModelShape shape,
            int capacity) {
        tensors = new Tensors(environment);
        this.durationGraph = durationGraph;
        this.velocityGraph = velocityGraph;
        this.shape = shape;
        note = Tensors.floats(capacity * shape.noteWidth());
        token = Tensors.longs(capacity);
        duration = Tensors.longs(capacity);
        durationLogits = Tensors.floats(capacity * shape.durations());
        velocityLogits = Tensors.floats(capacity * shape.velocities());
        batches = new Batch[capacity];
    }

    /** Forgets the rows of the step before. */
    void begin() {
        rows = 0;
    }

    /**
     * Adds a note.
     *
     * @param pitch the key it strikes, 0..127
     * @param notes note projections [lanes, U]
     * @param lane whose row of them belongs to the note
     */
    void add(int pitch, FloatBuffer notes, int lane) {
        note.put(rows * shape.noteWidth(), notes, lane * shape.noteWidth(), shape.noteWidth());
        token.put(rows, pitch);
        rows++;
    }

    void runDurations() throws OrtException {
        Batch batch = batch();
        durationGraph.run(batch.durationInputs(), batch.durationOutputs()).close();
    }

    void readDurationLogits(int row, float[] target) {
        durationLogits.get(row * shape.durations(), target, 0, shape.durations());
    }

    void chooseDuration(int row, int durationClass) {
        duration.put(row, durationClass);
    }

    void runVelocities() throws OrtException {
        Batch batch = batch();
        velocityGraph.run(batch.velocityInputs(), batch.velocityOutputs()).close();
    }

    void readVelocityLogits(int row, float[] target) {
        velocityLogits.get(row * shape.velocities(), target, 0, shape.velocities());
    }

    private Batch batch() throws OrtException {
        Batch batch = batches[rows - 1];
        if (batch == null) {
            OnnxTensor notes = tensors.over(note, rows, shape.noteWidth());
            OnnxTensor tokens = tensors.over(token, rows);
            batch =
                    new Batch(
                            Map.of("note", notes, "token", tokens),
                            Map.of("logits", tensors.over(durationLogits, rows, shape.durations())),
                            Map.of(
                                    "note",
                                    notes,
                                    "token",
                                    tokens,
                                    "duration",
                                    tensors.over(duration, rows)),
                            Map.of(
                                    "logits",
                                    tensors.over(velocityLogits, rows, shape.velocities())));
            batches[rows - 1] = batch;
        }
        return batch;
    }

    @Override
    public void close() {
        tensors.close();
    }
}
