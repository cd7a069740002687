package org.partita.trainer.training;

/**
 * The learning rate over a run: a linear warm-up, then half a cosine down to its final share.
 *
 * @param peak highest rate
 * @param warmUpUpdates updates to reach it
 * @param finalShare share of it left at the end
 */
record Schedule(double peak, int warmUpUpdates, double finalShare) {

    /**
     * @param update number of the update, from 1
     * @param progress share of the run that is done, 0..1
     */
    double rate(int update, double progress) {
        double warm = Math.min(1, update / (double) Math.max(1, warmUpUpdates));
        double cosine = 0.5 * (1 + Math.cos(Math.PI * Math.clamp(progress, 0, 1)));
        return peak * warm * (finalShare + (1 - finalShare) * cosine);
    }
}
