package org.partita.trainer.training;

/** One piece as pairs of an event and the one after it, read from the beginning. */
public interface Reading {

    boolean finished();

    /** How many pairs were read. */
    int next();

    /** Moves to the next pair. */
    void advance();

    /** Moves on until {@link #next()} is this. */
    default void skipTo(int position) {
        while (next() < position) {
            advance();
        }
    }

    /** Token before the target, at the beginning one that stands for it. */
    int inputToken();

    /** Duration class of the input plus one, 0 if it has none. */
    default int inputDuration() {
        return 0;
    }

    /** Velocity class of the input plus one, 0 if it has none. */
    default int inputVelocity() {
        return 0;
    }

    /** Writes what is known before the target, {@link EventForm#features()} numbers. */
    void writeFeatures(float[] target, int offset);

    /** Writes the musical time, {@link EventForm#phases()} numbers. */
    void writePhase(float[] target, int offset);

    /** Writes for each token whether it may be the target. */
    void legal(boolean[] mask);

    int targetToken();

    /** Whether the target has a duration and a velocity class. */
    default boolean targetIsNote() {
        return false;
    }

    default int targetDuration() {
        return 0;
    }

    default int targetVelocity() {
        return 0;
    }

    /** Whether the target is to be predicted, not only listened to. */
    default boolean targetCounts() {
        return true;
    }
}
