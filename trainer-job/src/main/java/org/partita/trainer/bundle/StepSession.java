package org.partita.trainer.bundle;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.partita.music.model.BundleFiles;

/**
 * {@code step.onnx} and its two heads: one event of every lane, as the worker composes. Written for
 * checking, not for speed. Not thread-safe.
 */
public final class StepSession implements AutoCloseable {

    /** Inputs of one event for each lane, meant as in {@link SequenceSession.Input}. */
    // Arrays are what ONNX Runtime takes; nobody compares these records.
    @SuppressWarnings("ArrayRecordComponent")
    public record Input(
            int lanes,
            long[] token,
            long[] duration,
            long[] velocity,
            float[] features,
            float[] phase) {}

    /**
     * What one event gives.
     *
     * @param logits {@code [B, V]} of the next token
     * @param note {@code [B, U]}, from which the two heads start
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Output(float[] logits, float[] note) {}

    private final Graph step;
    private final Graph duration;
    private final Graph velocity;

    public StepSession(Path bundle, int threads) throws IOException {
        step = new Graph(bundle.resolve(BundleFiles.STEP), threads);
        duration = new Graph(bundle.resolve(BundleFiles.DURATION), threads);
        velocity = new Graph(bundle.resolve(BundleFiles.VELOCITY), threads);
    }

    public LaneMemory newMemory(int lanes) {
        return LaneMemory.of(step, lanes);
    }

    /** Runs one event and moves {@code memory} past it. */
    public Output run(Input in, LaneMemory memory) {
        long b = in.lanes();
        try (Graph.Run run = step.run()) {
            run.with("token", in.token(), b)
                    .with("duration", in.duration(), b)
                    .with("velocity", in.velocity(), b)
                    .with("features", in.features(), b, step.extent("features", 1))
                    .with("phase", in.phase(), b, step.extent("phase", 1))
                    .with("keys", memory.keys, b, memory.slots, memory.keyWidth)
                    .with("values", memory.values, b, memory.slots, memory.valueSize)
                    .with("filled", memory.filled, b);
            for (int layer = 0; layer < memory.states.length; layer++) {
                run.with("h" + layer, memory.states[layer], b, memory.hidden);
            }
            Map<String, float[]> out = run.outputs();
            for (int layer = 0; layer < memory.states.length; layer++) {
                float[] state = SequenceSession.get(out, "h" + layer + "_out");
                System.arraycopy(state, 0, memory.states[layer], 0, state.length);
            }
            for (int lane = 0; lane < in.lanes(); lane++) {
                int slot = Math.toIntExact(memory.events[lane] % memory.slots);
                put(SequenceSession.get(out, "key"), memory.keys, lane, slot, memory);
                put(SequenceSession.get(out, "value"), memory.values, lane, slot, memory);
                memory.events[lane]++;
                memory.filled[lane] = Math.min(memory.slots, memory.events[lane]);
            }
            return new Output(SequenceSession.get(out, "logits"), SequenceSession.get(out, "note"));
        } catch (OrtException e) {
            throw new IllegalStateException("step.onnx failed: " + e.getMessage(), e);
        }
    }

    private static void put(float[] rows, float[] ring, int lane, int slot, LaneMemory memory) {
        int width = rows.length / memory.lanes;
        System.arraycopy(rows, lane * width, ring, (lane * memory.slots + slot) * width, width);
    }

    /** Duration logits {@code [B, D]} for these pitches. */
    public float[] duration(float[] note, long[] pitch) {
        long b = pitch.length;
        try (Graph.Run run = duration.run()) {
            run.with("note", note, b, note.length / b).with("token", pitch, b);
            return SequenceSession.get(run.outputs(), "logits");
        } catch (OrtException e) {
            throw new IllegalStateException("duration.onnx failed: " + e.getMessage(), e);
        }
    }

    /** Velocity logits {@code [B, S]} for these pitches and duration classes. */
    public float[] velocity(float[] note, long[] pitch, long[] durationClass) {
        long b = pitch.length;
        try (Graph.Run run = velocity.run()) {
            run.with("note", note, b, note.length / b)
                    .with("token", pitch, b)
                    .with("duration", durationClass, b);
            return SequenceSession.get(run.outputs(), "logits");
        } catch (OrtException e) {
            throw new IllegalStateException("velocity.onnx failed: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        step.close();
        duration.close();
        velocity.close();
    }
}
