package org.partita.trainer.training;

import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.partita.music.event.Conditions;
import org.partita.music.event.Durations;
import org.partita.music.event.EventContext;
import org.partita.music.event.EventSequence;
import org.partita.music.event.FrameDistribution;
import org.partita.music.event.Vocabulary;

/**
 * What is heard before a piece and not learnt: nothing, silence, or random frames, much like what a
 * worker puts before the pieces that it composes. The piece begins where it ends, and nothing of it
 * sounds on.
 *
 * @param events heard, the last one an advance
 * @param steps how long it takes
 */
record Prelude(EventSequence events, int steps) {

    static final Prelude NONE = new Prelude(new EventSequence.Builder().build(), 0);

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
     * sounds is not struck again; a frame of which nothing is left is drawn anew, and after a
     * hundred draws its first note takes the nearest free key. Notes that would sound beyond the
     * bar line are shortened.
     *
     * @param frames in the worker's bundle only the most frequent ones, here those of all the music
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
        for (int i = 0; i < RANDOM_FRAMES; i++) {
            EventSequence frame = frames.draw(random.nextDouble());
            strike(frame, context, drawn);
            for (int redraw = 1; redraw < MOST_REDRAWS && !context.frameHasNote(); redraw++) {
                frame = frames.draw(random.nextDouble());
                strike(frame, context, drawn);
            }
            if (!context.frameHasNote()) {
                int key = nearestFree(frame.token(0), context);
                hear(key, frame.durationClass(0), frame.velocityClass(0), context, drawn);
            }
            if (i + 1 < RANDOM_FRAMES) {
                hear(frame.token(frame.size() - 1), 0, 0, context, drawn);
            }
        }
        long end = context.barStart() + context.meter().stepsPerBar();
        while (context.step() < end) {
            int steps = (int) Math.min(Vocabulary.MAX_ADVANCE_STEPS, end - context.step());
            hear(Vocabulary.advance(steps), 0, 0, context, drawn);
        }
        return new Prelude(shortened(drawn.build(), end), (int) end);
    }

    /** Strikes what can be struck of a frame. */
    private static void strike(
            EventSequence frame, EventContext context, EventSequence.Builder events) {
        for (int i = 0; i < frame.size() - 1; i++) {
            if (context.legal(frame.token(i))) {
                hear(
                        frame.token(i),
                        frame.durationClass(i),
                        frame.velocityClass(i),
                        context,
                        events);
            }
        }
    }

    private static int nearestFree(int pitch, EventContext context) {
        return IntStream.range(0, Vocabulary.PITCHES)
                .filter(context::legal)
                .boxed()
                .min(Comparator.comparingInt(free -> Math.abs(free - pitch)))
                .orElseThrow(() -> new IllegalStateException("all keys sound"));
    }

    private static void hear(
            int token,
            int durationClass,
            int velocityClass,
            EventContext context,
            EventSequence.Builder events) {
        context.accept(token, durationClass, velocityClass);
        events.add(token, durationClass, velocityClass);
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
