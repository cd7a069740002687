package org.partita.trainer.training;

import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.partita.trainer.network.Parameters;
import org.partita.trainer.network.Weights;

/**
 * AdamW (Loshchilov and Hutter 2019) on the network's flat parameter vector, with gradients clipped
 * by their length and an exponential moving average of the weights.
 *
 * <p>Some forty facts are true at once, and Adam moves the weight of each by the whole rate: added
 * up, they would drown the token that they come with. So their weights learn as if the facts were
 * {@link TrainingConfig#featureRate} instead of 1.
 */
final class Optimiser implements AutoCloseable {

    private static final double FIRST_MOMENT_DECAY = 0.9;
    private static final double EPSILON = 1e-8;

    private final Parameters parameters;
    private final TrainingConfig config;
    private final Tensor first;
    private final Tensor second;
    private final Tensor average;
    private final Tensor decayed;
    private final Tensor share;

    Optimiser(Parameters parameters, TrainingConfig config) {
        this.parameters = parameters;
        this.config = config;
        first = torch.zeros_like(parameters.values());
        second = torch.zeros_like(parameters.values());
        average = parameters.values().clone();
        decayed = parameters.decayMask();
        share = parameters.share("features.weight", config.featureRate());
    }

    /**
     * Makes one update from the gradients on the leaves.
     *
     * @param update number of this update, from 1
     * @param rate learning rate
     * @return length of the gradient before clipping
     */
    double update(int update, double rate) {
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            Tensor values = parameters.values();
            Tensor gradient = parameters.takeGradient().mul_(share);
            double length = gradient.norm().item_float();
            if (!Double.isFinite(length)) {
                // One overflowing batch must not destroy a long run.
                return length;
            }
            if (length > config.clip()) {
                gradient.mul_(new Scalar(config.clip() / length));
            }
            double beta = config.secondMomentDecay();
            first.lerp_(gradient, new Scalar(1 - FIRST_MOMENT_DECAY));
            second.mul_(new Scalar(beta)).addcmul_(gradient, gradient, new Scalar(1 - beta));
            values.addcmul_(decayed, values, new Scalar(-rate * config.weightDecay()));
            double firstCorrection = 1 - Math.pow(FIRST_MOMENT_DECAY, update);
            double secondCorrection = 1 - Math.pow(beta, update);
            Tensor denominator =
                    second.div(new Scalar(secondCorrection)).sqrt_().add_(new Scalar(EPSILON));
            values.addcdiv_(first.mul(share), denominator, new Scalar(-rate / firstCorrection));
            // A young average must not remember the random start.
            double decay = Math.min(config.averageDecay(), (1.0 + update) / (10.0 + update));
            average.lerp_(values, new Scalar(1 - decay));
            return length;
        }
    }

    /** Runs something with the averaged weights in the network's place. */
    <T> T withAverage(Supplier<T> work) {
        Tensor current = parameters.values().clone();
        try (NoGradGuard _ = new NoGradGuard()) {
            parameters.values().copy_(average);
            return work.get();
        } finally {
            try (NoGradGuard _ = new NoGradGuard()) {
                parameters.values().copy_(current);
            }
            current.close();
        }
    }

    Weights average() {
        return parameters.toWeights(average);
    }

    Weights firstMoment() {
        return parameters.toWeights(first);
    }

    Weights secondMoment() {
        return parameters.toWeights(second);
    }

    void restore(Weights firstMoment, Weights secondMoment, Weights movingAverage) {
        parameters.copy(firstMoment, first);
        parameters.copy(secondMoment, second);
        parameters.copy(movingAverage, average);
    }

    @Override
    public void close() {
        first.close();
        second.close();
        average.close();
        decayed.close();
        share.close();
    }
}
