package org.partita.protocol;

/**
 * An inclusive range of pitches.
 *
 * @param lowest MIDI key number, 0..127
 * @param highest MIDI key number, not below {@code lowest}
 */
public record PitchRange(int lowest, int highest) {

    public static final WholeRange LOWEST = new WholeRange("lowest", 0, 127);
    public static final WholeRange HIGHEST = new WholeRange("highest", 0, 127);

    public PitchRange {
        LOWEST.check(lowest);
        HIGHEST.check(highest);
        if (lowest > highest) {
            throw new IllegalArgumentException(
                    "lowest must not be above highest: " + lowest + " > " + highest);
        }
    }

    public boolean contains(int pitch) {
        return pitch >= lowest && pitch <= highest;
    }

    @Override
    public String toString() {
        return lowest + ".." + highest;
    }
}
