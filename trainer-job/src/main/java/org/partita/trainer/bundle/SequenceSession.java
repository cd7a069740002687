package org.partita.trainer.bundle;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.partita.music.event.EventContext;
import org.partita.music.event.EventSequence;
import org.partita.music.event.Features;
import org.partita.music.event.Vocabulary;
import org.partita.music.model.BundleFiles;

/** {@code sequence.onnx}: many events of many lanes at once. Not thread-safe. */
public final class SequenceSession implements AutoCloseable {

    /**
     * Inputs of {@code steps} events for each of {@code lanes} lanes; the entry of lane b, event t
     * is number {@code b * steps + t}.
     *
     * @param token input tokens
     * @param duration duration class + 1 of a pitch, 0 for any other token
     * @param velocity velocity class + 1 of a pitch, 0 for any other token
     * @param features {@code [B, T, F]}
     * @param phase {@code [B, T, P]}
     * @param nextToken the event that follows if it is a pitch, else 0
     * @param nextDuration its duration class, else 0
     */
    // Arrays are what ONNX Runtime takes; nobody compares these records.
    @SuppressWarnings("ArrayRecordComponent")
    public record Input(
            int lanes,
            int steps,
            long[] token,
            long[] duration,
            long[] velocity,
            float[] features,
            float[] phase,
            long[] nextToken,
            long[] nextDuration) {

        /** Zeros, to be filled. */
        public static Input blank(int lanes, int steps, int features, int phases) {
            int n = lanes * steps;
            return new Input(
                    lanes,
                    steps,
                    new long[n],
                    new long[n],
                    new long[n],
                    new float[n * features],
                    new float[n * phases],
                    new long[n],
                    new long[n]);
        }

        /**
         * Writes what the network is told before an event of a piece, and which event that is.
         *
         * @param row where
         * @param index of the event
         * @param context after the events before it
         */
        public void write(int row, EventSequence events, int index, EventContext context) {
            token[row] = index == 0 ? Vocabulary.END : events.token(index - 1);
            if (index > 0 && Vocabulary.isPitch(events.token(index - 1))) {
                duration[row] = events.durationClass(index - 1) + 1L;
                velocity[row] = events.velocityClass(index - 1) + 1L;
            }
            if (Vocabulary.isPitch(events.token(index))) {
                nextToken[row] = events.token(index);
                nextDuration[row] = events.durationClass(index);
            }
            context.writeFeatures(features, row * Features.COUNT);
            context.writePhase(phase, row * Features.PHASES);
        }
    }

    /**
     * Unnormalised logarithms of probabilities of what follows each event.
     *
     * @param token {@code [B, T, V]}
     * @param duration {@code [B, T, D]}, given the pitch that follows
     * @param velocity {@code [B, T, S]}, given its duration too
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Output(float[] token, float[] duration, float[] velocity) {}

    private final Graph graph;

    public SequenceSession(Path bundle, int threads) throws IOException {
        graph = new Graph(bundle.resolve(BundleFiles.SEQUENCE), threads);
    }

    public int vocabulary() {
        return graph.extent("logits", 2);
    }

    public int durations() {
        return graph.extent("duration_logits", 2);
    }

    public int velocities() {
        return graph.extent("velocity_logits", 2);
    }

    public int features() {
        return graph.extent("features", 2);
    }

    public int phases() {
        return graph.extent("phase", 2);
    }

    public LaneMemory newMemory(int lanes) {
        return LaneMemory.of(graph, lanes);
    }

    /** Runs the events and moves {@code memory} past them. */
    public Output run(Input in, LaneMemory memory) {
        long b = in.lanes();
        long t = in.steps();
        try (Graph.Run run = graph.run()) {
            run.with("token", in.token(), b, t)
                    .with("duration", in.duration(), b, t)
                    .with("velocity", in.velocity(), b, t)
                    .with("features", in.features(), b, t, features())
                    .with("phase", in.phase(), b, t, phases())
                    .with("next_token", in.nextToken(), b, t)
                    .with("next_duration", in.nextDuration(), b, t)
                    .with("keys", memory.keys, b, memory.slots, memory.keyWidth)
                    .with("values", memory.values, b, memory.slots, memory.valueSize)
                    .with("filled", memory.filled, b);
            for (int layer = 0; layer < memory.states.length; layer++) {
                run.with("h" + layer, memory.states[layer], b, memory.hidden);
            }
            Map<String, float[]> out = run.outputs();
            for (int layer = 0; layer < memory.states.length; layer++) {
                float[] state = get(out, "h" + layer + "_out");
                System.arraycopy(state, 0, memory.states[layer], 0, state.length);
            }
            shift(memory.keys, get(out, "key"), memory.slots, memory.keyWidth, in);
            shift(memory.values, get(out, "value"), memory.slots, memory.valueSize, in);
            for (int lane = 0; lane < in.lanes(); lane++) {
                memory.filled[lane] = Math.min(memory.slots, memory.filled[lane] + t);
            }
            return new Output(
                    get(out, "logits"), get(out, "duration_logits"), get(out, "velocity_logits"));
        } catch (OrtException e) {
            throw new IllegalStateException(BundleFiles.SEQUENCE + " failed: " + e.getMessage(), e);
        }
    }

    static float[] get(Map<String, float[]> outputs, String name) {
        float[] values = outputs.get(name);
        if (values == null) {
            throw new IllegalStateException("the graph has no output " + name);
        }
        return values;
    }

    /** Drops the oldest rows of every lane and appends the new ones, the newest last. */
    private static void shift(FloatBuffer ring, float[] rows, int slots, int width, Input in) {
        int fresh = Math.min(slots, in.steps());
        for (int lane = 0; lane < in.lanes(); lane++) {
            int start = lane * slots * width;
            int kept = (slots - fresh) * width;
            ring.put(start, ring, start + fresh * width, kept);
            int from = (lane * in.steps() + in.steps() - fresh) * width;
            ring.put(start + kept, rows, from, fresh * width);
        }
    }

    @Override
    public void close() {
        graph.close();
    }
}
