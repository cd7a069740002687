package org.partita.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.partita.protocol.Sampling;

class TruncatedSamplerTest {

    private static final int CANDIDATES = 6;

    /** Probabilities 1/2, 1/4, 1/8, 1/16, 1/32, 1/32 in a shuffled order. */
    private static final float[] LOGITS = logs(0.125, 0.5, 0.03125, 0.25, 0.0625, 0.03125);

    @Test
    void drawsInProportionToTheSoftmax() {
        double[] shares = shares(new Sampling(1, 0, 1, 0), allLegal());

        assertThat(shares)
                .containsExactly(
                        new double[] {0.125, 0.5, 0.03125, 0.25, 0.0625, 0.03125}, within(0.001));
    }

    @Test
    void neverChoosesWhatIsNotLegal() {
        boolean[] legal = allLegal();
        legal[1] = false;

        double[] shares = shares(new Sampling(1, 0, 1, 0), legal);

        assertThat(shares)
                .containsExactly(new double[] {0.25, 0, 0.0625, 0.5, 0.125, 0.0625}, within(0.001));
    }

    @Test
    void temperatureFlattensOrSharpens() {
        double[] shares = shares(new Sampling(0.5, 0, 1, 0), allLegal());

        // Squares of the probabilities, normalised.
        double total = 0.25 + 0.0625 + 0.015625 + 0.00390625 + 2 * 0.0009765625;
        assertThat(shares[1]).isCloseTo(0.25 / total, within(0.001));
        assertThat(shares[3]).isCloseTo(0.0625 / total, within(0.001));
    }

    @Test
    void temperatureZeroTakesTheLikeliest() {
        assertThat(shares(new Sampling(0, 0, 1, 0), allLegal())[1]).isEqualTo(1);
    }

    @Test
    void topKKeepsThatManyAndPrefersTheLowerIndexAmongEquals() {
        assertThat(shares(new Sampling(1, 2, 1, 0), allLegal()))
                .containsExactly(new double[] {0, 2 / 3.0, 0, 1 / 3.0, 0, 0}, within(0.001));
        assertThat(shares(new Sampling(1, 5, 1, 0), allLegal())[2]).isPositive();
        assertThat(shares(new Sampling(1, 5, 1, 0), allLegal())[5]).isZero();
    }

    @Test
    void topPKeepsTheFewestThatHoldTheMass() {
        assertThat(shares(new Sampling(1, 0, 0.75, 0), allLegal()))
                .containsExactly(new double[] {0, 2 / 3.0, 0, 1 / 3.0, 0, 0}, within(0.001));
        assertThat(shares(new Sampling(1, 0, 0.76, 0), allLegal())[0]).isPositive();
        assertThat(shares(new Sampling(1, 0, 0.01, 0), allLegal())[1]).isEqualTo(1);
    }

    @Test
    void minPDropsWhatIsMuchLessLikelyThanTheLikeliest() {
        assertThat(shares(new Sampling(1, 0, 1, 0.3), allLegal()))
                .containsExactly(new double[] {0, 2 / 3.0, 0, 1 / 3.0, 0, 0}, within(0.001));
    }

    /** A topK of all takes nothing away, but every candidate is looked at. */
    @Test
    void whatMinPDropsNeedNotBeLookedAt() {
        SplittableRandom random = new SplittableRandom(8);
        int count = 240;
        float[] logits = new float[count];
        boolean[] legal = new boolean[count];
        Arrays.fill(legal, true);
        for (int round = 0; round < 2_000; round++) {
            for (int i = 0; i < count; i++) {
                logits[i] = (float) random.nextDouble(-12, 12);
            }
            double minP = Math.pow(10, random.nextDouble(-6, 0));
            double uniform = random.nextDouble();
            Sampler some = new TruncatedSampler(new Sampling(1.07, 0, 1, minP), count);
            Sampler all = new TruncatedSampler(new Sampling(1.07, count, 1, minP), count);

            assertThat(some.choose(logits, legal, count, uniform))
                    .isEqualTo(all.choose(logits, legal, count, uniform));
        }
    }

    @Test
    void refusesWhenNothingIsLegalOrTheModelIsBroken() {
        Sampler sampler = new TruncatedSampler(Sampling.DEFAULT, CANDIDATES);

        assertThatThrownBy(() -> sampler.choose(LOGITS, new boolean[CANDIDATES], CANDIDATES, 0.5))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("legal");
        float[] broken = LOGITS.clone();
        broken[3] = Float.NaN;
        assertThatThrownBy(() -> sampler.choose(broken, allLegal(), CANDIDATES, 0.5))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("NaN");
        float[] overflowed = LOGITS.clone();
        overflowed[3] = Float.POSITIVE_INFINITY;
        Sampler cutting = new TruncatedSampler(new Sampling(1, 0, 0.9, 0), CANDIDATES);
        assertThatThrownBy(() -> cutting.choose(overflowed, allLegal(), CANDIDATES, 0.5))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Infinity");
    }

    @Test
    void holdsItsLawsForRandomLogitsAndSettings() {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 20_000; round++) {
            int count = 1 + random.nextInt(240);
            float[] logits = new float[count];
            boolean[] legal = new boolean[count];
            for (int i = 0; i < count; i++) {
                // Coarse, so that equal logits are frequent.
                logits[i] = random.nextInt(-40, 40) / 4f;
                legal[i] = random.nextBoolean();
            }
            legal[random.nextInt(count)] = true;
            Sampling sampling =
                    new Sampling(
                            random.nextInt(9) / 4.0,
                            random.nextInt(241),
                            random.nextDouble(0.01, 1),
                            random.nextInt(4) == 0 ? random.nextDouble() : 0);
            Sampler sampler = new TruncatedSampler(sampling, count);
            double uniform = random.nextInt(10) == 0 ? Math.nextDown(1.0) : random.nextDouble();

            int chosen = sampler.choose(logits, legal, count, uniform);

            assertThat(legal[chosen]).isTrue();
            assertThat(sampler.choose(logits, legal, count, uniform)).isEqualTo(chosen);
            int likelier = 0;
            for (int i = 0; i < count; i++) {
                if (legal[i] && logits[i] > logits[chosen]) {
                    likelier++;
                }
            }
            if (sampling.topK() > 0) {
                assertThat(likelier).isLessThan(sampling.topK());
            }
            if (sampling.temperature() == 0) {
                assertThat(likelier).isZero();
            }
        }
    }

    private static double[] shares(Sampling sampling, boolean[] legal) {
        Sampler sampler = new TruncatedSampler(sampling, CANDIDATES);
        double[] shares = new double[CANDIDATES];
        int draws = 20_000;
        for (int i = 0; i < draws; i++) {
            shares[sampler.choose(LOGITS, legal, CANDIDATES, (i + 0.5) / draws)] += 1.0 / draws;
        }
        for (int i = 0; i < CANDIDATES; i++) {
            shares[i] = Math.round(shares[i] * 1e9) / 1e9;
        }
        return shares;
    }

    private static boolean[] allLegal() {
        boolean[] legal = new boolean[CANDIDATES];
        Arrays.fill(legal, true);
        return legal;
    }

    private static float[] logs(double... probabilities) {
        float[] logits = new float[probabilities.length];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) (3 + Math.log(probabilities[i]));
        }
        return logits;
    }
}
