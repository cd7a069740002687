package org.partita.trainer.export;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.partita.music.model.BundleFiles;
import org.partita.trainer.export.GraphBuilder.Element;
import org.partita.trainer.export.GraphBuilder.Value;
import org.partita.trainer.network.Network;
import org.partita.trainer.network.NetworkConfig;
import org.partita.trainer.network.Weights;

/**
 * The ONNX graphs of a network, over one weights file. B = lanes, T = events, C = ring slots, A =
 * heads, KW = key width, VD = value size, other letters as in {@link NetworkConfig}. {@code
 * duration} and {@code velocity} of an input event are class + 1 for a pitch and 0 for any other
 * token.
 *
 * <dl>
 *   <dt>{@code step.onnx}
 *   <dd>one event for B lanes. {@code token, duration, velocity int64[B]}, {@code features [B, F]},
 *       {@code phase [B, P]}, {@code h0.. [B, H]}, {@code keys [B, C, KW]}, {@code values [B, C,
 *       VD]}, {@code filled int64[B]}: the first {@code filled} slots count, in any order → {@code
 *       logits [B, V]}, {@code note [B, U]}, {@code h0_out..}, {@code key [B, KW]}, {@code value
 *       [B, VD]}, which the caller writes into slot n mod C
 *   <dt>{@code recurrence.onnx}, {@code output.onnx}
 *   <dd>the same step without its attention, for a caller that has a faster one: what comes before
 *       it → {@code h0_out.., x [B, H], query [B, A, KW], key, value}; what comes after it, from
 *       {@code x} and {@code mixed [B, A * VD]}, for each head the mean of the values weighted by
 *       the softmax of {@code query · key} → {@code logits, note}
 *   <dt>{@code duration.onnx}, {@code velocity.onnx}
 *   <dd>{@code note, token} (and {@code duration}: its class) → {@code logits} of the next head
 *   <dt>{@code sequence.onnx}
 *   <dd>T events at once: inputs {@code [B, T]}, states as above except that the ring is in order
 *       of time, the newest event in the last slot, so that the <em>last</em> {@code filled} slots
 *       count. {@code next_token, next_duration int64[B, T]} are what follows each event (0 where
 *       that is no pitch) → {@code logits [B, T, V]}, {@code duration_logits [B, T, D]}, {@code
 *       velocity_logits [B, T, S]}, {@code h0_out.. [B, H]}, {@code key [B, T, KW]}, {@code value
 *       [B, T, VD]}
 * </dl>
 *
 * <p>In the step the GRU is written out in products, sigmoids and tanh: as fast as ONNX's own on a
 * CPU, and on CUDA it does not need cuDNN. Embedding rows and all products of one lane are
 * independent of its neighbours, so fp32 results do not depend on the batch.
 */
final class NetworkGraphs {

    /** Low enough that its exponential is zero; minus infinity would make an empty row NaN. */
    private static final float BLOCKED = -1e30f;

    private static final String PRODUCER = "partita trainer";

    private final NetworkConfig config;
    private final SharedWeights weights;
    private final Map<String, String> metadata;

    /**
     * @param metadata provenance, written into every graph
     */
    NetworkGraphs(NetworkConfig config, Weights trained, Map<String, String> metadata) {
        this.config = config;
        this.weights = arrange(config, trained);
        // In their order, so that the same weights make the same bytes.
        this.metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /**
     * Writes the loop graph beside the others; only for a network of the product's own events.
     *
     * @see LoopGraph
     */
    void writeLoop(Path directory) throws IOException {
        GraphBuilder g = new GraphBuilder("loop", weights);
        new LoopGraph(config, this).build(g);
        Files.write(directory.resolve(BundleFiles.LOOP), build(g).toByteArray());
    }

    /** Writes the weights file and all graphs but the loop. */
    void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        weights.write(directory);
        Files.write(directory.resolve(BundleFiles.STEP), step().toByteArray());
        Files.write(directory.resolve(BundleFiles.RECURRENCE), recurrence().toByteArray());
        Files.write(directory.resolve(BundleFiles.OUTPUT), output().toByteArray());
        Files.write(directory.resolve(BundleFiles.DURATION), duration().toByteArray());
        Files.write(directory.resolve(BundleFiles.VELOCITY), velocity().toByteArray());
        Files.write(directory.resolve(BundleFiles.SEQUENCE), sequence().toByteArray());
    }

