package org.partita.trainer.ngram;

import java.util.Arrays;

/**
 * All interpolated Witten-Bell models up to an order at once (Witten and Bell 1991; Bell, Cleary
 * and Witten 1990, method C):
 *
 * <pre>
 * P_n(x | c) = (N(c, x) + u(c) P_{n-1}(x | c')) / (N(c) + u(c))
 * </pre>
 *
 * with N the counts, u the number of different symbols seen after a context, c' the context without
 * its oldest symbol, and {@code P_0 = 1 / alphabet}. The model of order n sees the n - 1 symbols
 * before and the situation; pieces begin with as many padding symbols as are needed; from the first
 * unseen context on, longer ones are not asked.
 */
public final class WittenBell {

    private static final int PADDING = -1;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final int orders;
    private final CountTable contexts = new CountTable();
    private final CountTable continuations = new CountTable();

    /**
     * @param orders the highest order, at least 1
     */
    public WittenBell(int orders) {
        if (orders < 1) {
            throw new IllegalArgumentException("order must be at least 1: " + orders);
        }
        this.orders = orders;
    }

    public int orders() {
        return orders;
    }

    /** Counts a piece. */
    public void train(Symbols piece) {
        for (int i = 0; i < piece.size(); i++) {
            long context = start(piece.situation(i));
            for (int order = 1; order <= orders; order++) {
                boolean fresh = continuations.add(continuation(context, piece.symbol(i)), 1, 0);
                contexts.add(context, 1, fresh ? 1 : 0);
                context = longer(context, before(piece, i, order));
            }
        }
    }

    /**
     * Writes the probability of one symbol of a piece under each order.
     *
     * @param probabilities receives order n at index n - 1
     */
    public void probabilities(Symbols piece, int index, double[] probabilities) {
        double probability = 1.0 / piece.alphabet(index);
        long context = start(piece.situation(index));
        for (int order = 1; order <= orders; order++) {
            int seen = contexts.find(context);
            if (seen < 0) {
                Arrays.fill(probabilities, order - 1, orders, probability);
                return;
            }
            int follows = continuations.find(continuation(context, piece.symbol(index)));
            double count = follows < 0 ? 0 : continuations.total(follows);
            double different = contexts.distinct(seen);
            probability = (count + different * probability) / (contexts.total(seen) + different);
            probabilities[order - 1] = probability;
            context = longer(context, before(piece, index, order));
        }
    }

    private static int before(Symbols piece, int index, int distance) {
        return distance > index ? PADDING : piece.symbol(index - distance);
    }

    private static long start(int situation) {
        return mixed(situation + 1L);
    }

    private static long longer(long context, int symbol) {
        return mixed(context * 31 + symbol + 2);
    }

    private static long continuation(long context, int symbol) {
        return mixed(~context + symbol * GOLDEN);
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014); never 0. */
    private static long mixed(long value) {
        long z = value * GOLDEN;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        z ^= z >>> 31;
        return z == 0 ? 1 : z;
    }
}
