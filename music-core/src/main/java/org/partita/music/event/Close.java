package org.partita.music.event;

import org.partita.music.Key;

/**
 * How a piece of known length is brought home. Its last notes, or those of its last whole note of
 * time, are tones of the tonic triad; at the very end the tonic is the lowest note that sounds, and
 * the movement rests for a quarter note. The model prepares an end that it is told, but seldom
 * reaches the tonic by itself. Only choices are taken away, and none where nothing would be left.
 */
public final class Close {

    /** How many last notes belong to the triad, where the length is a number of notes. */
    public static final int NOTES = 8;

    /** For how many last steps notes belong to the triad, where the length is a time. */
    public static final int STEPS = Grid.STEPS_PER_WHOLE;

    /** Steps that the last note lasts at least, or before the end of a time no frame begins. */
    public static final int REST_STEPS = Grid.STEPS_PER_QUARTER;

    /** A piece of fewer notes is left as it is: there is hardly a key to come home to. */
    public static final int SHORTEST_NOTES = 24;

    /** A piece of a shorter time is left as it is. */
    public static final int SHORTEST_STEPS = 4 * Grid.STEPS_PER_WHOLE;

    private Close() {}

    /** Whether this many notes, or steps, before its end a piece is closing; −1 is unknown. */
    public static boolean isNear(int notesToCome, long stepsToCome) {
        return (notesToCome >= 1 && notesToCome <= NOTES)
                || (stepsToCome >= 1 && stepsToCome <= STEPS);
    }

    /**
     * Whether the tonic is the lowest note after a pitch was struck.
     *
     * @param lowest that sounded before, {@link Vocabulary#PITCHES} if none
     */
    public static boolean grounds(Key key, int pitch, int lowest) {
        return key.isTonic(Math.min(pitch, lowest));
    }

    /** Whether a last note of this duration is held long enough. */
    public static boolean holds(int durationSteps) {
        return durationSteps >= REST_STEPS;
    }

    /** Whether an advance would end in the rest before the end of a time. */
    public static boolean entersRest(long stepsToCome, int advance) {
        long left = stepsToCome - advance;
        return left >= 1 && left < REST_STEPS;
    }
}
