package org.partita.worker.engine;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.partita.music.event.Conditions;
import org.partita.music.event.Durations;
import org.partita.music.event.EventContext;
import org.partita.music.event.Grid;
import org.partita.music.event.Vocabulary;
import org.partita.protocol.Controls;

/**
 * What a request's controls still allow where a piece stands. It only takes away from what is legal
 * without them, before the sampler sees the candidates, so what is left keeps its proportions.
 *
 * <p>There is no dead end. A frame must strike a note unless a whole note of silence leads to it
 * (otherwise the same music could be written in two ways); so shorter advances are taken away where
 * they would lead to a step at which no note could be struck yet, and the advance of a whole note
 * never is.
 *
 * <p>Only steps at which a note is struck need a look: between them the number of sounding notes
 * can but fall. Allocates nothing after its construction; not thread-safe.
 */
final class ControlMask {

    private static final boolean[] EVERY_PITCH = new boolean[Vocabulary.PITCHES];

    static {
        Arrays.fill(EVERY_PITCH, true);
    }

    private final boolean idle;
    private final EventContext context;
    private final boolean[][] allowed;

    /**
     * For each voice the end of a note, the latest ones there are: a voice is free once the
     * earliest of them has passed. Empty where the polyphony is not limited.
     */
    private final long[] ends;

    private final int maxNotesPerBeat;
    private long beat = -1;
    private int notesInBeat;

    /**
     * @param context the piece's, which the caller moves on
     */
    ControlMask(Controls controls, Conditions conditions, EventContext context) {
        this.context = context;
        idle = controls.equals(Controls.NONE);
        boolean[] pitched = new boolean[Vocabulary.PITCHES];
        for (int pitch = 0; pitch < pitched.length; pitch++) {
            pitched[pitch] = controls.allows(pitch);
        }
        allowed = new boolean[Math.max(1, conditions.parts().size())][];
        for (int part = 0; part < allowed.length; part++) {
            allowed[part] = conditions.isPercussion(part) ? EVERY_PITCH : pitched;
        }
        Integer polyphony = controls.maxPolyphony();
        ends = new long[polyphony == null ? 0 : polyphony];
        Integer density = controls.maxNotesPerBeat();
        maxNotesPerBeat = density == null ? Integer.MAX_VALUE : density;
    }

    /** Whether the current part may ever strike a key. */
    boolean allows(int pitch) {
        return allowed[context.part()][pitch];
    }

    /** Most notes that may sound at the same time; as many as there are keys if not limited. */
    int voices() {
        return ends.length == 0 ? Vocabulary.PITCHES : ends.length;
    }

    int maxNotesPerBeat() {
        return maxNotesPerBeat;
    }

    /** Takes away from the mask of legal tokens what the controls forbid. */
    void restrict(boolean[] legal) {
        if (idle) {
            return;
        }
        long step = context.step();
        if (roomFrom() > step) {
            Arrays.fill(legal, 0, Vocabulary.PITCHES, false);
            Arrays.fill(legal, Vocabulary.part(1), Vocabulary.END, false);
        } else {
            boolean[] ofPart = allowed[context.part()];
            for (int pitch = 0; pitch < Vocabulary.PITCHES; pitch++) {
                legal[pitch] &= ofPart[pitch];
            }
            for (int part = 1; part < allowed.length; part++) {
                legal[Vocabulary.part(part)] &= keyFrom(part) <= step;
            }
        }
        long tooShort = Math.min(earliestStrike() - step, Vocabulary.MAX_ADVANCE_STEPS) - 1;
        if (tooShort > 0) {
            int shortest = Vocabulary.advance(1);
            Arrays.fill(legal, shortest, shortest + (int) tooShort, false);
        }
    }

    /** The first step, from the current one on, at which some note may be struck. */
    long earliestStrike() {
        if (idle) {
            return context.step();
        }
        long key = Long.MAX_VALUE;
        for (int part = 0; part < allowed.length && key > context.step(); part++) {
            key = Math.min(key, keyFrom(part));
        }
        return Math.max(key, roomFrom());
    }

    /** Whether one more note may be struck in this frame, whatever its pitch. */
    boolean hasRoom() {
        return idle || roomFrom() <= context.step();
    }

    /** The pitch nearest to the given one that the current part may play, the lower of two. */
    int nearest(int pitch) {
        return nearest(pitch, this::allows);
    }

    /** The same among those whose keys are free; the frame must be one that may strike a note. */
    int nearestFree(int pitch) {
        return nearest(pitch, candidate -> allows(candidate) && context.legal(candidate));
    }

    private static int nearest(int pitch, IntPredicate candidates) {
        for (int distance = 0; distance < Vocabulary.PITCHES; distance++) {
            if (pitch >= distance && candidates.test(pitch - distance)) {
                return pitch - distance;
            }
            if (pitch + distance < Vocabulary.PITCHES && candidates.test(pitch + distance)) {
                return pitch + distance;
            }
        }
        throw new IllegalStateException("no pitch can be struck");
    }

    /** Counts a note that was struck in the current frame. */
    void struck(int durationClass) {
        if (idle) {
            return;
        }
        if (ends.length > 0) {
            int voice = firstFreeVoice();
            ends[voice] = Math.max(ends[voice], context.step() + Durations.steps(durationClass));
        }
        long current = beatStart();
        notesInBeat = current == beat ? notesInBeat + 1 : 1;
        beat = current;
    }

    /** The first step at which a key that the controls allow is free in a part. */
    private long keyFrom(int part) {
        long earliest = Long.MAX_VALUE;
        for (int pitch = 0; pitch < Vocabulary.PITCHES && earliest > context.step(); pitch++) {
            if (allowed[part][pitch]) {
                earliest = Math.min(earliest, context.freeFrom(part, pitch));
            }
        }
        return earliest;
    }

    /** The first step at which there is a voice for a note and room in the beat. */
    private long roomFrom() {
        long room = context.step();
        if (ends.length > 0) {
            room = Math.max(room, ends[firstFreeVoice()]);
        }
        if (notesInBeat >= maxNotesPerBeat && beat == beatStart()) {
            room = Math.max(room, beat + stepsPerBeat());
        }
        return room;
    }

    private int firstFreeVoice() {
        int first = 0;
        for (int voice = 1; voice < ends.length; voice++) {
            if (ends[voice] < ends[first]) {
                first = voice;
            }
        }
        return first;
    }

    private long beatStart() {
        return context.step() - (context.step() - context.barStart()) % stepsPerBeat();
    }

    /** A beat finer than the grid, which only an uploaded file can have, lasts one step. */
    int stepsPerBeat() {
        return Math.max(1, Grid.STEPS_PER_WHOLE / context.meter().denominator());
    }
}
