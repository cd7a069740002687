package org.partita.music;

/**
 * From {@code at} on, bars are {@code numerator}/{@code denominator}.
 *
 * @param at when the meter begins to hold; a new bar begins there
 * @param numerator beats a bar, 1..255
 * @param denominator what note a beat is, a power of two from 1 to 64
 */
public record MeterChange(Ticks at, int numerator, int denominator) {

    public MeterChange {
        if (numerator < 1 || numerator > 255) {
            throw new IllegalArgumentException("numerator out of range 1..255: " + numerator);
        }
        if (denominator < 1 || denominator > 64 || Integer.bitCount(denominator) != 1) {
            throw new IllegalArgumentException(
                    "denominator must be a power of two from 1 to 64: " + denominator);
        }
    }
}