    /** The trained arrays in the layouts that the graphs multiply by. */
    private static SharedWeights arrange(NetworkConfig config, Weights trained) {
        SharedWeights shared = new SharedWeights(BundleFiles.WEIGHTS);
        for (String name : trained.names()) {
            if (!name.startsWith("gru.") && !name.startsWith("attention.")) {
                shared.put(name, trained.get(name));
            }
        }
        for (int layer = 0; layer < config.layers(); layer++) {
            arrangeGru(shared, trained, layer, config.hidden());
        }
        float scale = (float) (1 / Math.sqrt(config.keySize()));
        shared.put("attention.query.weight", scaled(trained.get("attention.query.weight"), scale));
        shared.put("attention.key.weight", trained.get("attention.key.weight"));
        shared.put("attention.value.weight", trained.get("attention.value.weight"));
        shared.put("attention.phase", doubled(trained.get("attention.phase")));
        shared.put("attention.output.weight", trained.get("attention.output.weight"));
        shared.put("attention.output.bias", trained.get("attention.output.bias"));
        return shared;
    }

    /**
     * libtorch's gates r, z, n as one matrix {@code gates [2H, 2H]} on [x, h] for r and z, and two
     * {@code [H, H]} for n, whose hidden part is multiplied by r after its bias.
     */
    private static void arrangeGru(SharedWeights shared, Weights trained, int layer, int hidden) {
        String gru = "gru." + layer;
        float[] input = trained.get(gru + ".weight_ih").values();
        float[] recurrent = trained.get(gru + ".weight_hh").values();
        float[] inputBias = trained.get(gru + ".bias_ih").values();
        float[] recurrentBias = trained.get(gru + ".bias_hh").values();

        float[] gates = new float[4 * hidden * hidden];
        float[] gatesBias = new float[2 * hidden];
        for (int row = 0; row < 2 * hidden; row++) {
            System.arraycopy(input, row * hidden, gates, 2 * row * hidden, hidden);
            System.arraycopy(recurrent, row * hidden, gates, (2 * row + 1) * hidden, hidden);
            gatesBias[row] = inputBias[row] + recurrentBias[row];
        }
        shared.put(gru + ".gates.weight", array(gates, 2 * hidden, 2 * hidden));
        shared.put(gru + ".gates.bias", array(gatesBias, 2 * hidden));
        int from = 2 * hidden * hidden;
        shared.put(gru + ".new.input.weight", part(input, from, hidden, hidden));
        shared.put(gru + ".new.input.bias", part(inputBias, 2 * hidden, hidden));
        shared.put(gru + ".new.hidden.weight", part(recurrent, from, hidden, hidden));
        shared.put(gru + ".new.hidden.bias", part(recurrentBias, 2 * hidden, hidden));
    }

    private ModelProto step() {
        GraphBuilder g = new GraphBuilder("step", weights);
        Heard heard = hearStep(g);
        Ring ring = ring(g);
        Value mixed = attendStep(g, heard, ring);
        speak(g, heard.x, mixed);
        return build(g);
    }

    private ModelProto recurrence() {
        GraphBuilder g = new GraphBuilder("recurrence", weights);
        Heard heard = hearStep(g);
        g.output("x", heard.x, Element.FLOAT, "B", config.hidden());
        g.output("query", heard.query, Element.FLOAT, "B", config.heads(), config.keyWidth());
        return build(g);
    }

    private ModelProto output() {
        GraphBuilder g = new GraphBuilder("output", weights);
        Value x = g.input("x", Element.FLOAT, "B", config.hidden());
        int width = config.heads() * config.valueSize();
        Value mixed = g.input("mixed", Element.FLOAT, "B", width);
        speak(g, x, mixed);
        return build(g);
    }

