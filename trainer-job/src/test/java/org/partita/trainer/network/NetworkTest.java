package org.partita.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NetworkTest {

    private static final NetworkConfig CONFIG =
            new NetworkConfig(160, 5, 4, 12, 16, 2, 2, 8, 6, 8, 16, 12, 7);
    private static final int STEPS = 40;
    private static final int LANES = 2;

    private final Network network =
            new Network(CONFIG, Network.initial(CONFIG, 1), new Device("cpu"));

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void weightsOfAnotherNetworkAreRefused() {
        // Given: as many layers as there are, and one more; one fewer
        Weights more = Network.initial(CONFIG, 1);
        more.put("gru.9.bias_ih", new int[] {1}, new float[1]);
        Weights fewer = new Weights();
        Weights whole = Network.initial(CONFIG, 1);
        for (String name : whole.names()) {
            if (!name.equals("gru.0.bias_ih")) {
                fewer.put(name, whole.get(name).shape(), whole.get(name).values());
            }
        }

        assertThatThrownBy(() -> new Network(CONFIG, more, new Device("cpu")))
                .hasMessage("the weights are of another network: this one has no gru.9.bias_ih");
        assertThatThrownBy(() -> new Network(CONFIG, fewer, new Device("cpu")))
                .hasMessage("no weights named gru.0.bias_ih");
        assertThatThrownBy(() -> network.parameters().copy(more, network.parameters().values()))
                .hasMessage("the weights are of another network: this one has no gru.9.bias_ih");
    }

    @Test
    void laterEventsDoNotChangeEarlierLogits() {
        // Given
        Segment original = events(3);
        int changed = 21;

        // When
        Segment other = events(3);
        for (int entry = changed * LANES; entry < STEPS * LANES; entry++) {
            other.token()[entry] = (other.token()[entry] + 1) % CONFIG.vocabulary();
            other.duration()[entry] = 0;
            other.velocity()[entry] = 0;
            other.features()[entry * CONFIG.features()] += 1;
            other.phase()[entry * CONFIG.phaseSize()] += 1;
        }

        // Then
        for (int length : new int[] {STEPS, 16, 7}) {
            float[][] before = logits(original, length);
            float[][] after = logits(other, length);
            assertThat(distance(before, after, 0, changed)).isZero();
            for (int step = changed; step < STEPS; step++) {
                assertThat(distance(before, after, step, step + 1)).isGreaterThan(1e-4);
            }
        }
    }

    @Test
    void cuttingIntoSegmentsChangesNothing() {
        Segment events = events(4);

        float[][] whole = logits(events, STEPS);

        assertThat(distance(whole, logits(events, 16), 0, STEPS)).isLessThan(1e-5);
        assertThat(distance(whole, logits(events, 1), 0, STEPS)).isLessThan(1e-5);
    }

    @Test
    void attentionSeesAWholeWindowAndNoMore() {
        // Given: a network whose recurrent layers pass nothing on
        Weights weights = Network.initial(CONFIG, 1);
        for (int layer = 0; layer < CONFIG.layers(); layer++) {
            Arrays.fill(weights.get("gru." + layer + ".weight_ih").values(), 0);
            Arrays.fill(weights.get("gru." + layer + ".weight_hh").values(), 0);
        }
        Segment original = events(5);
        Segment other = events(5);

        // When: the first event differs
        other.token()[0] = (other.token()[0] + 1) % CONFIG.vocabulary();

        // Then: the last event that feels it is the window's last
        try (Network deaf = new Network(CONFIG, weights, new Device("cpu"))) {
            float[][] before = logits(deaf, original, 11);
            float[][] after = logits(deaf, other, 11);
            int window = CONFIG.window();
            assertThat(distance(before, after, window - 1, window)).isGreaterThan(1e-6);
            assertThat(distance(before, after, window, STEPS)).isZero();
        }
    }

    @Test
    void lanesDoNotHearEachOther() {
        // Given
        Segment original = events(6);
        Segment other = events(6);

        // When: lane 1 plays something else
        for (int step = 0; step < STEPS; step++) {
            int entry = step * LANES + 1;
            other.token()[entry] = (other.token()[entry] + 5) % CONFIG.vocabulary();
        }

        // Then
        float[][] before = logits(original, 16);
        float[][] after = logits(other, 16);
        int vocabulary = CONFIG.vocabulary();
        for (int step = 0; step < STEPS; step++) {
            assertThat(Arrays.copyOf(after[step], vocabulary))
                    .containsExactly(Arrays.copyOf(before[step], vocabulary));
        }
    }

    @Test
    void freshLaneForgetsThePieceBefore() {
        // Given
        Segment events = events(7);

        // When: the same piece begins again where the other one was left
        float[][] first;
        float[][] again;
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard();
                LaneState state = network.newState(LANES)) {
            first = rows(network.tokenLogits(network.forward(events, state, Dropout.NONE)));
            again = rows(network.tokenLogits(network.forward(events, state, Dropout.NONE)));
        }

        // Then
        assertThat(distance(first, again, 0, STEPS)).isZero();
    }

    @Test
    void gradientIsTheSlopeOfTheLoss() {
        // Given: the loss of a segment that goes on from another one
        Segment before = events(8);
        Segment segment = events(9, false);
        Dropout dropout = new Dropout(0.2, 0.2, 0.2, 17);
        Weights gradient;
        try (PointerScope _ = new PointerScope();
                LaneState state = network.newState(LANES)) {
            network.forward(before, state, Dropout.NONE);
            Network.Pass pass = network.pass(segment, state, dropout);
            pass.backward(loss(pass.output()));
            Parameters parameters = network.parameters();
            gradient = parameters.toWeights(parameters.takeGradient());
        }

        for (String name : gradient.names()) {
            // When: one array moves along its gradient
            float[] slope = gradient.get(name).values();
            double length = 0;
            for (float value : slope) {
                length += (double) value * value;
            }
            length = Math.sqrt(length);
            if (length < 1e-3) {
                continue;
            }
            double distance = 0.02;
            double rise =
                    lossAt(name, slope, distance / length, before, segment, dropout)
                            - lossAt(name, slope, -distance / length, before, segment, dropout);

            // Then: the loss rises by the gradient's length times the way
            assertThat(rise / (2 * distance)).as(name).isCloseTo(length, byShare(length));
        }
    }

    @Test
    void stateOfAnotherNumberOfLanesIsRefused() {
        try (LaneState state = network.newState(LANES + 1)) {
            assertThatThrownBy(() -> network.forward(events(1), state, Dropout.NONE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the state has 3 lanes, the segment 2");
        }
    }

    private static Offset<Double> byShare(double length) {
        return Offset.offset(0.05 * length + 2e-3);
    }

    private static double lossAt(
            String name,
            float[] direction,
            double way,
            Segment before,
            Segment segment,
            Dropout dropout) {
        Weights weights = Network.initial(CONFIG, 1);
        float[] values = weights.get(name).values();
        for (int i = 0; i < values.length; i++) {
            values[i] += (float) (way * direction[i]);
        }
        // The state that the segment goes on from is a constant: it comes from unmoved weights.
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard();
                Network unmoved =
                        new Network(CONFIG, Network.initial(CONFIG, 1), new Device("cpu"));
                Network moved = new Network(CONFIG, weights, new Device("cpu"));
                LaneState state = unmoved.newState(LANES)) {
            unmoved.forward(before, state, Dropout.NONE);
            return loss(moved.forward(segment, state, dropout)).item_double();
        }
    }

    /** Any scalar that depends on all outputs, and unevenly. */
    private static Tensor loss(Tensor output) {
        return output.mul(output).mul(output).sum().mul(new Scalar(0.02));
    }

    private float[][] logits(Segment events, int length) {
        return logits(network, events, length);
    }

    /** Token logits {@code [T][B * V]} of the events read in segments of this length. */
    private static float[][] logits(Network network, Segment events, int length) {
        float[][] all = new float[STEPS][];
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard();
                LaneState state = network.newState(LANES)) {
            for (int from = 0; from < STEPS; from += length) {
                int until = Math.min(STEPS, from + length);
                Segment part = part(events, from, until);
                Tensor output = network.forward(part, state, Dropout.NONE);
                float[][] rows = rows(network.tokenLogits(output));
                System.arraycopy(rows, 0, all, from, until - from);
            }
        }
        return all;
    }

    private static float[][] rows(Tensor logits) {
        int width = LANES * CONFIG.vocabulary();
        float[] flat = new float[(int) logits.numel()];
        new FloatPointer(logits.contiguous().data_ptr()).get(flat);
        float[][] rows = new float[flat.length / width][];
        for (int step = 0; step < rows.length; step++) {
            rows[step] = Arrays.copyOfRange(flat, step * width, (step + 1) * width);
        }
        return rows;
    }

    private static double distance(float[][] a, float[][] b, int from, int until) {
        double largest = 0;
        for (int step = from; step < until; step++) {
            for (int i = 0; i < a[step].length; i++) {
                largest = Math.max(largest, Math.abs(a[step][i] - b[step][i]));
            }
        }
        return largest;
    }

    private static Segment part(Segment whole, int from, int until) {
        int features = LANES * CONFIG.features();
        int phase = LANES * CONFIG.phaseSize();
        return new Segment(
                LANES,
                until - from,
                Arrays.copyOfRange(whole.token(), from * LANES, until * LANES),
                Arrays.copyOfRange(whole.duration(), from * LANES, until * LANES),
                Arrays.copyOfRange(whole.velocity(), from * LANES, until * LANES),
                Arrays.copyOfRange(whole.features(), from * features, until * features),
                Arrays.copyOfRange(whole.phase(), from * phase, until * phase),
                from == 0 ? whole.fresh() : new boolean[LANES]);
    }

    private static Segment events(long seed) {
        return events(seed, true);
    }

    private static Segment events(long seed, boolean fresh) {
        Random random = new Random(seed);
        int entries = STEPS * LANES;
        long[] token = new long[entries];
        long[] duration = new long[entries];
        long[] velocity = new long[entries];
        for (int i = 0; i < entries; i++) {
            token[i] = random.nextInt(CONFIG.vocabulary());
            if (token[i] < NetworkConfig.PITCHES) {
                duration[i] = 1L + random.nextInt(CONFIG.durations());
                velocity[i] = 1L + random.nextInt(CONFIG.velocities());
            }
        }
        float[] features = new float[entries * CONFIG.features()];
        for (int i = 0; i < features.length; i++) {
            features[i] = random.nextInt(4) == 0 ? 1 : 0;
        }
        float[] phase = new float[entries * CONFIG.phaseSize()];
        for (int i = 0; i < phase.length; i++) {
            phase[i] = random.nextFloat(-1, 1);
        }
        boolean[] begins = new boolean[LANES];
        Arrays.fill(begins, fresh);
        return new Segment(LANES, STEPS, token, duration, velocity, features, phase, begins);
    }
}
