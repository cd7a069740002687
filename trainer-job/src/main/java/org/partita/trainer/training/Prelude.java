package org.partita.trainer.training;

import java.util.List;
import java.util.random.RandomGenerator;
import org.partita.music.event.Conditions;
import org.partita.music.event.Durations;
import org.partita.music.event.EventContext;
import org.partita.music.event.EventSequence;
import org.partita.music.event.FrameDistribution;
import org.partita.music.event.Vocabulary;

/**
 * What is heard before a piece and not learnt: nothing, silence, or random frames, as a worker puts
 * them before what it composes. The piece begins where it ends, and nothing of it sounds on.
 *
 * @param events heard, the last one an advance
 * @param steps how long it takes
 */
record Prelude(EventSequence events, int steps) {

    static final Prelude NONE = new Prelude(new EventSequence.Builder().build(), 0);

    /** What a worker puts there. */
    static final int RANDOM_FRAMES = 50;

    private static final int MOST_REDRAWS = 100;

    /** Empty frames of a whole note each. */
    static Prelude silence(int frames) {
        EventSequence.Builder events = new EventSequence.Builder();
        for (int i = 0; i < frames; i++) {
            events.add(Vocabulary.advance(Vocabulary.MAX_ADVANCE_STEPS), 0, 0);
        }
        return new Prelude(events.build(), frames * Vocabulary.MAX_ADVANCE_STEPS);
    }

    /**
     * {@value #RANDOM_FRAMES} frames drawn one by one, up to the next bar line. A key that still
     * sounds is not struck again; a frame of which nothing is left is drawn anew, at most a hundred
     * times. Notes that would sound beyond the bar line are shortened.
     *
     * @param piece what is known of the piece that follows: its first meter and tempo hold
     */
    static Prelude randomFrames(
            FrameDistribution frames, Conditions piece, RandomGenerator random) {
        EventContext context =
                new EventContext(
                        new Conditions(
                                piece.parts(),
                                List.of(piece.meters().getFirst()),
                                List.of(piece.tempos().getFirst()),
                                piece.style()));
        EventSequence.Builder drawn = new EventSequence.Builder();
        int draws = 0;
        for (int i = 0; i < RANDOM_FRAMES && draws < MOST_REDRAWS * RANDOM_FRAMES; draws++) {
            EventSequence frame = frames.draw(random.nextDouble());
            if (strike(frame, context, drawn)) {
                i++;
                if (i < RANDOM_FRAMES) {
                    add(frame.token(frame.size() - 1), context, drawn);
                }
            }
        }
        long end = context.barStart() + context.meter().stepsPerBar();
        while (context.step() < end) {
            int steps = (int) Math.min(Vocabulary.MAX_ADVANCE_STEPS, end - context.step());
            add(Vocabulary.advance(steps), context, drawn);
        }
        return new Prelude(shortened(drawn.build(), end), (int) end);
    }

    /** Whether something could be struck. */
    private static boolean strike(
            EventSequence frame, EventContext context, EventSequence.Builder events) {
        for (int i = 0; i < frame.size() - 1; i++) {
            int pitch = frame.token(i);
            if (context.legal(pitch)) {
                context.accept(pitch, frame.durationClass(i), frame.velocityClass(i));
                events.add(pitch, frame.durationClass(i), frame.velocityClass(i));
            }
        }
        return context.frameHasNote();
    }

    private static void add(int advance, EventContext context, EventSequence.Builder events) {
        context.accept(advance, 0, 0);
        events.add(advance, 0, 0);
    }

    private static EventSequence shortened(EventSequence events, long end) {
        EventSequence.Builder shortened = new EventSequence.Builder();
        long step = 0;
        for (int i = 0; i < events.size(); i++) {
            int token = events.token(i);
            int duration = events.durationClass(i);
            if (Vocabulary.isPitch(token)) {
                duration = Durations.nearestClass(Durations.steps(duration), (int) (end - step));
            } else {
                step += Vocabulary.advanceSteps(token);
            }
            shortened.add(token, duration, events.velocityClass(i));
        }
        return shortened.build();
    }
}
