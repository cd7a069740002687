package org.partita.trainer.network;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * One GRU layer over a segment, forward and backward by hand. Autograd would make one small product
 * for the recurrent weights' gradient at every step; here they are one large product for the whole
 * segment, and of a backward step only four operations remain.
 *
 * <p>All tensors are time-major, {@code [T, B, ...]}; gates in libtorch's order r, z, n. To be used
 * without gradient tracking.
 */
final class GruLayer {

    /**
     * What the backward pass needs.
     *
     * @param input {@code [T, B, I]}
     * @param previous {@code [T, B, H]} state before each step
     * @param output {@code [T, B, H]} state after each step
     * @param gates {@code [T, B, 2H]} r and z
     * @param candidate {@code [T, B, H]} n
     * @param recurrent {@code [T, B, H]} what r multiplies: {@code W_hn h + b_hn}
     */
    record Trace(
            Tensor input,
            Tensor previous,
            Tensor output,
            Tensor gates,
            Tensor candidate,
            Tensor recurrent) {}

    /** Gradients of a segment. */
    record Gradients(
            Tensor input, Tensor weightIh, Tensor weightHh, Tensor biasIh, Tensor biasHh) {}

    private final Tensor weightIh;
    private final Tensor weightHh;
    private final Tensor biasIh;
    private final Tensor biasHh;
    private final long hidden;

    GruLayer(Tensor weightIh, Tensor weightHh, Tensor biasIh, Tensor biasHh) {
        this.weightIh = weightIh.detach();
        this.weightHh = weightHh.detach();
        this.biasIh = biasIh.detach();
        this.biasHh = biasHh.detach();
        this.hidden = weightHh.size(1);
    }

    /**
     * @param input {@code [T, B, I]}
     * @param start {@code [B, H]} state before the first step
     */
    Trace forward(Tensor input, Tensor start) {
        long steps = input.size(0);
        long lanes = input.size(1);
        // The biases of r and z only ever occur in sum.
        Tensor bias = biasIh.clone();
        bias.narrow(0, 0, 2 * hidden).add_(biasHh.narrow(0, 0, 2 * hidden));
        Tensor fromInput = torch.linear(input, weightIh, bias);
        Tensor gates = fromInput.narrow(2, 0, 2 * hidden).contiguous();
        Tensor candidate = fromInput.narrow(2, 2 * hidden, hidden).contiguous();
        Tensor recurrent = torch.empty(new long[] {steps, lanes, hidden}, input.options(), null);
        Tensor states = torch.empty(new long[] {steps + 1, lanes, hidden}, input.options(), null);
        states.select(0, 0).copy_(start);
        Tensor transposedGates = weightHh.narrow(0, 0, 2 * hidden).t();
        Tensor transposedCandidate = weightHh.narrow(0, 2 * hidden, hidden).t();
        Tensor recurrentBias = biasHh.narrow(0, 2 * hidden, hidden);
        TensorVector gate = gates.unbind(0);
        TensorVector reset = gates.narrow(2, 0, hidden).unbind(0);
        TensorVector update = gates.narrow(2, hidden, hidden).unbind(0);
        TensorVector next = candidate.unbind(0);
        TensorVector carried = recurrent.unbind(0);
        TensorVector state = states.unbind(0);
        for (long t = 0; t < steps; t++) {
            Tensor before = state.get(t);
            gate.get(t).addmm_(before, transposedGates).sigmoid_();
            torch.addmm_out(carried.get(t), recurrentBias, before, transposedCandidate);
            next.get(t).addcmul_(reset.get(t), carried.get(t)).tanh_();
            torch.lerp_out(state.get(t + 1), next.get(t), before, update.get(t));
        }
        return new Trace(
                input,
                states.narrow(0, 0, steps),
                states.narrow(0, 1, steps),
                gates,
                candidate,
                recurrent);
    }

    /**
     * @param gradient {@code [T, B, H]} with respect to the outputs; nothing comes from after the
     *     segment
     */
    Gradients backward(Trace trace, Tensor gradient) {
        long steps = gradient.size(0);
        long lanes = gradient.size(1);
        Scalar one = new Scalar(1.0);
        Tensor reset = trace.gates.narrow(2, 0, hidden);
        Tensor update = trace.gates.narrow(2, hidden, hidden);
        Tensor open = update.neg().add_(one);
        Tensor atCandidate = trace.candidate.mul(trace.candidate).neg_().add_(one).mul_(open);
        // How the sums inside the three gates change the state: gradient = factor * d state.
        Tensor factors =
                torch.empty(new long[] {steps, lanes, 3 * hidden}, gradient.options(), null);
        factors.narrow(2, 0, hidden)
                .copy_(reset.neg().add_(one).mul_(reset).mul_(trace.recurrent).mul_(atCandidate));
        factors.narrow(2, hidden, hidden)
                .copy_(trace.previous.sub(trace.candidate).mul_(update).mul_(open));
        torch.mul_out(factors.narrow(2, 2 * hidden, hidden), atCandidate, reset);

        Tensor states = gradient.clone();
        Tensor recurrent = torch.empty_like(factors);
        TensorVector state = states.unbind(0);
        TensorVector wide = recurrent.view(steps, lanes, 3, hidden).unbind(0);
        TensorVector flat = recurrent.unbind(0);
        TensorVector factor = factors.view(steps, lanes, 3, hidden).unbind(0);
        TensorVector kept = update.unbind(0);
        for (long t = steps - 1; t >= 0; t--) {
            torch.mul_out(wide.get(t), factor.get(t), state.get(t).unsqueeze(1));
            if (t > 0) {
                state.get(t - 1).addcmul_(state.get(t), kept.get(t)).addmm_(flat.get(t), weightHh);
            }
        }
        Tensor recurrentRows = recurrent.view(steps * lanes, 3 * hidden);
        Tensor weightHhGradient =
                recurrentRows.t().mm(trace.previous.reshape(steps * lanes, hidden));
        Tensor biasHhGradient = recurrentRows.sum(0);
        // The input reaches n directly, the state through r.
        recurrent.narrow(2, 2 * hidden, hidden).copy_(states.mul_(atCandidate));
        Tensor rows = recurrentRows;
        long inputs = trace.input.size(2);
        return new Gradients(
                rows.mm(weightIh).view(steps, lanes, inputs),
                rows.t().mm(trace.input.reshape(steps * lanes, inputs)),
                weightHhGradient,
                rows.sum(0),
                biasHhGradient);
    }
}
