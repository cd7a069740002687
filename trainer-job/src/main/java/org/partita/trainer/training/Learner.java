package org.partita.trainer.training;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.partita.trainer.network.Dropout;
import org.partita.trainer.network.LaneState;
import org.partita.trainer.network.Network;

/** Runs batches through the network: for their loss alone, or to learn from them. */
final class Learner {

    private static final int SUM = 2;
    private static final int NO_IGNORED_CLASS = -100;

    private final Network network;
    private final boolean chained;

    /**
     * @param chained whether the heads of a note are told what was chosen before them
     */
    Learner(Network network, boolean chained) {
        this.network = network;
        this.chained = chained;
    }

    /** Loss of a batch; moves {@code state} past it. */
    Losses evaluate(Batch batch, LaneState state) {
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            Tensor output = network.forward(batch.segment(), state, Dropout.NONE);
            return losses(terms(batch, output), batch);
        }
    }

    /** Loss of a batch, whose gradient is added to the parameters'; moves {@code state} past it. */
    Losses learn(Batch batch, LaneState state, Dropout dropout) {
        try (PointerScope _ = new PointerScope()) {
            Network.Pass pass = network.pass(batch.segment(), state, dropout);
            Tensor terms = terms(batch, pass.output());
            pass.backward(terms.sum().mul(new Scalar(1.0 / Math.max(1, batch.events()))));
            return losses(terms, batch);
        }
    }

    /**
     * Nats of each entry's target, 0 where it does not count; moves {@code state} past the batch.
     */
    float[] nats(Batch batch, LaneState state) {
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            Tensor output = network.forward(batch.segment(), state, Dropout.NONE);
            Tensor nats = tokenLogLikelihood(batch, output).neg().contiguous().cpu();
            float[] copy = new float[batch.target().length];
            new FloatPointer(nats.data_ptr()).get(copy);
            return copy;
        }
    }

    /** Sums over the batch {@code [3]}: token, duration, velocity. */
    private Tensor terms(Batch batch, Tensor output) {
        Tensor token = tokenLogLikelihood(batch, output).sum().neg();
        if (batch.notes().length == 0) {
            Tensor none = torch.zeros_like(token);
            return torch.stack(new TensorVector(token, none, none));
        }
        Tensor note = network.note(torch.index_select(output, 0, index(batch.notes())));
        Tensor pitch = told(index(batch.notePitch()));
        Tensor durationClass = index(batch.noteDuration());
        Tensor duration = crossEntropy(network.durationLogits(note, pitch), durationClass);
        Tensor velocity =
                crossEntropy(
                        network.velocityLogits(note, pitch, told(durationClass)),
                        index(batch.noteVelocity()));
        return torch.stack(new TensorVector(token, duration, velocity));
    }

    /** Log-likelihood {@code [T * B]} of the targets among the legal tokens; 0 if not counted. */
    private Tensor tokenLogLikelihood(Batch batch, Tensor output) {
        Tensor illegal =
                Tensor.create(batch.illegal(), batch.target().length, network.config().vocabulary())
                        .to(network.device(), torch.ScalarType.Bool);
        Tensor logLikelihood =
                torch.log_softmax(
                        network.tokenLogits(output)
                                .masked_fill(illegal, new Scalar(Float.NEGATIVE_INFINITY)),
                        1);
        Tensor counted =
                Tensor.create(batch.counted()).to(network.device(), torch.ScalarType.Float);
        return logLikelihood.gather(1, index(batch.target()).unsqueeze(1)).squeeze(1).mul(counted);
    }

    private static Tensor crossEntropy(Tensor logits, Tensor classes) {
        return torch.cross_entropy_loss(
                logits, classes, new TensorOptional(), SUM, NO_IGNORED_CLASS, 0.0);
    }

    private static Losses losses(Tensor terms, Batch batch) {
        Tensor sums = terms.detach().cpu();
        return new Losses(
                sums.select(0, 0).item_float(),
                sums.select(0, 1).item_float(),
                sums.select(0, 2).item_float(),
                batch.events(),
                batch.notes().length);
    }

    private Tensor told(Tensor classes) {
        return chained ? classes : torch.zeros_like(classes);
    }

    private Tensor index(long[] values) {
        return Tensor.create(values).to(network.device(), torch.ScalarType.Long);
    }
}
