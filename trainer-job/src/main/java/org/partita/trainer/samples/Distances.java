package org.partita.trainer.samples;

import java.util.List;
import org.partita.music.event.GridScore;

/** Euclidean distances between pieces by one feature, within a set and between two. */
final class Distances {

    private Distances() {}

    /** Every pair of a set once; the set holds at least two pieces. */
    static double[] within(MusicFeature feature, List<GridScore> pieces) {
        double[][] vectors = vectors(feature, pieces);
        double[] distances = new double[vectors.length * (vectors.length - 1) / 2];
        int at = 0;
        for (int i = 0; i < vectors.length; i++) {
            for (int j = 0; j < i; j++) {
                distances[at++] = distance(vectors[i], vectors[j]);
            }
        }
        return distances;
    }

    /** Every piece of one set with every piece of the other. */
    static double[] between(MusicFeature feature, List<GridScore> ones, List<GridScore> others) {
        double[][] left = vectors(feature, ones);
        double[][] right = vectors(feature, others);
        double[] distances = new double[left.length * right.length];
        int at = 0;
        for (double[] one : left) {
            for (double[] other : right) {
                distances[at++] = distance(one, other);
            }
        }
        return distances;
    }

    private static double[][] vectors(MusicFeature feature, List<GridScore> pieces) {
        return pieces.stream().map(feature::of).toArray(double[][]::new);
    }

    private static double distance(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (one[i] - other[i]) * (one[i] - other[i]);
        }
        return Math.sqrt(sum);
    }
}
