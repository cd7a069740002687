package org.partita.worker.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.partita.music.event.Durations;
import org.partita.music.event.GridNote;
import org.partita.music.event.Velocities;

/**
 * The notes of a piece that is being composed, in the order in which they were struck. One thread
 * appends; any thread may read what is there so far. Eight bytes a note.
 */
final class NoteLog {

    private static final int START_SHIFT = 24;

    private volatile long[] packed = new long[64];
    private volatile int size;

    /** Appends a note; the start is counted from the beginning of the log's own time. */
    void add(int startStep, int part, int pitch, int durationClass, int velocityClass) {
        int index = size;
        long[] array = packed;
        if (index == array.length) {
            array = Arrays.copyOf(array, 2 * index);
            packed = array;
        }
        array[index] =
                (long) startStep << START_SHIFT
                        | (long) part << 20
                        | (long) velocityClass << 16
                        | (long) durationClass << 8
                        | pitch;
        // Published last: whoever sees the size sees the note.
        size = index + 1;
    }

    int size() {
        return size;
    }

    /** The notes from index {@code from} on that are there now. */
    List<GridNote> notesFrom(int from) {
        int end = size;
        long[] array = packed;
        List<GridNote> notes = new ArrayList<>(Math.max(0, end - from));
        for (int index = from; index < end; index++) {
            long bits = array[index];
            notes.add(
                    new GridNote(
                            (int) (bits >> 20) & 15,
                            (int) bits & 127,
                            Velocities.velocity((int) (bits >> 16) & 15),
                            (int) (bits >> START_SHIFT),
                            Durations.steps((int) (bits >> 8) & 255)));
        }
        return notes;
    }
}
