package org.partita.music.event;

/** From {@code startStep} on, a quarter note lasts {@code microsecondsPerQuarter}. */
public record GridTempo(int startStep, int microsecondsPerQuarter) {

    public GridTempo {
        if (startStep < 0) {
            throw new IllegalArgumentException("startStep must not be negative: " + startStep);
        }
        if (microsecondsPerQuarter < 1 || microsecondsPerQuarter > 0xFFFFFF) {
            throw new IllegalArgumentException(
                    "microsecondsPerQuarter out of range 1..16777215: " + microsecondsPerQuarter);
        }
    }

    public double beatsPerMinute() {
        return 60e6 / microsecondsPerQuarter;
    }

    double secondsPerStep() {
        return microsecondsPerQuarter / 1e6 / Grid.STEPS_PER_QUARTER;
    }
}
