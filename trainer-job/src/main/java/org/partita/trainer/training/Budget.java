package org.partita.trainer.training;

/**
 * How long a run goes on: until so many updates or so many seconds, whichever comes first.
 *
 * @param updates of the whole run, or {@link Integer#MAX_VALUE}
 * @param seconds of the whole run, or infinity
 */
public record Budget(int updates, double seconds) {

    public Budget {
        if (updates < 1) {
            throw new IllegalArgumentException("updates must be at least 1: " + updates);
        }
        if (!(seconds > 0)) {
            throw new IllegalArgumentException("seconds must be positive: " + seconds);
        }
        if (updates == Integer.MAX_VALUE && Double.isInfinite(seconds)) {
            throw new IllegalArgumentException("a run needs an end: updates or minutes");
        }
    }

    /** Share of the run that is done, 0..1. */
    double progress(int updatesDone, double secondsDone) {
        double share = (double) updatesDone / updates;
        return Math.min(1, Math.max(share, secondsDone / seconds));
    }

    /** Whether a run that stands there has come to its end. */
    public boolean isUsedUp(Checkpoint.State reached) {
        return progress(reached.update(), reached.seconds()) >= 1;
    }
}
