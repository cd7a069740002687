package org.partita.music.event;

import java.util.Arrays;

/**
 * The durations a note can have on the grid: every step up to a quarter note, then musical values
 * up to four whole notes.
 */
public final class Durations {

    private static final int[] STEPS = {
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, //
        28, 30, 32, 36, 40, 42, 48, 54, 60, 64, 66, 72, 80, 84, 90, 96, 108, 120, 144, 168, //
        192, 240, 288, 384
    };

    /** How many duration classes there are. */
    public static final int COUNT = STEPS.length;

    private Durations() {}

    /** Steps of a class in 0..{@link #COUNT}-1. */
    public static int steps(int durationClass) {
        return STEPS[durationClass];
    }

    /** The class of a duration that is exactly on the list. */
    public static int exactClass(int steps) {
        int index = Arrays.binarySearch(STEPS, steps);
        if (index < 0) {
            throw new IllegalArgumentException("no duration class has " + steps + " steps");
        }
        return index;
    }

    /** The class nearest to {@code steps} that does not exceed {@code limitSteps} (at least 1). */
    public static int nearestClass(int steps, int limitSteps) {
        int wanted = Math.min(steps, limitSteps);
        int index = Arrays.binarySearch(STEPS, wanted);
        if (index >= 0) {
            return index;
        }
        int above = -index - 1;
        if (above == 0) {
            return 0;
        }
        boolean aboveFits = above < COUNT && STEPS[above] <= limitSteps;
        return aboveFits && STEPS[above] - wanted < wanted - STEPS[above - 1] ? above : above - 1;
    }
}
