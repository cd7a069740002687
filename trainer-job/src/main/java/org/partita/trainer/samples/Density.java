package org.partita.trainer.samples;

import java.util.Arrays;

/**
 * The density that a sample speaks for: Gaussian kernels as wide as Scott's rule says, as mgeval
 * takes them from SciPy.
 */
final class Density {

    private static final int GRID = 1000;

    /** Kernels reach this many widths; beyond lies less than a millionth. */
    private static final double REACH = 5;

    /** Keeps the logarithm finite where one density has vanished. */
    private static final double LEAST = 1e-12;

    private final double[] sorted;
    private final double width;

    private Density(double[] values, double leastWidth) {
        sorted = values.clone();
        Arrays.sort(sorted);
        double mean = Arrays.stream(sorted).average().orElse(0);
        double squares = Arrays.stream(sorted).map(v -> (v - mean) * (v - mean)).sum();
        double deviation = Math.sqrt(squares / Math.max(1, sorted.length - 1));
        width = Math.max(leastWidth, deviation * Math.pow(sorted.length, -0.2));
    }

    /**
     * How two samples compare.
     *
     * @param overlapArea area below both densities: 1 where they are equal, 0 where they are apart
     * @param divergence of the second density from the first (Kullback and Leibler), in nats
     */
    record Comparison(double overlapArea, double divergence) {}

    /** Compares two samples on one grid that spans both; neither may be empty. */
    static Comparison compare(double[] first, double[] second) {
        double low = Math.min(min(first), min(second));
        double high = Math.max(max(first), max(second));
        // Where all values are equal a density does not exist; a thin bar stands for it.
        double leastWidth = Math.max(1e-9, (high - low) / GRID);
        Density p = new Density(first, leastWidth);
        Density q = new Density(second, leastWidth);
        double margin = REACH * Math.max(p.width, q.width);
        double from = low - margin;
        double step = (high - low + 2 * margin) / (GRID - 1);
        double overlap = 0;
        double divergence = 0;
        for (int i = 0; i < GRID; i++) {
            double at = from + i * step;
            double pAt = p.at(at);
            double qAt = q.at(at);
            overlap += Math.min(pAt, qAt) * step;
            divergence += pAt * Math.log((pAt + LEAST) / (qAt + LEAST)) * step;
        }
        return new Comparison(overlap, Math.max(0, divergence));
    }

    private double at(double x) {
        int low = firstFrom(x - REACH * width);
        int high = firstFrom(x + REACH * width);
        double sum = 0;
        for (int i = low; i < high; i++) {
            double z = (x - sorted[i]) / width;
            sum += Math.exp(-z * z / 2);
        }
        return sum / (sorted.length * width * Math.sqrt(2 * Math.PI));
    }

    private int firstFrom(double x) {
        int place = Arrays.binarySearch(sorted, x);
        if (place < 0) {
            return -place - 1;
        }
        while (place > 0 && sorted[place - 1] == x) {
            place--;
        }
        return place;
    }

    private static double min(double[] values) {
        return Arrays.stream(values).min().orElseThrow();
    }

    private static double max(double[] values) {
        return Arrays.stream(values).max().orElseThrow();
    }
}