    /** A step's inputs but the ring, and its outputs before the attention. */
    private Heard hearStep(GraphBuilder g) {
        Value token = g.input("token", Element.INT64, "B");
        Value duration = g.input("duration", Element.INT64, "B");
        Value velocity = g.input("velocity", Element.INT64, "B");
        Value features = g.input("features", Element.FLOAT, "B", config.features());
        Value phase = g.input("phase", Element.FLOAT, "B", config.phaseSize());
        List<Value> states = new ArrayList<>();
        for (int layer = 0; layer < config.layers(); layer++) {
            states.add(g.input("h" + layer, Element.FLOAT, "B", config.hidden()));
        }
        Value x = embed(g, token, duration, velocity, features);
        Recurred recurred = recurStep(g, x, states);
        for (int layer = 0; layer < config.layers(); layer++) {
            Value state = recurred.states.get(layer);
            g.output("h" + layer + "_out", state, Element.FLOAT, "B", config.hidden());
        }
        Heard heard = hear(g, recurred, phase);
        g.output("key", heard.key, Element.FLOAT, "B", config.keyWidth());
        g.output("value", heard.value, Element.FLOAT, "B", config.valueSize());
        return heard;
    }

    private void speak(GraphBuilder g, Value x, Value mixed) {
        Value out = outputNorm(g, x, project(g, mixed));
        g.output("logits", tokenLogits(g, out), Element.FLOAT, "B", config.vocabulary());
        g.output("note", note(g, out), Element.FLOAT, "B", config.noteSize());
    }

    private ModelProto duration() {
        GraphBuilder g = new GraphBuilder("duration", weights);
        Value note = g.input("note", Element.FLOAT, "B", config.noteSize());
        Value token = g.input("token", Element.INT64, "B");
        g.output("logits", durationLogits(g, note, token), Element.FLOAT, "B", config.durations());
        return build(g);
    }

    private ModelProto velocity() {
        GraphBuilder g = new GraphBuilder("velocity", weights);
        Value note = g.input("note", Element.FLOAT, "B", config.noteSize());
        Value token = g.input("token", Element.INT64, "B");
        Value duration = g.input("duration", Element.INT64, "B");
        Value logits = velocityLogits(g, note, token, duration);
        g.output("logits", logits, Element.FLOAT, "B", config.velocities());
        return build(g);
    }

    private ModelProto sequence() {
        GraphBuilder g = new GraphBuilder("sequence", weights);
        Value token = g.input("token", Element.INT64, "B", "T");
        Value duration = g.input("duration", Element.INT64, "B", "T");
        Value velocity = g.input("velocity", Element.INT64, "B", "T");
        Value features = g.input("features", Element.FLOAT, "B", "T", config.features());
        Value phase = g.input("phase", Element.FLOAT, "B", "T", config.phaseSize());
        Value nextToken = g.input("next_token", Element.INT64, "B", "T");
        Value nextDuration = g.input("next_duration", Element.INT64, "B", "T");
        List<Value> states = new ArrayList<>();
        for (int layer = 0; layer < config.layers(); layer++) {
            states.add(g.input("h" + layer, Element.FLOAT, "B", config.hidden()));
        }
        Ring ring = ring(g);
        Value lanes = g.extent(token, 0);
        Value steps = g.extent(token, 1);

        Value x =
                embed(
                        g,
                        flat(g, token),
                        flat(g, duration),
                        flat(g, velocity),
                        g.reshape(features, -1, config.features()));
        x = g.transpose(unflat(g, x, lanes, steps, config.hidden()), 1, 0, 2);
        for (int layer = 0; layer < config.layers(); layer++) {
            List<Value> out = gruSequence(g, x, states.get(layer), layer);
            g.output(
                    "h" + layer + "_out",
                    g.squeeze(out.get(1), 0),
                    Element.FLOAT,
                    "B",
                    config.hidden());
            x = g.add(x, g.squeeze(out.get(0), 1));
        }
        x = g.reshape(g.transpose(x, 1, 0, 2), -1, config.hidden());
        Value out = outputNorm(g, x, attendSequence(g, x, phase, ring, lanes, steps));
        Value note = note(g, out);
        Value pitch = flat(g, nextToken);
        Value length = flat(g, nextDuration);
        outputEach(g, "logits", tokenLogits(g, out), lanes, steps, config.vocabulary());
        outputEach(
                g,
                "duration_logits",
                durationLogits(g, note, pitch),
                lanes,
                steps,
                config.durations());
        outputEach(
                g,
                "velocity_logits",
                velocityLogits(g, note, pitch, length),
                lanes,
                steps,
                config.velocities());
        return build(g);
    }

