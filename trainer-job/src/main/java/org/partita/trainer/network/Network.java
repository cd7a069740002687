package org.partita.trainer.network;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * The network on libtorch. For one event, with names as in {@link Weights} and LN for layer norm
 * (epsilon {@link #NORM_EPSILON}):
 *
 * <pre>
 * x = LN_input(E_token[token] + E_duration[duration] + E_velocity[velocity] + W_f features + b_f)
 * x = x + GRU_l(x)                                     for every layer l
 * a = LN_attention(x)
 * q = [W_q a / sqrt(keySize), amplitude * phase]       per head; amplitude[f] scales the cosine
 * k = [W_k a, phase]   v = W_v a                       and the sine of frequency f alike
 * x = x + W_o [softmax(q k) v of every head] + b_o     over the last `window` events
 * o = LN_output(x)
 * token logits    = o E_token^T + b                    the illegal ones are masked by the caller
 * note            = W_n o + b_n
 * duration logits = W_d relu(note + P_d[pitch]) + b_d
 * velocity logits = W_v relu(W_vn note + P_v[pitch] + D_v[duration class]) + b_v
 * </pre>
 *
 * <p>A product of two phases is a cosine of their distance in musical time, so {@code amplitude} is
 * a learned bias by musical distance.
 */
public final class Network implements AutoCloseable {

    public static final double NORM_EPSILON = 1e-5;

    private final NetworkConfig config;
    private final Device device;
    private final Parameters parameters;

    /**
     * A network with these weights on the CPU or a CUDA device.
     *
     * @throws IllegalArgumentException if the weights are of another network
     */
    public Network(NetworkConfig config, Weights weights, Device device) {
        weights.requireShapes(initial(config, 0).shapes());
        this.config = config;
        this.device = device;
        this.parameters = new Parameters(weights, device);
    }

    /** CUDA if libtorch finds it, else the CPU. */
    public static Device bestDevice() {
        return new Device(torch.cuda_is_available() ? "cuda" : "cpu");
    }

    /** Random weights to start training from. */
    public static Weights initial(NetworkConfig config, long seed) {
        int hidden = config.hidden();
        SplittableRandom random = new SplittableRandom(seed);
        Initialiser weights = new Initialiser(random);
        weights.normal("embedding.token", 0.02, config.vocabulary(), hidden);
        weights.normal("embedding.duration", 0.02, config.durations() + 1, hidden);
        weights.normal("embedding.velocity", 0.02, config.velocities() + 1, hidden);
        weights.zeroRow("embedding.duration");
        weights.zeroRow("embedding.velocity");
        weights.normal("features.weight", 0.02, hidden, config.features());
        weights.constant("features.bias", 0, hidden);
        weights.norm("input_norm", hidden);
        double bound = 1 / Math.sqrt(hidden);
        for (int layer = 0; layer < config.layers(); layer++) {
            String gru = "gru." + layer;
            weights.uniform(gru + ".weight_ih", bound, 3 * hidden, hidden);
            weights.uniform(gru + ".weight_hh", bound, 3 * hidden, hidden);
            weights.uniform(gru + ".bias_ih", bound, 3 * hidden);
            weights.uniform(gru + ".bias_hh", bound, 3 * hidden);
        }
        weights.norm("attention_norm", hidden);
        weights.uniform("attention.query.weight", bound, config.heads() * config.keySize(), hidden);
        weights.uniform("attention.key.weight", bound, config.keySize(), hidden);
        weights.uniform("attention.value.weight", bound, config.valueSize(), hidden);
        weights.normal("attention.phase", 0.1, config.heads(), config.phaseSize() / 2);
        weights.uniform(
                "attention.output.weight", bound, hidden, config.heads() * config.valueSize());
        weights.constant("attention.output.bias", 0, hidden);
        weights.norm("output_norm", hidden);
        weights.constant("output.bias", 0, config.vocabulary());
        weights.uniform("note.weight", bound, config.noteSize(), hidden);
        weights.constant("note.bias", 0, config.noteSize());
        double note = 1 / Math.sqrt(config.noteSize());
        weights.normal("duration.pitch", 0.1, NetworkConfig.PITCHES, config.noteSize());
        weights.uniform("duration.weight", note, config.durations(), config.noteSize());
        weights.constant("duration.bias", 0, config.durations());
        double velocity = 1 / Math.sqrt(config.velocityHidden());
        weights.uniform("velocity.note.weight", note, config.velocityHidden(), config.noteSize());
        weights.normal("velocity.pitch", 0.1, NetworkConfig.PITCHES, config.velocityHidden());
        weights.normal("velocity.duration", 0.1, config.durations(), config.velocityHidden());
        weights.uniform("velocity.weight", velocity, config.velocities(), config.velocityHidden());
        weights.constant("velocity.bias", 0, config.velocities());
        return weights.weights;
    }

    public NetworkConfig config() {
        return config;
    }

    public Device device() {
        return device;
    }

    public Parameters parameters() {
        return parameters;
    }

    /** A copy of the current weights. */
    public Weights weights() {
        return parameters.toWeights(parameters.values());
    }

    /** An empty memory for so many lanes. */
    public LaneState newState(int lanes) {
        return new LaneState(config, lanes, device);
    }

    /**
     * Runs a segment and moves {@code state} past it.
     *
     * @return the output vectors {@code [T * B, H]}, to be read by {@link #tokenLogits} and {@link
     *     #note}
     */
    public Tensor forward(Segment segment, LaneState state, Dropout dropout) {
        return pass(segment, state, dropout).output();
    }

    /** As {@link #forward}, to learn from; gradients stop at the segment's start. */
    public Pass pass(Segment segment, LaneState state, Dropout dropout) {
        long steps = segment.steps();
        long lanes = segment.lanes();
        if (lanes != state.lanes()) {
            throw new IllegalArgumentException(
                    "the state has %d lanes, the segment %d".formatted(state.lanes(), lanes));
        }
        torch.manual_seed(dropout.seed());
        state.reset(segment.fresh());

        Tensor features = floats(segment.features(), steps * lanes, config.features());
        Tensor embedded =
                torch.embedding(parameters.get("embedding.token"), index(segment.token()))
                        .add(embedNote("embedding.duration", segment.duration()))
                        .add(embedNote("embedding.velocity", segment.velocity()))
                        .add(linear(features, "features"));
        embedded = norm(embedded, "input_norm").view(steps, lanes, config.hidden());
        embedded = drop(embedded, mask(dropout.input(), lanes));

        Tensor[] hidden = new Tensor[config.layers()];
        GruLayer.Trace[] traces = new GruLayer.Trace[config.layers()];
        @Nullable Tensor[] masks = new Tensor[config.layers()];
        Tensor x = embedded.detach();
        try (NoGradGuard _ = new NoGradGuard()) {
            for (int layer = 0; layer < traces.length; layer++) {
                masks[layer] = layer == 0 ? null : mask(dropout.layers(), lanes);
                GruLayer.Trace trace =
                        gru(layer).forward(drop(x, masks[layer]), state.hidden(layer));
                x = x.add(trace.output());
                hidden[layer] = trace.output().select(0, steps - 1);
                traces[layer] = trace;
            }
        }
        Tensor recurrent = x.requires_grad_(true);
        Tensor phase = floats(segment.phase(), steps, lanes, config.phaseSize());
        Tensor attended =
                recurrent.add(
                        attention(
                                norm(recurrent, "attention_norm"),
                                phase,
                                state,
                                hidden,
                                steps,
                                lanes));
        Tensor output =
                drop(norm(attended, "output_norm"), mask(dropout.output(), lanes))
                        .view(steps * lanes, config.hidden());
        return new Pass(embedded, traces, masks, recurrent, output);
    }

    /** A segment's way through the network, which gradients go back. */
    public final class Pass {

        private final Tensor embedded;
        private final GruLayer.Trace[] traces;
        private final @Nullable Tensor[] masks;
        private final Tensor recurrent;
        private final Tensor output;

        private Pass(
                Tensor embedded,
                GruLayer.Trace[] traces,
                @Nullable Tensor[] masks,
                Tensor recurrent,
                Tensor output) {
            this.embedded = embedded;
            this.traces = traces;
            this.masks = masks;
            this.recurrent = recurrent;
            this.output = output;
        }

        /** The output vectors {@code [T * B, H]}. */
        public Tensor output() {
            return output;
        }

        /** Finds the parameters' gradients of a scalar that was made from {@link #output()}. */
        public void backward(Tensor loss) {
            loss.backward();
            Tensor gradient;
            try (NoGradGuard _ = new NoGradGuard()) {
                gradient = recurrent.grad();
                for (int layer = traces.length - 1; layer >= 0; layer--) {
                    GruLayer.Gradients found = gru(layer).backward(traces[layer], gradient);
                    String name = "gru." + layer;
                    parameters.addGradient(name + ".weight_ih", found.weightIh());
                    parameters.addGradient(name + ".weight_hh", found.weightHh());
                    parameters.addGradient(name + ".bias_ih", found.biasIh());
                    parameters.addGradient(name + ".bias_hh", found.biasHh());
                    gradient = gradient.add(drop(found.input(), masks[layer]));
                }
            }
            embedded.mul(gradient).sum().backward();
        }
    }

    /** Unmasked logits {@code [N, V]} of the next token. */
    public Tensor tokenLogits(Tensor output) {
        return torch.linear(
                output, parameters.get("embedding.token"), parameters.get("output.bias"));
    }

    /** What the heads of a note start from, {@code [N, U]}. */
    public Tensor note(Tensor output) {
        return linear(output, "note");
    }

    /** Logits {@code [N, D]} of the duration class of a note of this pitch {@code int64[N]}. */
    public Tensor durationLogits(Tensor note, Tensor pitch) {
        Tensor inner = note.add(torch.embedding(parameters.get("duration.pitch"), pitch)).relu();
        return linear(inner, "duration");
    }

    /** Logits {@code [N, S]} of the velocity class, given pitch and duration class. */
    public Tensor velocityLogits(Tensor note, Tensor pitch, Tensor duration) {
        Tensor inner =
                torch.linear(note, parameters.get("velocity.note.weight"))
                        .add(torch.embedding(parameters.get("velocity.pitch"), pitch))
                        .add(torch.embedding(parameters.get("velocity.duration"), duration))
                        .relu();
        return linear(inner, "velocity");
    }

    @Override
    public void close() {
        parameters.close();
    }

    private Tensor attention(
            Tensor x, Tensor phase, LaneState state, Tensor[] hidden, long steps, long lanes) {
        long heads = config.heads();
        long slots = config.ringSlots();
        Tensor content =
                torch.linear(x, parameters.get("attention.query.weight"))
                        .mul(new Scalar(1 / Math.sqrt(config.keySize())))
                        .view(steps, lanes, heads, config.keySize());
        Tensor amplitude = parameters.get("attention.phase");
        Tensor bias = phase.unsqueeze(2).mul(torch.cat(new TensorVector(amplitude, amplitude), 1));
        Tensor query =
                torch.cat(new TensorVector(content, bias), 3)
                        .permute(1, 2, 0, 3)
                        .reshape(lanes, heads * steps, config.keyWidth());
        Tensor key =
                torch.cat(
                                new TensorVector(
                                        torch.linear(x, parameters.get("attention.key.weight")),
                                        phase),
                                2)
                        .transpose(0, 1);
        Tensor value = torch.linear(x, parameters.get("attention.value.weight")).transpose(0, 1);
        Tensor keys = torch.cat(new TensorVector(state.keys(), key), 1);
        Tensor values = torch.cat(new TensorVector(state.values(), value), 1);
        Tensor blocked = blocked(state, (int) steps, (int) lanes);

        Tensor scores =
                torch.bmm(query, keys.transpose(1, 2)).view(lanes, heads, steps, slots + steps);
        Tensor weights =
                scores.masked_fill_(blocked, new Scalar(Float.NEGATIVE_INFINITY))
                        .softmax(-1)
                        .view(lanes, heads * steps, slots + steps);
        Tensor mixed =
                torch.bmm(weights, values)
                        .view(lanes, heads, steps, config.valueSize())
                        .permute(2, 0, 1, 3)
                        .reshape(steps, lanes, heads * config.valueSize());
        state.advance(hidden, keys, values, (int) steps);
        return linear(mixed, "attention.output");
    }

    /**
     * True {@code [B, 1, T, C + T]} where step t may not look: outside the window, in the future,
     * or at a slot the lane has not filled.
     */
    private Tensor blocked(LaneState state, int steps, int lanes) {
        int slots = config.ringSlots();
        int columns = slots + steps;
        boolean[] band = new boolean[steps * columns];
        for (int t = 0; t < steps; t++) {
            for (int j = 0; j < columns; j++) {
                band[t * columns + j] = j < t || j > t + slots;
            }
        }
        boolean[] empty = new boolean[lanes * columns];
        for (int lane = 0; lane < lanes; lane++) {
            for (int j = 0; j < slots - state.filled(lane); j++) {
                empty[lane * columns + j] = true;
            }
        }
        return Tensor.create(band, 1, 1, steps, columns)
                .logical_or(Tensor.create(empty, lanes, 1, 1, columns))
                .to(device, torch.ScalarType.Bool);
    }

    private GruLayer gru(int layer) {
        String name = "gru." + layer;
        return new GruLayer(
                parameters.get(name + ".weight_ih"),
                parameters.get(name + ".weight_hh"),
                parameters.get(name + ".bias_ih"),
                parameters.get(name + ".bias_hh"));
    }

    /** Row 0 stands for "not a note" and gets no gradient, so it stays zero. */
    private Tensor embedNote(String name, long[] classes) {
        return torch.embedding(parameters.get(name), index(classes), 0, false, false);
    }

    private Tensor index(long[] values) {
        return Tensor.create(values).to(device, torch.ScalarType.Long);
    }

    private Tensor linear(Tensor x, String name) {
        return torch.linear(x, parameters.get(name + ".weight"), parameters.get(name + ".bias"));
    }

    private Tensor norm(Tensor x, String name) {
        return torch.layer_norm(
                x,
                new long[] {config.hidden()},
                new TensorOptional(parameters.get(name + ".weight")),
                new TensorOptional(parameters.get(name + ".bias")),
                NORM_EPSILON,
                false);
    }

    /** A dropout mask {@code [1, B, H]}, or null where nothing is dropped. */
    private @Nullable Tensor mask(double probability, long lanes) {
        if (probability == 0) {
            return null;
        }
        try (NoGradGuard _ = new NoGradGuard()) {
            return torch.ones(new long[] {1, lanes, config.hidden()})
                    .bernoulli_(1 - probability, new GeneratorOptional())
                    .div_(new Scalar(1 - probability))
                    .to(device, torch.ScalarType.Float);
        }
    }

    private static Tensor drop(Tensor x, @Nullable Tensor mask) {
        return mask == null ? x : x.mul(mask);
    }

    private Tensor floats(float[] values, long... shape) {
        return Tensor.create(values, shape).to(device, torch.ScalarType.Float);
    }

    /** Fills named arrays with the usual random starts. */
    private static final class Initialiser {
        private final Weights weights = new Weights();
        private final RandomGenerator random;

        Initialiser(RandomGenerator random) {
            this.random = random;
        }

        void normal(String name, double deviation, int... shape) {
            float[] values = new float[product(shape)];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (random.nextGaussian() * deviation);
            }
            weights.put(name, shape, values);
        }

        void uniform(String name, double bound, int... shape) {
            float[] values = new float[product(shape)];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextDouble(-bound, bound);
            }
            weights.put(name, shape, values);
        }

        void constant(String name, float value, int... shape) {
            float[] values = new float[product(shape)];
            Arrays.fill(values, value);
            weights.put(name, shape, values);
        }

        void norm(String name, int size) {
            constant(name + ".weight", 1, size);
            constant(name + ".bias", 0, size);
        }

        void zeroRow(String name) {
            Weights.Array array = weights.get(name);
            Arrays.fill(array.values(), 0, array.shape()[1], 0);
        }

        private static int product(int[] shape) {
            int size = 1;
            for (int extent : shape) {
                size *= extent;
            }
            return size;
        }
    }
}
