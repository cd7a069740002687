package org.partita.trainer.network;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Named float arrays in a fixed order: a network's parameters, or anything of the same kind.
 *
 * <p>Linear weights are row-major {@code [out, in]} and {@code y = W x + b}. GRU weights follow
 * libtorch: {@code weight_ih [3H, in]}, {@code weight_hh [3H, H]}, both biases {@code [3H]}, gates
 * in the order r, z, n; {@code n = tanh(W_in x + b_in + r * (W_hn h + b_hn))}, {@code h' = (1 - z)
 * n + z h}. The network's names, with V tokens, D durations, S velocities, F features, H hidden:
 *
 * <pre>
 * embedding.token     [V, H]      also the output matrix
 * embedding.duration  [D + 1, H]  row 0: not a note (its row is kept at zero)
 * embedding.velocity  [S + 1, H]  row 0: not a note (its row is kept at zero)
 * features.weight     [H, F]      features.bias [H]
 * input_norm.weight   [H]         input_norm.bias [H]
 * gru.L.weight_ih, gru.L.weight_hh, gru.L.bias_ih, gru.L.bias_hh   L = 0..layers-1
 * attention_norm.weight [H]       attention_norm.bias [H]
 * attention.query.weight [heads * keySize, H]   head-major rows
 * attention.key.weight [keySize, H]             attention.value.weight [valueSize, H]
 * attention.phase     [heads, phaseSize / 2]    one amplitude per head and frequency
 * attention.output.weight [H, heads * valueSize]  attention.output.bias [H]
 * output_norm.weight  [H]         output_norm.bias [H]
 * output.bias         [V]
 * note.weight         [U, H]      note.bias [U]
 * duration.pitch      [128, U]    duration.weight [D, U]    duration.bias [D]
 * velocity.note.weight [W, U]     velocity.pitch [128, W]   velocity.duration [D, W]
 * velocity.weight     [S, W]      velocity.bias [S]
 * </pre>
 *
 * <p>{@link Network} documents how they are put together.
 */
public final class Weights {

    private static final int MAGIC = 0x50575431; // "PWT1"

    /** One array, row-major; {@code values.length} is the product of {@code shape}. */
    // An array component is what libtorch and ONNX take; nobody compares these records.
    @SuppressWarnings("ArrayRecordComponent")
    public record Array(int[] shape, float[] values) {
        public Array {
            long size = 1;
            for (int extent : shape) {
                size *= extent;
            }
            if (size != values.length) {
                throw new IllegalArgumentException(
                        "shape holds " + size + " values, given " + values.length);
            }
        }
    }

    private final Map<String, Array> arrays = new LinkedHashMap<>();

    /** Adds or replaces an array, which is not copied. */
    public void put(String name, int[] shape, float[] values) {
        arrays.put(name, new Array(shape, values));
    }

    /**
     * The array of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Array get(String name) {
        Array array = arrays.get(name);
        if (array == null) {
            throw new IllegalArgumentException("no weights named " + name);
        }
        return array;
    }

    public Set<String> names() {
        return Collections.unmodifiableSet(arrays.keySet());
    }

    /** The arrays' shapes by name. */
    Map<String, int[]> shapes() {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        arrays.forEach((name, array) -> shapes.put(name, array.shape()));
        return shapes;
    }

    /**
     * Refuses arrays of another network: one too many would be left out without a word.
     *
     * @param wanted shapes by name
     * @throws IllegalArgumentException naming an array that is missing, too many or of another
     *     shape
     */
    void requireShapes(Map<String, int[]> wanted) {
        wanted.forEach((name, shape) -> {
            int[] given = get(name).shape();
            if (!Arrays.equals(shape, given)) {
                throw new IllegalArgumentException(
                        "%s has shape %s, the network wants %s"
                                .formatted(name, Arrays.toString(given), Arrays.toString(shape)));
            }
        });
        for (String name : arrays.keySet()) {
            if (!wanted.containsKey(name)) {
                throw new IllegalArgumentException(
                        "the weights are of another network: this one has no " + name);
            }
        }
    }

    /** Number of floats in all arrays together. */
    public long size() {
        return arrays.values().stream().mapToLong(array -> array.values().length).sum();
    }

    /** Writes all arrays to {@code file} as little-endian floats behind names and shapes. */
    public void save(Path file) throws IOException {
        try (DataOutputStream out =
                new DataOutputStream(
                        new BufferedOutputStream(Files.newOutputStream(file), 1 << 16))) {
            out.writeInt(MAGIC);
            out.writeInt(arrays.size());
            for (Map.Entry<String, Array> entry : arrays.entrySet()) {
                Array array = entry.getValue();
                out.writeUTF(entry.getKey());
                out.writeInt(array.shape().length);
                for (int extent : array.shape()) {
                    out.writeInt(extent);
                }
                ByteBuffer bytes =
                        ByteBuffer.allocate(array.values().length * Float.BYTES)
                                .order(ByteOrder.LITTLE_ENDIAN);
                bytes.asFloatBuffer().put(array.values());
                out.write(bytes.array());
            }
        }
    }

    /**
     * Reads what {@link #save} wrote.
     *
     * @throws IOException naming the file if it is anything else
     */
    public static Weights load(Path file) throws IOException {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            if (in.readInt() != MAGIC) {
                throw new IOException(file + " is not a weights file");
            }
            Weights weights = new Weights();
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                String name = in.readUTF();
                int[] shape = new int[in.readInt()];
                int size = 1;
                for (int d = 0; d < shape.length; d++) {
                    shape[d] = in.readInt();
                    size = Math.multiplyExact(size, shape[d]);
                }
                byte[] bytes = new byte[Math.multiplyExact(size, Float.BYTES)];
                in.readFully(bytes);
                float[] values = new float[size];
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
                weights.put(name, shape, values);
            }
            return weights;
        } catch (EOFException | ArithmeticException | NegativeArraySizeException e) {
            throw new IOException(file + " is not a whole weights file", e);
        }
    }
}
