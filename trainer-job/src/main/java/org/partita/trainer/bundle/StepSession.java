package org.partita.trainer.bundle;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.partita.music.model.BundleFiles;

/**
 * {@code step.onnx} and its two heads: one event of every lane, as the worker composes: for
 * scoring. Not thread-safe.
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

    private static void put(float[] rows, FloatBuffer ring, int lane, int slot, LaneMemory memory) {
        int width = rows.length / memory.lanes;
        ring.put((lane * memory.slots + slot) * width, rows, lane * width, width);
    }

    /** Runs the events one by one, the heads on what follows each, and moves past them. */
    public SequenceSession.Output run(SequenceSession.Input in, LaneMemory memory) {
        int lanes = in.lanes();
        int features = step.extent("features", 1);
        int phases = step.extent("phase", 1);
        float[][] all = {
            new float[lanes * in.steps() * step.extent("logits", 1)],
            new float[lanes * in.steps() * duration.extent("logits", 1)],
            new float[lanes * in.steps() * velocity.extent("logits", 1)]
        };
        for (int t = 0; t < in.steps(); t++) {
            Input one =
                    new Input(
                            lanes,
                            at(in.token(), in, t),
                            at(in.duration(), in, t),
                            at(in.velocity(), in, t),
                            at(in.features(), in, t, features),
                            at(in.phase(), in, t, phases));
            Output out = run(one, memory);
            long[] pitch = at(in.nextToken(), in, t);
            float[][] parts = {
                out.logits(),
                duration(out.note(), pitch),
                velocity(out.note(), pitch, at(in.nextDuration(), in, t))
            };
            for (int kind = 0; kind < parts.length; kind++) {
                int width = parts[kind].length / lanes;
                for (int lane = 0; lane < lanes; lane++) {
                    int target = (lane * in.steps() + t) * width;
                    System.arraycopy(parts[kind], lane * width, all[kind], target, width);
                }
            }
        }
        return new SequenceSession.Output(all[0], all[1], all[2]);
    }

    private static long[] at(long[] all, SequenceSession.Input in, int t) {
        long[] row = new long[in.lanes()];
        for (int lane = 0; lane < row.length; lane++) {
            row[lane] = all[lane * in.steps() + t];
        }
        return row;
    }

    private static float[] at(float[] all, SequenceSession.Input in, int t, int width) {
        float[] rows = new float[in.lanes() * width];
        for (int lane = 0; lane < in.lanes(); lane++) {
            int source = (lane * in.steps() + t) * width;
            System.arraycopy(all, source, rows, lane * width, width);
        }
        return rows;
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