    // ---- the network's parts, on rows [N, H]

    Value embed(GraphBuilder g, Value token, Value duration, Value velocity, Value features) {
        Value x =
                g.add(
                        g.gather("embedding.token", token),
                        g.linear(features, "features.weight", "features.bias"));
        x = g.add(x, g.gather("embedding.duration", duration));
        Value last = g.gather("embedding.velocity", velocity);
        return g.sumAndLayerNorm(x, last, "input_norm", Network.NORM_EPSILON).getFirst();
    }

    /**
     * All GRU layers of an event.
     *
     * @param x what the last layer heard
     * @param states of all layers after the event; what the attention hears is {@code x} and the
     *     last of them together
     */
    record Recurred(Value x, List<Value> states) {}

    Recurred recurStep(GraphBuilder g, Value x, List<Value> states) {
        List<Value> after = new ArrayList<>();
        for (int layer = 0; layer < config.layers(); layer++) {
            if (layer > 0) {
                x = g.add(x, after.getLast());
            }
            after.add(gruStep(g, x, states.get(layer), layer));
        }
        return new Recurred(x, after);
    }

    private Value gruStep(GraphBuilder g, Value x, Value h, int layer) {
        String gru = "gru." + layer;
        int hidden = config.hidden();
        Value gates =
                g.sigmoid(g.linear(g.concat(1, x, h), gru + ".gates.weight", gru + ".gates.bias"));
        Value r = g.slice(gates, 1, 0, hidden);
        Value z = g.slice(gates, 1, hidden, 2L * hidden);
        Value fromInput = g.linear(x, gru + ".new.input.weight", gru + ".new.input.bias");
        Value fromHidden = g.linear(h, gru + ".new.hidden.weight", gru + ".new.hidden.bias");
        Value n = g.tanh(g.add(fromInput, g.multiply(r, fromHidden)));
        // (1 - z) n + z h
        return g.add(n, g.multiply(z, g.subtract(h, n)));
    }

    /**
     * The same weights cut into ONNX's order z, r, h; ONNX Runtime does the cutting once, when it
     * loads the graph.
     */
    private List<Value> gruSequence(GraphBuilder g, Value x, Value h, int layer) {
        String gru = "gru." + layer;
        int hidden = config.hidden();
        Value gates = g.weight(gru + ".gates.weight");
        Value r = g.slice(gates, 0, 0, hidden);
        Value z = g.slice(gates, 0, hidden, 2L * hidden);
        Value input =
                g.concat(
                        0,
                        g.slice(z, 1, 0, hidden),
                        g.slice(r, 1, 0, hidden),
                        g.weight(gru + ".new.input.weight"));
        Value recurrent =
                g.concat(
                        0,
                        g.slice(z, 1, hidden, 2L * hidden),
                        g.slice(r, 1, hidden, 2L * hidden),
                        g.weight(gru + ".new.hidden.weight"));
        Value gatesBias = g.weight(gru + ".gates.bias");
        Value bias =
                g.concat(
                        0,
                        g.slice(gatesBias, 0, hidden, 2L * hidden),
                        g.slice(gatesBias, 0, 0, hidden),
                        g.weight(gru + ".new.input.bias"),
                        g.zeros(2 * hidden),
                        g.weight(gru + ".new.hidden.bias"));
        return g.gru(
                x,
                g.unsqueeze(input, 0),
                g.unsqueeze(recurrent, 0),
                g.unsqueeze(bias, 0),
                g.unsqueeze(h, 0),
                hidden);
    }

