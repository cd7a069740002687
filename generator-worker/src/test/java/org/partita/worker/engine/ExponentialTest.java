package org.partita.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class ExponentialTest {

    @Test
    void agreesWithTheStrictLibraryFunction() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 100_000; i++) {
            double x = -700 * Math.pow(random.nextDouble(), 4);

            double exp = Exponential.exp(x);

            assertThat(exp).isCloseTo(StrictMath.exp(x), Percentage.withPercentage(1e-13));
        }
    }

    @Test
    void isOneAtZeroAndNothingFarBelow() {
        assertThat(Exponential.exp(0)).isEqualTo(1);
        assertThat(Exponential.exp(-0.0)).isEqualTo(1);
        assertThat(Exponential.exp(-1e9)).isZero();
        assertThat(Exponential.exp(Double.NEGATIVE_INFINITY)).isZero();
    }
}
