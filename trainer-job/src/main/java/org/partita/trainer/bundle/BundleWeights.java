package org.partita.trainer.bundle;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.partita.music.model.BundleFiles;
import org.partita.trainer.network.Weights;
import org.partita.trainer.network.Weights.Array;

/**
 * A bundle's arrays as they were trained, so that training can go on from them.
 *
 * <p>The graphs multiply by other layouts: the gates r and z of a GRU as one matrix on [x, h] with
 * one bias, queries scaled by {@code 1 / sqrt(keySize)}, phase amplitudes twice. What was added up
 * comes back as one of the summands, the other being zero, which makes no difference to the network
 * or its gradient.
 */
public final class BundleWeights {

    private static final String GATES = ".gates.weight";

    private BundleWeights() {}

    /**
     * Reads them.
     *
     * @throws IOException if a file is missing or the graphs do not describe such a network
     */
    public static Weights read(Path bundle) throws IOException {
        byte[] file = Files.readAllBytes(bundle.resolve(BundleFiles.WEIGHTS));
        // The one graph that uses them all, and in 32 bits in every bundle.
        byte[] graph = Files.readAllBytes(bundle.resolve(BundleFiles.SEQUENCE));
        Map<String, Array> arranged = new LinkedHashMap<>();
        for (TensorProto tensor : ModelProto.parseFrom(graph).getGraph().getInitializerList()) {
            if (ExternalData.holds(tensor)) {
                arranged.put(tensor.getName(), ExternalData.read(tensor, file));
            }
        }
        try {
            return trained(arranged);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "the weights in " + bundle + " cannot be trained on: " + e.getMessage(), e);
        }
    }

    private static Weights trained(Map<String, Array> arranged) {
        Weights weights = new Weights();
        arranged.forEach((name, array) -> {
            if (name.endsWith(GATES)) {
                putGru(weights, arranged, name.substring(0, name.length() - GATES.length()));
            } else if (!name.startsWith("gru.")) {
                weights.put(name, array.shape(), array.values());
            }
        });
        Array doubled = weights.get("attention.phase");
        int heads = doubled.shape()[0];
        int frequencies = doubled.shape()[1] / 2;
        float[] phase = new float[heads * frequencies];
        for (int head = 0; head < heads; head++) {
            System.arraycopy(
                    doubled.values(),
                    head * 2 * frequencies,
                    phase,
                    head * frequencies,
                    frequencies);
        }
        weights.put("attention.phase", new int[] {heads, frequencies}, phase);
        Array query = weights.get("attention.query.weight");
        float scale = (float) Math.sqrt((double) query.shape()[0] / heads);
        float[] unscaled = query.values().clone();
        for (int i = 0; i < unscaled.length; i++) {
            unscaled[i] *= scale;
        }
        weights.put("attention.query.weight", query.shape(), unscaled);
        return weights;
    }

    private static void putGru(Weights weights, Map<String, Array> arranged, String gru) {
        Array gates = named(arranged, gru + GATES);
        int rows = gates.shape()[0];
        int hidden = rows / 2;
        float[] input = new float[3 * hidden * hidden];
        float[] recurrent = new float[3 * hidden * hidden];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(gates.values(), 2 * row * hidden, input, row * hidden, hidden);
            System.arraycopy(
                    gates.values(), (2 * row + 1) * hidden, recurrent, row * hidden, hidden);
        }
        int from = rows * hidden;
        copy(arranged, gru + ".new.input.weight", input, from);
        copy(arranged, gru + ".new.hidden.weight", recurrent, from);
        float[] inputBias = new float[3 * hidden];
        float[] recurrentBias = new float[3 * hidden];
        copy(arranged, gru + ".gates.bias", inputBias, 0);
        copy(arranged, gru + ".new.input.bias", inputBias, rows);
        copy(arranged, gru + ".new.hidden.bias", recurrentBias, rows);
        weights.put(gru + ".weight_ih", new int[] {3 * hidden, hidden}, input);
        weights.put(gru + ".weight_hh", new int[] {3 * hidden, hidden}, recurrent);
        weights.put(gru + ".bias_ih", new int[] {3 * hidden}, inputBias);
        weights.put(gru + ".bias_hh", new int[] {3 * hidden}, recurrentBias);
    }

    private static void copy(
            Map<String, Array> arranged, String name, float[] target, int position) {
        float[] values = named(arranged, name).values();
        System.arraycopy(values, 0, target, position, values.length);
    }

    private static Array named(Map<String, Array> arranged, String name) {
        Array array = arranged.get(name);
        if (array == null) {
            throw new IllegalArgumentException("no array named " + name);
        }
        return array;
    }
}
