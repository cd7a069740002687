package org.partita.trainer.evaluate;

import java.util.Arrays;

/** Exact negative log-probabilities from float logits, in double precision. */
final class Softmax {

    private Softmax() {}

    /**
     * Nats of {@code target} among {@code count} classes whose logits begin at {@code offset}.
     *
     * @param legal at {@code legalOffset + i} whether class i can happen at all
     */
    static double nats(
            float[] logits, int offset, int count, boolean[] legal, int legalOffset, int target) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            if (legal[legalOffset + i]) {
                highest = Math.max(highest, logits[offset + i]);
            }
        }
        double sum = 0;
        for (int i = 0; i < count; i++) {
            if (legal[legalOffset + i]) {
                sum += Math.exp(logits[offset + i] - highest);
            }
        }
        return highest + Math.log(sum) - logits[offset + target];
    }

    /** The same where every class can happen. */
    static double nats(float[] logits, int offset, int count, int target) {
        boolean[] all = new boolean[count];
        Arrays.fill(all, true);
        return nats(logits, offset, count, all, 0, target);
    }
}
