package org.partita.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

final class GruLayerTest {

    private static final long STEPS = 7;
    private static final long LANES = 3;
    private static final long INPUTS = 5;
    private static final long HIDDEN = 4;

    @Test
    void outputsAndGradientsAreThoseOfLibtorchsOwnGru() {
        try (PointerScope _ = new PointerScope()) {
            // Given
            torch.manual_seed(7);
            Tensor input = torch.randn(STEPS, LANES, INPUTS).requires_grad_(true);
            Tensor start = torch.randn(LANES, HIDDEN);
            Tensor weightIh = torch.randn(3 * HIDDEN, INPUTS).requires_grad_(true);
            Tensor weightHh = torch.randn(3 * HIDDEN, HIDDEN).requires_grad_(true);
            Tensor biasIh = torch.randn(3 * HIDDEN).requires_grad_(true);
            Tensor biasHh = torch.randn(3 * HIDDEN).requires_grad_(true);
            Tensor gradient = torch.randn(STEPS, LANES, HIDDEN);
            T_TensorTensor_T expected =
                    torch.gru(
                            input,
                            start.unsqueeze(0),
                            new TensorVector(weightIh, weightHh, biasIh, biasHh),
                            true,
                            1,
                            0.0,
                            true,
                            false,
                            false);
            expected.get0().mul(gradient).sum().backward();

            // When
            GruLayer.Trace trace;
            GruLayer.Gradients found;
            try (NoGradGuard _ = new NoGradGuard()) {
                GruLayer layer = new GruLayer(weightIh, weightHh, biasIh, biasHh);
                trace = layer.forward(input.detach(), start);
                found = layer.backward(trace, gradient);
            }

            // Then
            assertThat(distance(trace.output(), expected.get0())).isLessThan(1e-5);
            assertThat(distance(found.input(), input.grad())).isLessThan(1e-4);
            assertThat(distance(found.weightIh(), weightIh.grad())).isLessThan(1e-4);
            assertThat(distance(found.weightHh(), weightHh.grad())).isLessThan(1e-4);
            assertThat(distance(found.biasIh(), biasIh.grad())).isLessThan(1e-4);
            assertThat(distance(found.biasHh(), biasHh.grad())).isLessThan(1e-4);
        }
    }

    private static double distance(Tensor a, Tensor b) {
        return a.detach().sub(b.detach()).abs().max().item_double();
    }
}
