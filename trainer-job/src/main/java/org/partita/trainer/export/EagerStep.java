package org.partita.trainer.export;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.partita.trainer.network.Network;
import org.partita.trainer.network.NetworkConfig;
import org.partita.trainer.network.Weights;

/**
 * One event of one piece on libtorch, operator after operator, with the same work as the step graph
 * and libtorch's own fused GRU cell. States and ring stay where they are, so that nothing is
 * prepared or copied that composing would not need.
 */
final class EagerStep {

    private final NetworkConfig config;
    private final Map<String, Tensor> parameters = new HashMap<>();
    private final Tensor[] states;
    private final Tensor keys;
    private final Tensor values;
    private final Tensor phase;
    private final Tensor amplitude;
    private final Tensor features;
    private int slot;

    EagerStep(NetworkConfig config, Weights weights) {
        this.config = config;
        for (String name : weights.names()) {
            Weights.Array array = weights.get(name);
            long[] shape = Arrays.stream(array.shape()).asLongStream().toArray();
            parameters.put(name, Tensor.create(array.values(), shape));
        }
        states = new Tensor[config.layers()];
        Arrays.setAll(states, _ -> torch.zeros(1, config.hidden()));
        keys = torch.zeros(config.window(), config.keyWidth());
        values = torch.zeros(config.window(), config.valueSize());
        phase = torch.ones(1, config.phaseSize());
        features = torch.zeros(1, config.features());
        Tensor half = parameter("attention.phase");
        amplitude = torch.cat(new TensorVector(half, half), 1);
    }

    /**
     * Hears an event.
     *
     * @param strikes whether the next event is a note, which the two heads complete
     */
    void run(long token, long duration, long velocity, boolean strikes) {
        try (PointerScope _ = new PointerScope()) {
            Tensor x =
                    row("embedding.token", token)
                            .add(row("embedding.duration", duration))
                            .add(row("embedding.velocity", velocity))
                            .add(linear(features, "features"));
            x = norm(x, "input_norm");
            for (int layer = 0; layer < states.length; layer++) {
                String gru = "gru." + layer;
                Tensor state =
                        torch.gru_cell(
                                x,
                                states[layer],
                                parameter(gru + ".weight_ih"),
                                parameter(gru + ".weight_hh"),
                                new TensorOptional(parameter(gru + ".bias_ih")),
                                new TensorOptional(parameter(gru + ".bias_hh")));
                states[layer].copy_(state);
                x = x.add(state);
            }
            Tensor out = norm(x.add(attend(norm(x, "attention_norm"))), "output_norm");
            torch.linear(out, parameter("embedding.token"), parameter("output.bias"));
            if (strikes) {
                heads(linear(out, "note"), token, duration);
            }
        }
    }

    private Tensor attend(Tensor a) {
        Tensor content =
                torch.linear(a, parameter("attention.query.weight"))
                        .mul(new Scalar(1 / Math.sqrt(config.keySize())))
                        .view(config.heads(), config.keySize());
        Tensor query = torch.cat(new TensorVector(content, phase.mul(amplitude)), 1);
        Tensor key =
                torch.cat(
                        new TensorVector(torch.linear(a, parameter("attention.key.weight")), phase),
                        1);
        keys.select(0, slot).copy_(key.select(0, 0));
        values.select(0, slot)
                .copy_(torch.linear(a, parameter("attention.value.weight")).select(0, 0));
        slot = (slot + 1) % config.window();
        Tensor mixed = torch.mm(torch.mm(query, keys.t()).softmax(-1), values);
        return linear(
                mixed.view(1, (long) config.heads() * config.valueSize()), "attention.output");
    }

    private void heads(Tensor note, long pitch, long duration) {
        linear(note.add(row("duration.pitch", pitch)).relu(), "duration");
        linear(
                torch.linear(note, parameter("velocity.note.weight"))
                        .add(row("velocity.pitch", pitch))
                        .add(row("velocity.duration", duration))
                        .relu(),
                "velocity");
    }

    /** A row {@code [1, width]} of a table, without looking anything up. */
    private Tensor row(String table, long index) {
        return parameter(table).narrow(0, index, 1);
    }

    private Tensor linear(Tensor x, String name) {
        return torch.linear(x, parameter(name + ".weight"), parameter(name + ".bias"));
    }

    private Tensor norm(Tensor x, String name) {
        return torch.layer_norm(
                x,
                new long[] {config.hidden()},
                new TensorOptional(parameter(name + ".weight")),
                new TensorOptional(parameter(name + ".bias")),
                Network.NORM_EPSILON,
                false);
    }

    private Tensor parameter(String name) {
        Tensor parameter = parameters.get(name);
        if (parameter == null) {
            throw new IllegalArgumentException("no parameter named " + name);
        }
        return parameter;
    }
}
