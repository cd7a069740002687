package org.partita.trainer.samples;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/** Numbers of one kind from many pieces; never empty. */
final class Sample {

    private static final int RESAMPLES = 1000;

    private final double[] sorted;

    private Sample(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("a sample needs at least one value");
        }
        sorted = values.clone();
        Arrays.sort(sorted);
    }

    static Sample of(double[] values) {
        return new Sample(values);
    }

    static <T> Sample of(List<T> items, ToDoubleFunction<T> value) {
        return new Sample(items.stream().mapToDouble(value).toArray());
    }

    double mean() {
        return Arrays.stream(sorted).average().orElseThrow();
    }

    /** The value below which a share of the numbers lies, between neighbours by proportion. */
    double quantile(double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    /**
     * Where a quantile lies with 95 % confidence: percentiles of the bootstrap (B. Efron, 1979), of
     * {@value #RESAMPLES} resamples.
     *
     * @return lower and upper end
     */
    double[] quantileInterval(double share, RandomGenerator random) {
        double[] quantiles = new double[RESAMPLES];
        double[] drawn = new double[sorted.length];
        for (int i = 0; i < RESAMPLES; i++) {
            Arrays.setAll(drawn, _ -> sorted[random.nextInt(sorted.length)]);
            quantiles[i] = of(drawn).quantile(share);
        }
        Sample all = of(quantiles);
        return new double[] {all.quantile(0.025), all.quantile(0.975)};
    }

    /** Share of the numbers within two bounds. */
    double shareWithin(double low, double high) {
        return Arrays.stream(sorted).filter(v -> v >= low && v <= high).count()
                / (double) sorted.length;
    }
}
