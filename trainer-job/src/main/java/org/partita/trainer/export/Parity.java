package org.partita.trainer.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.partita.trainer.bundle.LaneMemory;
import org.partita.trainer.bundle.SequenceSession;
import org.partita.trainer.bundle.StepSession;
import org.partita.trainer.network.Dropout;
import org.partita.trainer.network.LaneState;
import org.partita.trainer.network.Network;
import org.partita.trainer.network.NetworkConfig;
import org.partita.trainer.network.Segment;
import org.partita.trainer.network.Weights;

/**
 * How far the exported graphs are from the network they were made of: the largest difference of any
 * token, duration or velocity logit, absolute for logits up to 1 and relative beyond, as single
 * precision rounds a larger number more coarsely.
 *
 * @param lanes pieces run side by side
 * @param steps events of each; more than the attention's window, so that the ring wraps
 * @param largestLogit largest absolute logit of libtorch
 * @param torchToSequence libtorch against {@code sequence.onnx}, run in chunks
 * @param torchToStep libtorch against {@code step.onnx} and the two heads
 * @param stepToSequence the ONNX graphs against each other
 */
record Parity(
        int lanes,
        int steps,
        double largestLogit,
        double torchToSequence,
        double torchToStep,
        double stepToSequence) {

    /** What counts as the same. */
    static final double LIMIT = 1e-4;

    boolean holds() {
        return torchToSequence <= LIMIT && torchToStep <= LIMIT && stepToSequence <= LIMIT;
    }

    /** Events to compare on: the attention's window and a quarter more. */
    static int steps(NetworkConfig config) {
        return config.window() + config.window() / 4 + 3;
    }

    /** Runs {@link #steps} events of each lane through all three. */
    static Parity measure(
            NetworkConfig config, Weights weights, Path bundle, SequenceSession.Input events)
            throws IOException {
        float[][] torch = torch(config, weights, events);
        float[][] sequence = sequence(bundle, events);
        float[][] step = step(bundle, events);
        return new Parity(
                events.lanes(),
                events.steps(),
                largest(torch),
                distance(torch, sequence),
                distance(torch, step),
                distance(step, sequence));
    }

    /** Token, duration and velocity logits, lane-major {@code [B, T, ·]}. */
    private static float[][] torch(
            NetworkConfig config, Weights weights, SequenceSession.Input in) {
        int lanes = in.lanes();
        int steps = in.steps();
        boolean[] fresh = new boolean[lanes];
        Arrays.fill(fresh, true);
        Segment segment =
                new Segment(
                        lanes,
                        steps,
                        timeMajor(in.token(), lanes, steps),
                        timeMajor(in.duration(), lanes, steps),
                        timeMajor(in.velocity(), lanes, steps),
                        transposed(in.features(), lanes, steps),
                        transposed(in.phase(), lanes, steps),
                        fresh);
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard();
                Network network = new Network(config, weights, new Device("cpu"));
                LaneState state = network.newState(lanes)) {
            Tensor out = network.forward(segment, state, Dropout.NONE);
            Tensor note = network.note(out);
            Tensor pitch = Tensor.create(timeMajor(in.nextToken(), lanes, steps));
            Tensor length = Tensor.create(timeMajor(in.nextDuration(), lanes, steps));
            return new float[][] {
                transposed(floats(network.tokenLogits(out)), steps, lanes),
                transposed(floats(network.durationLogits(note, pitch)), steps, lanes),
                transposed(floats(network.velocityLogits(note, pitch, length)), steps, lanes)
            };
        }
    }

    /** In chunks that do not divide the window, so that the memory is carried at odd places. */
    private static float[][] sequence(Path bundle, SequenceSession.Input in) throws IOException {
        int lanes = in.lanes();
        try (SequenceSession session = new SequenceSession(bundle, 1)) {
            LaneMemory memory = session.newMemory(lanes);
            int features = session.features();
            int phases = session.phases();
            float[][] all = {
                new float[lanes * in.steps() * session.vocabulary()],
                new float[lanes * in.steps() * session.durations()],
                new float[lanes * in.steps() * session.velocities()]
            };
            int length;
            for (int from = 0; from < in.steps(); from += length) {
                length = Math.min(in.steps() / 3 + 1, in.steps() - from);
                SequenceSession.Input chunk =
                        SequenceSession.Input.blank(lanes, length, features, phases);
                for (int lane = 0; lane < lanes; lane++) {
                    int source = lane * in.steps() + from;
                    int target = lane * length;
                    copy(in.token(), source, chunk.token(), target, length);
                    copy(in.duration(), source, chunk.duration(), target, length);
                    copy(in.velocity(), source, chunk.velocity(), target, length);
                    copy(in.nextToken(), source, chunk.nextToken(), target, length);
                    copy(in.nextDuration(), source, chunk.nextDuration(), target, length);
                    copy(in.features(), source, chunk.features(), target, length, features);
                    copy(in.phase(), source, chunk.phase(), target, length, phases);
                }
                SequenceSession.Output out = session.run(chunk, memory);
                float[][] parts = {out.token(), out.duration(), out.velocity()};
                for (int kind = 0; kind < parts.length; kind++) {
                    int width = parts[kind].length / (lanes * length);
                    for (int lane = 0; lane < lanes; lane++) {
                        int target = lane * in.steps() + from;
                        copy(parts[kind], lane * length, all[kind], target, length, width);
                    }
                }
            }
            return all;
        }
    }

    private static float[][] step(Path bundle, SequenceSession.Input in) throws IOException {
        try (StepSession session = new StepSession(bundle, 1)) {
            SequenceSession.Output out = session.run(in, session.newMemory(in.lanes()));
            return new float[][] {out.token(), out.duration(), out.velocity()};
        }
    }

    private static double largest(float[][] logits) {
        double largest = 0;
        for (float[] kind : logits) {
            for (float logit : kind) {
                largest = Math.max(largest, Math.abs(logit));
            }
        }
        return largest;
    }

    private static double distance(float[][] a, float[][] b) {
        double largest = 0;
        for (int kind = 0; kind < a.length; kind++) {
            for (int i = 0; i < a[kind].length; i++) {
                double size = Math.max(1, Math.abs(a[kind][i]));
                double difference = Math.abs(a[kind][i] - b[kind][i]) / size;
                // A NaN must not pass as small.
                largest = difference <= largest ? largest : difference;
            }
        }
        return largest;
    }

    private static float[] floats(Tensor tensor) {
        float[] copy = new float[Math.toIntExact(tensor.numel())];
        new FloatPointer(tensor.contiguous().data_ptr()).get(copy);
        return copy;
    }

    private static void copy(long[] from, int source, long[] to, int target, int length) {
        System.arraycopy(from, source, to, target, length);
    }

    private static void copy(
            float[] from, int source, float[] to, int target, int rows, int width) {
        System.arraycopy(from, source * width, to, target * width, rows * width);
    }

    private static long[] timeMajor(long[] laneMajor, int lanes, int steps) {
        long[] result = new long[laneMajor.length];
        for (int lane = 0; lane < lanes; lane++) {
            for (int t = 0; t < steps; t++) {
                result[t * lanes + lane] = laneMajor[lane * steps + t];
            }
        }
        return result;
    }

    /** {@code [outer, inner, ·]} to {@code [inner, outer, ·]}. */
    private static float[] transposed(float[] rows, int outer, int inner) {
        int width = rows.length / (outer * inner);
        float[] result = new float[rows.length];
        for (int i = 0; i < outer; i++) {
            for (int j = 0; j < inner; j++) {
                copy(rows, i * inner + j, result, j * outer + i, 1, width);
            }
        }
        return result;
    }
}
