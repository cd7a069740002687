package org.partita.trainer.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SampleTest {

    @Test
    void intervalOfAQuantileHoldsTheTrueOneInNearlyAllSamples() {
        // Given: numbers of 0 to 1, of which 0.95 is the 95 % quantile
        SplittableRandom random = new SplittableRandom(4);
        int held = 0;

        // When
        for (int i = 0; i < 100; i++) {
            Sample sample = Sample.of(random.doubles(300).toArray());
            double[] interval = sample.quantileInterval(0.95, random);
            held += interval[0] <= 0.95 && 0.95 <= interval[1] ? 1 : 0;
        }

        // Then
        assertThat(held).isBetween(85, 100);
    }

    @Test
    void intervalIsNarrowerWithMoreNumbers() {
        double[] numbers = new SplittableRandom(5).doubles(2000).toArray();
        Sample many = Sample.of(numbers);
        Sample few = Sample.of(Arrays.copyOf(numbers, 50));

        assertThat(width(many)).isLessThan(width(few));
    }

    private static double width(Sample sample) {
        double[] interval = sample.quantileInterval(0.95, new SplittableRandom(6));
        return interval[1] - interval[0];
    }
}
