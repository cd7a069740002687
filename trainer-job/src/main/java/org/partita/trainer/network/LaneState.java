package org.partita.trainer.network;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * What every lane remembers between two segments: the GRU states {@code layers x [B, H]} and the
 * keys {@code [B, C, keyWidth]} and values {@code [B, C, valueSize]} of the last C = {@code window
 * - 1} events, the newest in the last slot.
 */
public final class LaneState implements AutoCloseable {

    private final int lanes;
    private final int slots;
    private final Tensor[] hidden;
    private final Tensor keys;
    private final Tensor values;
    private final int[] filled;

    LaneState(NetworkConfig config, int lanes, Device device) {
        this.lanes = lanes;
        this.slots = config.ringSlots();
        this.filled = new int[lanes];
        this.hidden = new Tensor[config.layers()];
        TensorOptions options =
                new TensorOptions(torch.ScalarType.Float).device(new DeviceOptional(device));
        for (int layer = 0; layer < hidden.length; layer++) {
            hidden[layer] = torch.zeros(new long[] {lanes, config.hidden()}, options);
        }
        keys = torch.zeros(new long[] {lanes, slots, config.keyWidth()}, options);
        values = torch.zeros(new long[] {lanes, slots, config.valueSize()}, options);
    }

    int lanes() {
        return lanes;
    }

    Tensor hidden(int layer) {
        return hidden[layer];
    }

    Tensor keys() {
        return keys;
    }

    Tensor values() {
        return values;
    }

    int filled(int lane) {
        return filled[lane];
    }

    /** Empties the lanes that begin a new piece. */
    void reset(boolean[] fresh) {
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            for (int lane = 0; lane < lanes; lane++) {
                if (fresh[lane]) {
                    filled[lane] = 0;
                    for (Tensor layer : hidden) {
                        layer.select(0, lane).zero_();
                    }
                    // Empty slots have no weight, but no weight times NaN is NaN.
                    keys.select(0, lane).zero_();
                    values.select(0, lane).zero_();
                }
            }
        }
    }

    /** Takes over the states after a segment of {@code steps} events; the tensors are copied. */
    void advance(Tensor[] newHidden, Tensor allKeys, Tensor allValues, int steps) {
        try (NoGradGuard _ = new NoGradGuard()) {
            for (int layer = 0; layer < hidden.length; layer++) {
                hidden[layer].copy_(newHidden[layer]);
            }
            keys.copy_(allKeys.narrow(1, steps, slots));
            values.copy_(allValues.narrow(1, steps, slots));
        }
        for (int lane = 0; lane < lanes; lane++) {
            filled[lane] = Math.min(slots, filled[lane] + steps);
        }
    }

    /** Everything in it as named arrays, for a checkpoint. */
    public Weights save() {
        Weights saved = new Weights();
        for (int layer = 0; layer < hidden.length; layer++) {
            put(saved, "hidden." + layer, hidden[layer]);
        }
        put(saved, "keys", keys);
        put(saved, "values", values);
        float[] counts = new float[lanes];
        for (int lane = 0; lane < lanes; lane++) {
            counts[lane] = filled[lane];
        }
        saved.put("filled", new int[] {lanes}, counts);
        return saved;
    }

    /** Restores what {@link #save} gave. */
    public void restore(Weights saved) {
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            for (int layer = 0; layer < hidden.length; layer++) {
                restore(saved, "hidden." + layer, hidden[layer]);
            }
            restore(saved, "keys", keys);
            restore(saved, "values", values);
        }
        float[] counts = saved.get("filled").values();
        for (int lane = 0; lane < lanes; lane++) {
            filled[lane] = (int) counts[lane];
        }
    }

    @Override
    public void close() {
        Arrays.stream(hidden).forEach(Tensor::close);
        keys.close();
        values.close();
    }

    private static void put(Weights saved, String name, Tensor tensor) {
        try (PointerScope _ = new PointerScope()) {
            float[] copy = new float[Math.toIntExact(tensor.numel())];
            new FloatPointer(tensor.cpu().data_ptr()).get(copy);
            int[] shape = new int[(int) tensor.dim()];
            for (int d = 0; d < shape.length; d++) {
                shape[d] = (int) tensor.size(d);
            }
            saved.put(name, shape, copy);
        }
    }

    private static void restore(Weights saved, String name, Tensor target) {
        Weights.Array array = saved.get(name);
        if (array.values().length != target.numel()) {
            throw new IllegalArgumentException(
                    "%s of the checkpoint has %d values, this network and number of lanes want %d"
                            .formatted(name, array.values().length, target.numel()));
        }
        target.copy_(Tensor.create(array.values()).view(target.sizes()));
    }
}