    /** Keys {@code [B, C, KW]} and values {@code [B, C, VD]} of past events. */
    record Ring(Value keys, Value values, Value filled) {}

    /**
     * What an event brings to the attention.
     *
     * @param x what the attention's result is to be added to
     * @param query {@code [B, A, KW]}
     * @param key by which later events will find it, {@code [B, KW]}
     * @param value what they will see of it, {@code [B, VD]}
     */
    record Heard(Value x, Value query, Value key, Value value) {}

    private Ring ring(GraphBuilder g) {
        return new Ring(
                g.input("keys", Element.FLOAT, "B", config.ringSlots(), config.keyWidth()),
                g.input("values", Element.FLOAT, "B", config.ringSlots(), config.valueSize()),
                g.input("filled", Element.INT64, "B"));
    }

    Heard hear(GraphBuilder g, Recurred recurred, Value phase) {
        List<Value> heard =
                g.sumAndLayerNorm(
                        recurred.x,
                        recurred.states.getLast(),
                        "attention_norm",
                        Network.NORM_EPSILON);
        Value a = heard.getFirst();
        Value content =
                g.reshape(
                        g.linear(a, "attention.query.weight"), 0, config.heads(), config.keySize());
        Value bias = g.multiply(g.unsqueeze(phase, 1), g.weight("attention.phase"));
        return new Heard(
                heard.getLast(),
                g.concat(2, content, bias),
                g.concat(1, g.linear(a, "attention.key.weight"), phase),
                g.linear(a, "attention.value.weight"));
    }

    /**
     * The event sees itself and the filled slots; it is kept apart from the ring to copy none.
     *
     * @return {@code [B, A * VD]}
     */
    Value attendStep(GraphBuilder g, Heard heard, Ring ring) {
        Value own = g.reduceSum(g.multiply(heard.query, g.unsqueeze(heard.key, 1)), 2);
        Value past = g.matMul(heard.query, g.transpose(ring.keys, 0, 2, 1));
        past = g.add(past, g.unsqueeze(blockEmpty(g, ring.filled), 1));
        Value weight = g.softmax(g.concat(2, own, past));
        Value ownWeight = g.slice(weight, 2, 0, 1);
        Value pastWeight = g.slice(weight, 2, 1, config.window());
        Value mixed =
                g.add(
                        g.multiply(ownWeight, g.unsqueeze(heard.value, 1)),
                        g.matMul(pastWeight, ring.values));
        return g.reshape(mixed, 0, (long) config.heads() * config.valueSize());
    }

    Value project(GraphBuilder g, Value mixed) {
        return g.linear(mixed, "attention.output.weight", "attention.output.bias");
    }

    /** {@code [B, C]}: zero for filled slots, for the others at most half of {@link #BLOCKED}. */
    private Value blockEmpty(GraphBuilder g, Value filled) {
        Value ahead =
                g.subtract(
                        g.unsqueeze(g.cast(filled, Element.FLOAT), 1),
                        g.counting(0.5f, config.ringSlots()));
        return g.multiply(g.minimum(ahead, g.scalar(0f)), g.scalar(-BLOCKED));
    }

