package org.partita.worker.engine;

import java.util.Arrays;
import org.partita.protocol.Sampling;

/**
 * Draws from the softmax of the legal candidates, cut off in a fixed order: temperature, then the
 * {@code topK} likeliest, then the fewest likeliest that hold {@code topP} of what is left
 * (Holtzman et al., 2020), then those at least {@code minP} times as likely as the likeliest
 * (Nguyen et al., 2024).
 *
 * <p>Of equally likely candidates the one with the lower index counts as likelier. All sums are
 * double precision in one fixed order, so equal logits give equal choices on every machine. Keeps
 * scratch space: not thread-safe.
 */
final class TruncatedSampler implements Sampler {

    private final Sampling sampling;
    private final double[] weights;
    private final long[] order;

    /**
     * @param sampling how to cut off
     * @param capacity the most candidates there will be
     */
    TruncatedSampler(Sampling sampling, int capacity) {
        this.sampling = sampling;
        weights = new double[capacity];
        order = new long[capacity];
    }

    @Override
    public int choose(float[] logits, boolean[] legal, int count, double uniform) {
        int likeliest = likeliest(logits, legal, count);
        if (sampling.temperature() == 0) {
            return likeliest;
        }
        double top = logits[likeliest];
        for (int i = 0; i < count; i++) {
            weights[i] = legal[i] ? Exponential.exp((logits[i] - top) / sampling.temperature()) : 0;
        }
        keepLikeliest(logits, legal, count);
        double total = 0;
        for (int i = 0; i < count; i++) {
            // The likeliest candidate's weight is 1.
            if (weights[i] < sampling.minP()) {
                weights[i] = 0;
            }
            total += weights[i];
        }
        double threshold = uniform * total;
        double passed = 0;
        for (int i = 0; i < count; i++) {
            passed += weights[i];
            if (weights[i] > 0 && passed > threshold) {
                return i;
            }
        }
        // Only where rounding made the threshold equal to the total.
        return likeliest;
    }

    private static int likeliest(float[] logits, boolean[] legal, int count) {
        int likeliest = -1;
        for (int i = 0; i < count; i++) {
            if (!legal[i]) {
                continue;
            }
            if (Float.isNaN(logits[i])) {
                throw new IllegalStateException("the model answered NaN for candidate " + i);
            }
            if (likeliest < 0 || logits[i] > logits[likeliest]) {
                likeliest = i;
            }
        }
        if (likeliest < 0) {
            throw new IllegalStateException("no candidate is legal");
        }
        return likeliest;
    }

    private void keepLikeliest(float[] logits, boolean[] legal, int count) {
        boolean cutsCount = sampling.topK() > 0 && sampling.topK() < count;
        boolean cutsMass = sampling.topP() < 1;
        if (!cutsCount && !cutsMass) {
            return;
        }
        int candidates = 0;
        for (int i = 0; i < count; i++) {
            if (legal[i]) {
                order[candidates++] = (long) fallingKey(logits[i]) << 32 | i;
            }
        }
        Arrays.sort(order, 0, candidates);
        int kept = cutsCount ? Math.min(sampling.topK(), candidates) : candidates;
        if (cutsMass) {
            double total = 0;
            for (int rank = 0; rank < kept; rank++) {
                total += weights[(int) order[rank]];
            }
            double wanted = sampling.topP() * total;
            double held = 0;
            int rank = 0;
            while (rank < kept && held < wanted) {
                held += weights[(int) order[rank++]];
            }
            kept = Math.max(1, rank);
        }
        for (int rank = kept; rank < candidates; rank++) {
            weights[(int) order[rank]] = 0;
        }
    }

    /** An integer that falls as {@code value} rises; equal for both zeros. */
    private static int fallingKey(float value) {
        int bits = Float.floatToIntBits(value + 0.0f);
        return ~(bits ^ (bits >> 31 & Integer.MAX_VALUE));
    }
}
