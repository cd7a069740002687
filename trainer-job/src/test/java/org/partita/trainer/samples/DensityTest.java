package org.partita.trainer.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class DensityTest {

    @Test
    void equalSamplesOverlapWholly() {
        double[] values = normal(1, 500, 0);

        Density.Comparison same = Density.compare(values, values);

        assertThat(same.overlapArea()).isEqualTo(1, within(1e-3));
        assertThat(same.divergence()).isEqualTo(0, within(1e-9));
    }

    @Test
    void samplesFarApartDoNotOverlap() {
        Density.Comparison apart = Density.compare(normal(1, 500, 0), normal(2, 500, 50));

        assertThat(apart.overlapArea()).isLessThan(1e-3);
        assertThat(apart.divergence()).isGreaterThan(10);
    }

    @Test
    void normalDensitiesTwoDeviationsApartOverlapByTheirTails() {
        // Twice the normal distribution's value at -1, and half the squared distance of the means;
        // the kernels widen both densities by a sixteenth of the variance or so.
        Density.Comparison near = Density.compare(normal(1, 20_000, 0), normal(2, 20_000, 2));

        assertThat(near.overlapArea()).isEqualTo(2 * 0.1587, within(0.02));
        assertThat(near.divergence()).isEqualTo(2, within(0.15));
    }

    @Test
    void constantsAreComparedByTheirValue() {
        double[] five = {5, 5, 5};

        assertThat(Density.compare(five, five).overlapArea()).isEqualTo(1, within(1e-2));
        assertThat(Density.compare(five, new double[] {9, 9}).overlapArea())
                .isEqualTo(0, within(1e-2));
    }

    private static double[] normal(long seed, int count, double mean) {
        SplittableRandom random = new SplittableRandom(seed);
        return DoubleStream.generate(() -> mean + random.nextGaussian()).limit(count).toArray();
    }
}
