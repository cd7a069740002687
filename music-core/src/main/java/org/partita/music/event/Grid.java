package org.partita.music.event;

/**
 * The metric grid: 24 steps a quarter note, so that thirty-second notes and all triplets down to
 * thirty-second triplets fall on it exactly.
 */
public final class Grid {

    public static final int STEPS_PER_QUARTER = 24;
    public static final int STEPS_PER_WHOLE = 4 * STEPS_PER_QUARTER;

    /** The longest piece the grid holds, in steps: 100,000 bars of 4/4, as a MIDI file does. */
    public static final int MAX_STEPS = 400_000 * STEPS_PER_QUARTER;

    private Grid() {}
}
