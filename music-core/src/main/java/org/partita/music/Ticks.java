package org.partita.music;

/**
 * A point or a span of time in MIDI ticks; how long a tick lasts is the score's {@code
 * ticksPerQuarter}.
 *
 * @param value ticks, not negative
 */
public record Ticks(long value) implements Comparable<Ticks> {

    public static final Ticks ZERO = new Ticks(0);

    public Ticks {
        if (value < 0) {
            throw new IllegalArgumentException("ticks must not be negative: " + value);
        }
    }

    public Ticks plus(Ticks other) {
        return new Ticks(value + other.value);
    }

    /** The span from {@code earlier} to this point. */
    public Ticks minus(Ticks earlier) {
        return new Ticks(value - earlier.value);
    }

    @Override
    public int compareTo(Ticks other) {
        return Long.compare(value, other.value);
    }
}
