package org.partita.music;

/**
 * One sounding note of a part.
 *
 * @param pitch MIDI key number, 0..127 (60 = middle C)
 * @param velocity how hard it is struck, 1..127
 * @param start when it begins
 * @param duration how long it sounds, at least one tick
 */
public record Note(int pitch, int velocity, Ticks start, Ticks duration) {

    public Note {
        if (pitch < 0 || pitch > 127) {
            throw new IllegalArgumentException("pitch out of range 0..127: " + pitch);
        }
        if (velocity < 1 || velocity > 127) {
            throw new IllegalArgumentException("velocity out of range 1..127: " + velocity);
        }
        if (duration.value() < 1) {
            throw new IllegalArgumentException("duration must be at least one tick: " + duration);
        }
    }

    public Ticks end() {
        return start.plus(duration);
    }
}
