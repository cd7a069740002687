package org.partita.trainer.training;

import java.util.random.RandomGenerator;

/** Pieces of one form of events, to be learnt or to be judged by. */
public interface Repertoire {

    /** How far a piece is moved to vary it, in semitones: every key once. */
    int LOWEST_SHIFT = -5;

    int HIGHEST_SHIFT = 6;

    EventForm form();

    /** Number of pieces. */
    int pieces();

    /**
     * A piece to learn from.
     *
     * @param random decides how it is varied, as far as {@code config} wants that
     */
    Reading varied(int piece, TrainingConfig config, RandomGenerator random);

    /** A piece as it is, no further than this many events. */
    Reading plain(int piece, int mostEvents);
}
