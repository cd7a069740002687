package org.partita.music;

/**
 * From {@code at} on, a quarter note lasts {@code microsecondsPerQuarter}.
 *
 * @param at when the tempo begins to hold
 * @param microsecondsPerQuarter 1..16777215, as MIDI stores it (500000 = 120 beats a minute)
 */
public record TempoChange(Ticks at, int microsecondsPerQuarter) {

    /** The tempo that holds where a file gives none: 120 quarter notes a minute. */
    public static final int DEFAULT_MICROSECONDS_PER_QUARTER = 500_000;

    public TempoChange {
        if (microsecondsPerQuarter < 1 || microsecondsPerQuarter > 0xFFFFFF) {
            throw new IllegalArgumentException(
                    "microsecondsPerQuarter out of range 1..16777215: " + microsecondsPerQuarter);
        }
    }

    public static TempoChange ofBeatsPerMinute(Ticks at, double beatsPerMinute) {
        return new TempoChange(at, (int) Math.round(60e6 / beatsPerMinute));
    }

    /** Quarter notes a minute. */
    public double beatsPerMinute() {
        return 60e6 / microsecondsPerQuarter;
    }
}
