package org.partita.worker.engine;

import org.partita.music.event.EventContext;
import org.partita.music.event.Grid;
import org.partita.music.event.GridMeter;
import org.partita.music.event.GridScore;
import org.partita.music.event.GridTempo;
import org.partita.protocol.Length;
import org.partita.protocol.Progress;

/** When a piece is finished. */
sealed interface Goal {

    int TICKS_PER_STEP = GridScore.TICKS_PER_QUARTER / Grid.STEPS_PER_QUARTER;

    /**
     * Whether nothing more may be composed.
     *
     * @param notes composed so far
     * @param steps from the beginning of the result to the current frame
     */
    boolean reached(int notes, long steps);

    /** The notes that the piece is to have, or {@link EventContext#UNKNOWN}. */
    default int notes() {
        return EventContext.UNKNOWN;
    }

    /** The whole steps that it is to last, or {@link EventContext#UNKNOWN}. */
    default long steps() {
        return EventContext.UNKNOWN;
    }

    /** How far the piece is, in the unit of the request. */
    Progress progress(int notes, long steps);

    /**
     * The goal of a length in a piece whose meter and tempo stay as they are.
     *
     * @param meter that holds where the result begins
     * @param tempo that holds where the result begins
     */
    static Goal of(Length length, GridMeter meter, GridTempo tempo) {
        return switch (length) {
            case Length.Notes notes -> new NoteGoal(notes.amount());
            case Length.Bars bars ->
                    new TimeGoal(
                            bars.amount(),
                            (long) bars.amount() * meter.stepsPerBar() * TICKS_PER_STEP);
            case Length.Seconds seconds ->
                    new TimeGoal(
                            seconds.amount(),
                            Math.round(
                                    seconds.amount()
                                            * 1e6
                                            / tempo.microsecondsPerQuarter()
                                            * GridScore.TICKS_PER_QUARTER));
        };
    }

    /** An exact number of notes. */
    record NoteGoal(int total) implements Goal {

        @Override
        public int notes() {
            return total;
        }

        @Override
        public boolean reached(int notes, long steps) {
            return notes >= total;
        }

        @Override
        public Progress progress(int notes, long steps) {
            return new Progress(Math.min(notes, total), total);
        }
    }

    /**
     * An exact time: no note begins at it or later, and what still sounds there is cut.
     *
     * @param total in the unit of the request
     * @param ticks the same, 480 a quarter note
     */
    record TimeGoal(int total, long ticks) implements Goal {

        @Override
        public long steps() {
            return ticks / TICKS_PER_STEP;
        }

        @Override
        public boolean reached(int notes, long steps) {
            return steps * TICKS_PER_STEP >= ticks;
        }

        @Override
        public Progress progress(int notes, long steps) {
            long passed = Math.clamp(steps * TICKS_PER_STEP, 0, ticks);
            return new Progress((int) (passed * total / ticks), total);
        }
    }
}
