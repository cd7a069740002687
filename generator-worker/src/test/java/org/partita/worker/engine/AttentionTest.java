package org.partita.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttentionTest {

    private final SplittableRandom random = new SplittableRandom(1);

    @ParameterizedTest(
            name = "{0} heads, {1} of {2} slots, keys of {3}, values of {4}, scores x {5}")
    @CsvSource({
        "4, 1, 512, 96, 64, 1",
        "4, 511, 512, 96, 64, 1",
        "4, 700, 512, 96, 64, 1",
        "4, 512, 512, 96, 64, 40",
        "1, 33, 33, 7, 5, 1",
        "6, 90, 40, 8, 33, 3"
    })
    void isTheMeanOfTheValuesWeightedByTheSoftmaxOfTheScores(
            int heads, int events, int slots, int keyWidth, int valueWidth, float spread) {
        // Given
        AttentionRing.Shape shape = new AttentionRing.Shape(slots, keyWidth, valueWidth);
        AttentionRing ring = new AttentionRing(shape);
        float[][] keys = new float[events][];
        float[][] values = new float[events][];
        for (int event = 0; event < events; event++) {
            keys[event] = numbers(keyWidth, 1);
            values[event] = numbers(valueWidth, 1);
            ring.keep(event, FloatBuffer.wrap(keys[event]), FloatBuffer.wrap(values[event]), 0);
        }
        Attention attention = new Attention(heads, shape);
        float[] query = numbers(heads * keyWidth, spread);
        System.arraycopy(query, 0, attention.query(), 0, query.length);
        float[] mixed = new float[heads * valueWidth];
        // When
        attention.attend(ring, ring.filled(events), mixed);
        // Then
        double[] expected = expected(query, keys, values, Math.max(0, events - slots), heads);
        for (int i = 0; i < mixed.length; i++) {
            assertThat((double) mixed[i]).isCloseTo(expected[i], within(2e-5));
        }
    }

    /** By the definition, in double precision, of the events from {@code first} on. */
    private static double[] expected(
            float[] query, float[][] keys, float[][] values, int first, int heads) {
        int keyWidth = keys[0].length;
        int valueWidth = values[0].length;
        double[] mixed = new double[heads * valueWidth];
        for (int head = 0; head < heads; head++) {
            double[] scores = new double[keys.length];
            double largest = Double.NEGATIVE_INFINITY;
            for (int event = first; event < keys.length; event++) {
                for (int i = 0; i < keyWidth; i++) {
                    scores[event] += (double) query[head * keyWidth + i] * keys[event][i];
                }
                largest = Math.max(largest, scores[event]);
            }
            double sum = 0;
            for (int event = first; event < keys.length; event++) {
                scores[event] = Math.exp(scores[event] - largest);
                sum += scores[event];
            }
            for (int event = first; event < keys.length; event++) {
                for (int i = 0; i < valueWidth; i++) {
                    mixed[head * valueWidth + i] += scores[event] / sum * values[event][i];
                }
            }
        }
        return mixed;
    }

    private float[] numbers(int count, float spread) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = spread * (float) random.nextGaussian();
        }
        return numbers;
    }
}
