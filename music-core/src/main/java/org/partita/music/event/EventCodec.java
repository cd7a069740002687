package org.partita.music.event;

import java.util.ArrayList;
import java.util.List;

/**
 * Turns scores on the grid into events and back; the two are inverse to each other, so the
 * likelihood of the events is the likelihood of the piece.
 */
public final class EventCodec {

    private EventCodec() {}

    public static EventSequence encode(GridScore score) {
        EventSequence.Builder events = new EventSequence.Builder();
        int step = 0;
        int part = 0;
        for (GridNote note : score.notes()) {
            if (note.startStep() > step) {
                advance(events, note.startStep() - step);
                step = note.startStep();
                part = 0;
            }
            if (note.part() != part) {
                part = note.part();
                events.add(Vocabulary.part(part), 0, 0);
            }
            events.add(
                    note.pitch(),
                    Durations.exactClass(note.durationSteps()),
                    Velocities.nearestClass(note.velocity()));
        }
        return events.add(Vocabulary.END, 0, 0).build();
    }

    private static void advance(EventSequence.Builder events, int steps) {
        int left = steps;
        while (left > Vocabulary.MAX_ADVANCE_STEPS) {
            events.add(Vocabulary.advance(Vocabulary.MAX_ADVANCE_STEPS), 0, 0);
            left -= Vocabulary.MAX_ADVANCE_STEPS;
        }
        events.add(Vocabulary.advance(left), 0, 0);
    }

    /**
     * The notes that the events strike; what follows an {@link Vocabulary#END} is not read.
     *
     * @throws IllegalArgumentException if an event is not legal where it stands, naming its index
     */
    public static GridScore decode(EventSequence events, Conditions conditions) {
        EventContext context = new EventContext(conditions);
        List<GridNote> notes = new ArrayList<>();
        for (int i = 0; i < events.size() && !context.ended(); i++) {
            int token = events.token(i);
            if (!context.legal(token)) {
                throw new IllegalArgumentException("event " + i + " is not legal: token " + token);
            }
            if (Vocabulary.isPitch(token)) {
                notes.add(context.noteOf(token, events.durationClass(i), events.velocityClass(i)));
            }
            context.accept(token, events.durationClass(i), events.velocityClass(i));
        }
        return new GridScore(conditions.parts(), notes, conditions.meters(), conditions.tempos());
    }
}
