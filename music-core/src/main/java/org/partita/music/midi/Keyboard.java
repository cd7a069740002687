package org.partita.music.midi;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.partita.music.Note;
import org.partita.music.Ticks;

/**
 * The keys of one channel as one track plays them: turns strikes and releases into notes. On one
 * keyboard notes of the same pitch never overlap, and every note lasts at least one tick:
 *
 * <ul>
 *   <li>a key struck again ends its earlier note, held or not;
 *   <li>a release at the very tick of a second strike belongs to the first one (files that write
 *       the new note before the end of the old);
 *   <li>a note released where it began lasts one tick, unless the key is struck again at that tick:
 *       then the later strike replaces it.
 * </ul>
 */
final class Keyboard {

    /** A struck note that has not been written down yet. */
    static final class Sounding {
        private final int pitch;
        private final int velocity;
        private final long start;
        private final List<Note> target;

        /** It ended a held note, whose release is therefore still to come. */
        private boolean owesRelease;

        private boolean released;

        /**
         * It ended where it began and waits for a strike at the same tick, or for any later one.
         */
        private boolean instant;

        private Sounding(
                int pitch, int velocity, long start, List<Note> target, boolean owesRelease) {
            this.pitch = pitch;
            this.velocity = velocity;
            this.start = start;
            this.target = target;
            this.owesRelease = owesRelease;
        }
    }

    private final Map<Integer, Sounding> sounding = new HashMap<>();

    /**
     * @param target where the note goes when it has ended
     */
    void strike(int pitch, int velocity, long tick, List<Note> target) {
        Sounding earlier = sounding.remove(pitch);
        boolean heldUntilNow = false;
        if (earlier != null && earlier.start < tick) {
            heldUntilNow = !earlier.released;
            write(earlier, tick);
        }
        sounding.put(pitch, new Sounding(pitch, velocity, tick, target, heldUntilNow));
    }

    void release(int pitch, long tick, Pedal pedal) {
        Sounding note = sounding.get(pitch);
        if (note == null || note.released) {
            return;
        }
        if (note.owesRelease && note.start == tick) {
            note.owesRelease = false;
        } else {
            release(note, tick, pedal);
        }
    }

    void releaseAll(long tick, Pedal pedal) {
        sounding.values().stream()
                .filter(note -> !note.released)
                .toList()
                .forEach(note -> release(note, tick, pedal));
    }

    private void release(Sounding note, long tick, Pedal pedal) {
        note.released = true;
        if (pedal.isDown()) {
            pedal.sustain(this, note);
        } else {
            end(note, tick);
        }
    }

    /** The pedal came up under a released note, unless the key has been struck again since. */
    void damp(Sounding note, long tick) {
        if (sounding.get(note.pitch) == note) {
            end(note, tick);
        }
    }

    /** Ends everything that sounds, pedal or not. */
    void silence(long tick) {
        for (Sounding note : List.copyOf(sounding.values())) {
            note.released = true;
            end(note, tick);
        }
    }

    /** The piece is over: writes down what still sounds or waits. */
    void finish(long tick) {
        sounding.values().forEach(note -> write(note, tick));
        sounding.clear();
    }

    private void end(Sounding note, long tick) {
        if (note.start == tick) {
            note.instant = true;
        } else {
            sounding.remove(note.pitch);
            write(note, tick);
        }
    }

    private static void write(Sounding note, long end) {
        long duration = note.instant ? 1 : Math.max(1, end - note.start);
        note.target.add(
                new Note(note.pitch, note.velocity, new Ticks(note.start), new Ticks(duration)));
    }
}
