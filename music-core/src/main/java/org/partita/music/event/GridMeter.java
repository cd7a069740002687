package org.partita.music.event;

/**
 * From {@code startStep} on, bars are {@code numerator}/{@code denominator}; a bar begins there.
 */
public record GridMeter(int startStep, int numerator, int denominator) {

    public static final GridMeter COMMON_TIME = new GridMeter(0, 4, 4);

    public GridMeter {
        if (startStep < 0) {
            throw new IllegalArgumentException("startStep must not be negative: " + startStep);
        }
        if (numerator < 1 || numerator > 255) {
            throw new IllegalArgumentException("numerator out of range 1..255: " + numerator);
        }
        if (denominator < 1 || denominator > 64 || Integer.bitCount(denominator) != 1) {
            throw new IllegalArgumentException(
                    "denominator must be a power of two from 1 to 64: " + denominator);
        }
    }

    /** Length of a bar in steps, rounded where the meter is finer than the grid. */
    public int stepsPerBar() {
        return Math.max(
                1,
                Math.toIntExact(
                        Math.round((double) numerator * Grid.STEPS_PER_WHOLE / denominator)));
    }
}
