package org.partita.protocol;

import org.jspecify.annotations.Nullable;
import org.partita.music.Tonality;

/**
 * What no composed note may break; each control left out allows everything. Percussion has no
 * pitches, so key and range do not bind it.
 *
 * @param key the only pitch classes there are
 * @param pitchRange the only pitches there are
 * @param maxPolyphony most notes sounding at the same time, 1..32
 * @param maxNotesPerBeat most notes that begin in one beat of the meter, 1..48
 */
public record Controls(
        @Nullable Tonality key,
        @Nullable PitchRange pitchRange,
        @Nullable Integer maxPolyphony,
        @Nullable Integer maxNotesPerBeat) {

    public static final WholeRange MAX_POLYPHONY = new WholeRange("maxPolyphony", 1, 32);
    public static final WholeRange MAX_NOTES_PER_BEAT = new WholeRange("maxNotesPerBeat", 1, 48);

    /** Everything is allowed. */
    public static final Controls NONE = new Controls(null, null, null, null);

    private static final int PITCHES = 128;

    public Controls {
        if (maxPolyphony != null) {
            MAX_POLYPHONY.check(maxPolyphony);
        }
        if (maxNotesPerBeat != null) {
            MAX_NOTES_PER_BEAT.check(maxNotesPerBeat);
        }
        if (key != null && pitchRange != null && !meet(key, pitchRange)) {
            throw new IllegalArgumentException(
                    "no pitch of the key " + key + " lies in pitchRange " + pitchRange);
        }
    }

    private static boolean meet(Tonality key, PitchRange range) {
        for (int pitch = 0; pitch < PITCHES; pitch++) {
            if (range.contains(pitch) && key.contains(pitch)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a pitched note may have this pitch. */
    public boolean allows(int pitch) {
        return (pitchRange == null || pitchRange.contains(pitch))
                && (key == null || key.contains(pitch));
    }

    /**
     * Gives a start back if a piece under these controls can begin with it.
     *
     * @throws IllegalArgumentException if it chooses a note that they forbid
     */
    Start check(Start start) {
        if (start instanceof Start.ChosenNote(int pitch)) {
            if (pitchRange != null && !pitchRange.contains(pitch)) {
                throw new IllegalArgumentException(
                        "pitch must lie in controls.pitchRange " + pitchRange + ": " + pitch);
            }
            if (key != null && !key.contains(pitch)) {
                throw new IllegalArgumentException(
                        "pitch must belong to controls.key " + key + ": " + pitch);
            }
        }
        return start;
    }
}
