package org.partita.music.event;

/** Sixteen loudness classes, eight MIDI velocity values apart. */
public final class Velocities {

    public static final int COUNT = 16;

    private Velocities() {}

    /** MIDI velocity 8, 16, … 120, 127 of a class in 0..15. */
    public static int velocity(int velocityClass) {
        return Math.min(127, 8 * (velocityClass + 1));
    }

    /** The class nearest to a MIDI velocity in 1..127. */
    public static int nearestClass(int velocity) {
        return Math.clamp((velocity + 4) / 8 - 1, 0, COUNT - 1);
    }
}
