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
 * double precision in one fixed order, so equal logits give equal choices on every machine. What is
 * e<sup>-37</sup> times as likely as the likeliest, less than a draw of 53 bits can tell from
 * nothing, has no chance. Keeps scratch space: not thread-safe.
 *
 * <p>Candidates are put in order only as far as the cuts look at them: first by a coarse rank, and
 * exactly only within the ranks before the last one kept.
 */
final class TruncatedSampler implements Sampler {

    private static final double NEGLIGIBLE = -37;

    // A quarter of a nat each; the last rank holds all that is left.
    private static final int RANKS = 64;
    private static final double RANKS_PER_NAT = 4;

    // Well over what rounding moves a logarithm by.
    private static final double MARGIN = 1e-3;

    private final Sampling sampling;

    /** Candidates further below the likeliest, in nats, are not looked at. */
    private final double lowest;

    // The legal candidates that have a chance, by rising index.
    private final int[] candidates;
    private final double[] weights;
    private final byte[] ranks;
    private final int[] rankStart = new int[RANKS];

    /** Numbers of candidates, likeliest first, as far as {@link #sorted} says. */
    private final long[] order;

    private int sorted;
    private int size;

    /**
     * @param sampling how to cut off
     * @param capacity the most candidates there will be
     */
    TruncatedSampler(Sampling sampling, int capacity) {
        this.sampling = sampling;
        // The cuts before minP look at what it takes away.
        boolean first = sampling.topK() == 0 && sampling.topP() == 1;
        lowest = first ? Math.max(NEGLIGIBLE, Math.log(sampling.minP()) - MARGIN) : NEGLIGIBLE;
        candidates = new int[capacity];
        weights = new double[capacity];
        ranks = new byte[capacity];
        order = new long[capacity];
    }

    @Override
    public int choose(float[] logits, boolean[] legal, int count, double uniform) {
        int likeliest = likeliest(logits, legal, count);
        if (sampling.temperature() == 0) {
            return likeliest;
        }
        double top = logits[likeliest];
        int size = 0;
        for (int i = 0; i < count; i++) {
            double below = legal[i] ? (logits[i] - top) / sampling.temperature() : NEGLIGIBLE;
            if (below > lowest) {
                candidates[size] = i;
                weights[size] = Exponential.exp(below);
                ranks[size] = (byte) Math.min(-below * RANKS_PER_NAT, RANKS - 1);
                size++;
            }
        }
        keepLikeliest(logits, size);
        double total = 0;
        for (int i = 0; i < size; i++) {
            // The likeliest candidate's weight is 1.
            if (weights[i] < sampling.minP()) {
                weights[i] = 0;
            }
            total += weights[i];
        }
        double threshold = uniform * total;
        double passed = 0;
        for (int i = 0; i < size; i++) {
            passed += weights[i];
            if (weights[i] > 0 && passed > threshold) {
                return candidates[i];
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
        if (Float.isInfinite(logits[likeliest])) {
            throw new IllegalStateException(
                    "the model answered %s for candidate %d"
                            .formatted(logits[likeliest], likeliest));
        }
        return likeliest;
    }

    private void keepLikeliest(float[] logits, int size) {
        boolean cutsCount = sampling.topK() > 0 && sampling.topK() < size;
        boolean cutsMass = sampling.topP() < 1;
        if (!cutsCount && !cutsMass) {
            return;
        }
        orderByRank(logits, size);
        int kept = cutsCount ? sampling.topK() : size;
        if (cutsMass) {
            double total = 0;
            for (int i = 0; i < kept; i++) {
                // Where all are kept, their order does not matter.
                total += weights[cutsCount ? at(i) : i];
            }
            double wanted = sampling.topP() * total;
            double held = 0;
            int place = 0;
            while (place < kept && held < wanted) {
                held += weights[at(place++)];
            }
            kept = Math.max(1, place);
        }
        // The last one kept must be the right one of its rank.
        at(kept - 1);
        for (int place = kept; place < size; place++) {
            weights[(int) order[place]] = 0;
        }
    }

    /** Puts the candidates in order of their coarse ranks. */
    private void orderByRank(float[] logits, int size) {
        // Counting sort: first each rank's end, which comes down to its start as it fills.
        Arrays.fill(rankStart, 0);
        for (int i = 0; i < size; i++) {
            rankStart[ranks[i]]++;
        }
        for (int rank = 1; rank < RANKS; rank++) {
            rankStart[rank] += rankStart[rank - 1];
        }
        for (int i = size - 1; i >= 0; i--) {
            order[--rankStart[ranks[i]]] = (long) fallingKey(logits[candidates[i]]) << 32 | i;
        }
        sorted = 0;
        this.size = size;
    }

    /** The candidate at a place, likeliest first; places are asked for in rising order. */
    private int at(int place) {
        while (place >= sorted) {
            int rank = ranks[(int) order[sorted]];
            int end = rank + 1 < RANKS ? rankStart[rank + 1] : size;
            Arrays.sort(order, sorted, end);
            sorted = end;
        }
        return (int) order[place];
    }

    /** An integer that falls as {@code value} rises; equal for both zeros. */
    private static int fallingKey(float value) {
        int bits = Float.floatToIntBits(value + 0.0f);
        return ~(bits ^ (bits >> 31 & Integer.MAX_VALUE));
    }
}
