package org.partita.protocol;

import java.util.List;

/**
 * Notes that were composed since the chunk before, for drawing and playing while the piece grows.
 *
 * <p>In JSON, the data of a {@code notes} event: {@code {"from":0,"notes":[[startStep,
 * durationSteps,pitch,velocity,part],…],"stepsPerQuarter":24,"tempoBpm":120.0}}. A note's time in
 * seconds is {@code startStep / stepsPerQuarter * 60 / tempoBpm}. A reader drops what it holds from
 * index {@code from} on and appends: after a worker died, its successor tells the piece again from
 * the beginning.
 *
 * @param from index of the first of these notes in the piece
 * @param notes in the order in which they were composed
 * @param stepsPerQuarter grid steps in a quarter note
 * @param tempoBpm quarter notes a minute
 */
public record NotesChunk(int from, List<ComposedNote> notes, int stepsPerQuarter, double tempoBpm) {

    public NotesChunk {
        notes = List.copyOf(notes);
        if (from < 0) {
            throw new IllegalArgumentException("from must not be negative: " + from);
        }
        if (stepsPerQuarter < 1 || !(tempoBpm > 0)) {
            throw new IllegalArgumentException(
                    "impossible time base: " + stepsPerQuarter + " steps, " + tempoBpm + " bpm");
        }
    }

    /**
     * One note on the grid.
     *
     * @param startStep steps from the beginning of the result
     * @param durationSteps steps it sounds, at least 1
     * @param pitch MIDI key number, 0..127
     * @param velocity 1..127
     * @param part index of the part, 0 first
     */
    public record ComposedNote(
            int startStep, int durationSteps, int pitch, int velocity, int part) {}
}