    /** Event t sees the columns t..t + C of [ring, events], as far as they are filled. */
    private Value attendSequence(
            GraphBuilder g, Value x, Value phase, Ring ring, Value lanes, Value steps) {
        Value a = g.layerNorm(x, "attention_norm", Network.NORM_EPSILON);
        Value content =
                unflat(
                        g,
                        g.linear(a, "attention.query.weight"),
                        lanes,
                        steps,
                        config.heads(),
                        config.keySize());
        Value bias = g.multiply(g.unsqueeze(phase, 2), g.weight("attention.phase"));
        Value query = g.transpose(g.concat(3, content, bias), 0, 2, 1, 3);
        Value ownKey =
                g.concat(
                        2,
                        unflat(
                                g,
                                g.linear(a, "attention.key.weight"),
                                lanes,
                                steps,
                                config.keySize()),
                        phase);
        Value ownValue =
                unflat(g, g.linear(a, "attention.value.weight"), lanes, steps, config.valueSize());
        g.output("key", ownKey, Element.FLOAT, "B", "T", config.keyWidth());
        g.output("value", ownValue, Element.FLOAT, "B", "T", config.valueSize());
        Value keys = g.unsqueeze(g.concat(1, ring.keys, ownKey), 1);
        Value values = g.unsqueeze(g.concat(1, ring.values, ownValue), 1);

        Value slots = g.vector(config.ringSlots());
        Value column = g.range(g.add(slots, steps));
        Value row = g.unsqueeze(g.range(steps), 1);
        Value old = g.less(column, row);
        Value future = g.less(g.add(row, slots), column);
        Value inWindow = g.unsqueeze(g.and(g.not(old), g.not(future)), 0);
        Value empty =
                g.less(column, g.unsqueeze(g.subtract(slots, g.unsqueeze(ring.filled, 1)), 1));
        Value seen = g.unsqueeze(g.and(inWindow, g.not(empty)), 1);

        Value scores = g.matMul(query, g.transpose(keys, 0, 1, 3, 2));
        Value weight = g.softmax(g.where(seen, scores, g.scalar(BLOCKED)));
        Value mixed = g.transpose(g.matMul(weight, values), 0, 2, 1, 3);
        return project(g, g.reshape(mixed, -1, (long) config.heads() * config.valueSize()));
    }

    static Value outputNorm(GraphBuilder g, Value x, Value mixed) {
        return g.sumAndLayerNorm(x, mixed, "output_norm", Network.NORM_EPSILON).getFirst();
    }

    static Value tokenLogits(GraphBuilder g, Value out) {
        return g.linear(out, "embedding.token", "output.bias");
    }

    static Value note(GraphBuilder g, Value out) {
        return g.linear(out, "note.weight", "note.bias");
    }

    static Value durationLogits(GraphBuilder g, Value note, Value pitch) {
        Value inner = g.relu(g.add(note, g.gather("duration.pitch", pitch)));
        return g.linear(inner, "duration.weight", "duration.bias");
    }

    static Value velocityLogits(GraphBuilder g, Value note, Value pitch, Value duration) {
        Value inner =
                g.add(g.linear(note, "velocity.note.weight"), g.gather("velocity.pitch", pitch));
        inner = g.relu(g.add(inner, g.gather("velocity.duration", duration)));
        return g.linear(inner, "velocity.weight", "velocity.bias");
    }

    // ---- [B, T, …] to rows and back

    private static Value flat(GraphBuilder g, Value x) {
        return g.reshape(x, -1);
    }

    private static Value unflat(
            GraphBuilder g, Value rows, Value lanes, Value steps, long... extents) {
        return g.reshape(rows, g.concat(0, lanes, steps, g.vector(extents)));
    }

    private static void outputEach(
            GraphBuilder g, String name, Value rows, Value lanes, Value steps, int width) {
        g.output(name, unflat(g, rows, lanes, steps, width), Element.FLOAT, "B", "T", width);
    }

    private ModelProto build(GraphBuilder g) {
        return g.build(PRODUCER, version(), metadata);
    }

    private static String version() {
        String version = NetworkGraphs.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    private static Weights.Array array(float[] values, int... shape) {
        return new Weights.Array(shape, values);
    }

    private static Weights.Array part(float[] values, int from, int... shape) {
        int size = 1;
        for (int extent : shape) {
            size *= extent;
        }
        return new Weights.Array(shape, java.util.Arrays.copyOfRange(values, from, from + size));
    }

    private static Weights.Array scaled(Weights.Array array, float factor) {
        float[] values = array.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
        return new Weights.Array(array.shape(), values);
    }

    /** {@code [heads, P / 2]} to {@code [heads, P]}: cosine and sine share an amplitude. */
    private static Weights.Array doubled(Weights.Array array) {
        int rows = array.shape()[0];
        int width = array.shape()[1];
        float[] values = new float[2 * rows * width];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(array.values(), row * width, values, 2 * row * width, width);
            System.arraycopy(array.values(), row * width, values, (2 * row + 1) * width, width);
        }
        return new Weights.Array(new int[] {rows, 2 * width}, values);
    }
}
