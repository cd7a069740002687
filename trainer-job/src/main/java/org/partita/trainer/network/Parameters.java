package org.partita.trainer.network;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The trainable arrays of a network: named leaves that are views of one flat buffer, so that an
 * optimiser works on a single vector.
 */
public final class Parameters implements AutoCloseable {

    // Arrays are what libtorch takes; nobody compares slots.
    @SuppressWarnings("ArrayRecordComponent")
    private record Slot(int[] shape, long offset, long size, Tensor leaf) {}

    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private final Tensor values;
    private final Tensor gradient;
    private final Tensor taken;

    Parameters(Weights initial, Device device) {
        values = toFlat(initial).to(device, torch.ScalarType.Float);
        gradient = torch.zeros_like(values);
        taken = torch.zeros_like(values);
        long offset = 0;
        for (String name : initial.names()) {
            Weights.Array array = initial.get(name);
            long size = array.values().length;
            Tensor leaf =
                    values.narrow(0, offset, size)
                            .view(toLongs(array.shape()))
                            .detach()
                            .requires_grad_(true);
            slots.put(name, new Slot(array.shape(), offset, size, leaf));
            offset += size;
        }
    }

    Tensor get(String name) {
        Slot slot = slots.get(name);
        if (slot == null) {
            throw new IllegalArgumentException("no parameter named " + name);
        }
        return slot.leaf;
    }

    /** All values as one vector {@code [size()]}; writing to it changes the network. */
    public Tensor values() {
        return values;
    }

    /** One for every value {@code [size()]}, but {@code factor} for those of one array. */
    public Tensor share(String name, double factor) {
        Slot slot = slots.get(name);
        if (slot == null) {
            throw new IllegalArgumentException("no parameter named " + name);
        }
        Tensor share = torch.ones_like(values);
        share.narrow(0, slot.offset, slot.size).fill_(new Scalar(factor));
        return share;
    }

    /** Number of trainable floats. */
    public long size() {
        return values.numel();
    }

    /** Adds a gradient that was found without autograd. */
    void addGradient(String name, Tensor found) {
        Slot slot = slots.get(name);
        if (slot == null) {
            throw new IllegalArgumentException("no parameter named " + name);
        }
        gradient.narrow(0, slot.offset, slot.size).add_(found.reshape(slot.size));
    }

    /**
     * Moves all gradients found since the last call into one vector {@code [size()]}, which is
     * valid until the next call.
     */
    public Tensor takeGradient() {
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            for (Slot slot : slots.values()) {
                Tensor found = slot.leaf.mutable_grad();
                if (found.defined()) {
                    gradient.narrow(0, slot.offset, slot.size).add_(found.reshape(slot.size));
                    found.reset();
                }
            }
            taken.copy_(gradient);
            gradient.zero_();
        }
        return taken;
    }

    /** A vector {@code [size()]} that is 1 on matrices and 0 on biases, norms and embeddings. */
    public Tensor decayMask() {
        Tensor mask = torch.zeros_like(values);
        try (PointerScope _ = new PointerScope()) {
            slots.forEach((name, slot) -> {
                boolean matrix =
                        slot.shape.length == 2
                                && (name.endsWith(".weight") || name.startsWith("gru."));
                if (matrix) {
                    mask.narrow(0, slot.offset, slot.size).fill_(new Scalar(1.0));
                }
            });
        }
        return mask;
    }

    /** The arrays of any vector laid out like {@link #values()}. */
    public Weights toWeights(Tensor vector) {
        Weights weights = new Weights();
        try (PointerScope _ = new PointerScope()) {
            FloatPointer data = new FloatPointer(vector.detach().cpu().contiguous().data_ptr());
            slots.forEach((name, slot) -> {
                float[] copy = new float[(int) slot.size];
                data.position(slot.offset).get(copy);
                weights.put(name, slot.shape.clone(), copy);
            });
        }
        return weights;
    }

    /** Overwrites a vector laid out like {@link #values()} with the arrays of the same names. */
    public void copy(Weights source, Tensor vector) {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        slots.forEach((name, slot) -> shapes.put(name, slot.shape));
        source.requireShapes(shapes);
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            Weights ordered = new Weights();
            for (String name : slots.keySet()) {
                ordered.put(name, source.get(name).shape(), source.get(name).values());
            }
            vector.copy_(toFlat(ordered));
        }
    }

    @Override
    public void close() {
        slots.values().forEach(slot -> slot.leaf.close());
        gradient.close();
        taken.close();
        values.close();
    }

    private static Tensor toFlat(Weights weights) {
        float[] flat = new float[Math.toIntExact(weights.size())];
        int offset = 0;
        for (String name : weights.names()) {
            float[] part = weights.get(name).values();
            System.arraycopy(part, 0, flat, offset, part.length);
            offset += part.length;
        }
        return Tensor.create(flat);
    }

    private static long[] toLongs(int[] shape) {
        long[] longs = new long[shape.length];
        for (int i = 0; i < shape.length; i++) {
            longs[i] = shape[i];
        }
        return longs;
    }
}
