package org.partita.music.event;

/**
 * A note on the grid.
 *
 * @param part index into the score's parts, 0..15
 * @param pitch MIDI key number, 0..127
 * @param velocity MIDI velocity, 1..127
 * @param startStep steps from the beginning of the piece
 * @param durationSteps at least one step
 */
public record GridNote(int part, int pitch, int velocity, int startStep, int durationSteps) {

    public GridNote {
        requireRange("part", part, 0, Vocabulary.MAX_PARTS - 1);
        requireRange("pitch", pitch, 0, 127);
        requireRange("velocity", velocity, 1, 127);
        requireRange("startStep", startStep, 0, Grid.MAX_STEPS);
        requireRange("durationSteps", durationSteps, 1, Integer.MAX_VALUE / 2);
    }

    private static void requireRange(String name, int value, int low, int high) {
        if (value < low || value > high) {
            throw new IllegalArgumentException(
                    name + " out of range " + low + ".." + high + ": " + value);
        }
    }

    public int endStep() {
        return startStep + durationSteps;
    }
}
