package org.partita.worker.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partita.music.Score;
import org.partita.music.event.Conditions;
import org.partita.music.event.EventCodec;
import org.partita.music.event.EventContext;
import org.partita.music.event.EventSequence;
import org.partita.music.event.FrameDistribution;
import org.partita.music.event.GridMeter;
import org.partita.music.event.GridNote;
import org.partita.music.event.GridPart;
import org.partita.music.event.GridScore;
import org.partita.music.event.GridTempo;
import org.partita.music.event.Quantiser;
import org.partita.music.event.Vocabulary;
import org.partita.protocol.Controls;
import org.partita.protocol.JobError;

/**
 * What the model hears before it composes. A prompt always ends on a bar line, and there the result
 * begins.
 *
 * @param conditions what is known of the whole piece beside its notes
 * @param events heard, the last one an advance to the bar line
 * @param originStep where that bar line stands
 */
record Prompt(Conditions conditions, EventSequence events, long originStep) {

    private static final int RANDOM_FRAMES = 50;
    private static final int EMPTY_FRAMES = 49;

    /** The attention's window: what lies further back is heard only through the GRU's state. */
    private static final int MOST_CONTINUED_EVENTS = 512;

    private static final int MOST_REDRAWS = 100;

    /** What holds where the result begins. */
    GridMeter meter() {
        return conditions.meters().getLast();
    }

    /** What holds where the result begins. */
    GridTempo tempo() {
        return conditions.tempos().getLast();
    }

    /** Its notes, as the codec reads them. */
    List<GridNote> notes() {
        return EventCodec.decode(events, conditions).notes();
    }

    /**
     * Fifty frames drawn one by one from the frames of the training data. A key that still sounds
     * is not struck again; a frame of which nothing is left is drawn anew, and after a hundred
     * draws its first note takes the nearest free key.
     *
     * <p>The controls hold here, too: each pitch moves to the nearest one that they allow, notes
     * for which there is no room are left out, and a frame waits until a note may be struck.
     */
    static Prompt random(
            List<GridPart> parts,
            GridMeter meter,
            GridTempo tempo,
            int style,
            Controls controls,
            FrameDistribution frames,
            Chance chance) {
        Conditions conditions = new Conditions(parts, List.of(meter), List.of(tempo), style);
        Builder builder = new Builder(conditions, controls);
        long draw = 0;
        for (int i = 0; i < RANDOM_FRAMES; i++) {
            EventSequence frame = frames.draw(chance.uniform(Chance.Purpose.PROMPT, draw++, 0));
            int advance = builder.frame(frame);
            for (int redraw = 1; redraw < MOST_REDRAWS && advance == 0; redraw++) {
                frame = frames.draw(chance.uniform(Chance.Purpose.PROMPT, draw++, 0));
                advance = builder.frame(frame);
            }
            if (advance == 0) {
                advance = builder.noteOnAFreeKey(frame);
            }
            if (i + 1 < RANDOM_FRAMES) {
                builder.advanceToStrike(advance);
            }
        }
        return builder.toBarLine();
    }

    /**
     * Forty-nine empty frames of a whole note each. A meter other than 4/4 begins after them, so
     * that the result begins with a bar.
     */
    static Prompt empty(List<GridPart> parts, GridMeter meter, GridTempo tempo, int style) {
        int origin = EMPTY_FRAMES * Vocabulary.MAX_ADVANCE_STEPS;
        GridMeter atOrigin = new GridMeter(origin, meter.numerator(), meter.denominator());
        boolean common = Vocabulary.MAX_ADVANCE_STEPS % meter.stepsPerBar() == 0;
        List<GridMeter> meters = common ? List.of(meter) : List.of(GridMeter.COMMON_TIME, atOrigin);
        Conditions conditions = new Conditions(parts, meters, List.of(tempo), style);
        Builder builder = new Builder(conditions, Controls.NONE);
        for (int i = 0; i < EMPTY_FRAMES; i++) {
            builder.advance(Vocabulary.MAX_ADVANCE_STEPS);
        }
        return new Prompt(conditions, builder.events.build(), origin);
    }

    /**
     * The last bars of a piece, at most {@value #MOST_CONTINUED_EVENTS} events unless one bar holds
     * more. The result begins with the bar after the last note struck, or the next one in which the
     * controls allow a note; the piece's last meter and tempo hold on. Its own notes are the
     * client's and need not obey the controls.
     *
     * @throws UnusableRequestException if the piece has no note or is too long
     */
    static Prompt continuation(Score score, int style, Controls controls) {
        GridScore whole;
        try {
            whole = Quantiser.quantise(score);
        } catch (IllegalArgumentException e) {
            throw new UnusableRequestException(
                    JobError.Code.PROMPT_UNUSABLE, "the prompt is too long: " + e.getMessage(), e);
        }
        if (whole.notes().isEmpty()) {
            throw new UnusableRequestException(
                    JobError.Code.PROMPT_UNUSABLE, "the prompt has no notes");
        }
        GridScore tail = tail(whole);
        Builder builder = new Builder(Conditions.of(tail).withStyle(style), controls);
        EventSequence events = EventCodec.encode(tail);
        for (int i = 0; i + 1 < events.size(); i++) {
            builder.add(events.token(i), events.durationClass(i), events.velocityClass(i));
        }
        return builder.toBarLine();
    }

    /** The same prompt, but from the result on another meter or tempo holds. */
    Prompt withChanges(@Nullable GridMeter newMeter, @Nullable GridTempo newTempo) {
        int at = Math.toIntExact(originStep);
        List<GridMeter> meters = new ArrayList<>(conditions.meters());
        if (newMeter != null) {
            meters.add(new GridMeter(at, newMeter.numerator(), newMeter.denominator()));
        }
        List<GridTempo> tempos = new ArrayList<>(conditions.tempos());
        if (newTempo != null) {
            tempos.add(new GridTempo(at, newTempo.microsecondsPerQuarter()));
        }
        return new Prompt(
                new Conditions(conditions.parts(), meters, tempos, conditions.style()),
                events,
                originStep);
    }

    private static GridScore tail(GridScore whole) {
        EventContext context = new EventContext(Conditions.of(whole));
        EventSequence events = EventCodec.encode(whole);
        int surplus = events.size() - 1 - MOST_CONTINUED_EVENTS;
        long cut = 0;
        for (int i = 0; i + 1 < events.size() && i < surplus + MOST_CONTINUED_EVENTS; i++) {
            context.accept(events.token(i), events.durationClass(i), events.velocityClass(i));
            if (cut < context.barStart()) {
                cut = context.barStart();
                if (i + 1 >= surplus) {
                    break;
                }
            }
        }
        return surplus > 0 ? from(whole, (int) cut) : from(whole, 0);
    }

    /** The music from a bar line on, without the changes of meter and tempo after its last note. */
    private static GridScore from(GridScore whole, int firstStep) {
        int lastStep = whole.notes().getLast().startStep();
        return new GridScore(
                whole.parts(),
                whole.notes().stream()
                        .filter(note -> note.startStep() >= firstStep)
                        .map(note ->
                                new GridNote(
                                        note.part(),
                                        note.pitch(),
                                        note.velocity(),
                                        note.startStep() - firstStep,
                                        note.durationSteps()))
                        .toList(),
                // Changes before the cut collapse onto step 0, where the last one wins.
                whole.meters().stream()
                        .filter(meter -> meter.startStep() <= lastStep)
                        .map(meter ->
                                new GridMeter(
                                        Math.max(0, meter.startStep() - firstStep),
                                        meter.numerator(),
                                        meter.denominator()))
                        .toList(),
                whole.tempos().stream()
                        .filter(tempo -> tempo.startStep() <= lastStep)
                        .map(tempo ->
                                new GridTempo(
                                        Math.max(0, tempo.startStep() - firstStep),
                                        tempo.microsecondsPerQuarter()))
                        .toList());
    }

    /** Collects events that are legal where they stand. */
    private static final class Builder {

        private final Conditions conditions;
        private final EventContext context;
        private final ControlMask mask;
        private final EventSequence.Builder events = new EventSequence.Builder();

        Builder(Conditions conditions, Controls controls) {
            this.conditions = conditions;
            context = new EventContext(conditions);
            mask = new ControlMask(controls, conditions, context);
        }

        void add(int token, int durationClass, int velocityClass) {
            context.accept(token, durationClass, velocityClass);
            if (Vocabulary.isPitch(token)) {
                mask.struck(durationClass);
            }
            events.add(token, durationClass, velocityClass);
        }

        /** Strikes what can be struck; the frame's advance, or 0 if nothing could. */
        int frame(EventSequence frame) {
            int advance = 0;
            for (int i = 0; i < frame.size(); i++) {
                int token = frame.token(i);
                if (Vocabulary.isPitch(token)) {
                    int pitch = mask.nearest(token);
                    if (mask.hasRoom() && context.legal(pitch)) {
                        add(pitch, frame.durationClass(i), frame.velocityClass(i));
                    }
                } else if (Vocabulary.isAdvance(token)) {
                    advance = Vocabulary.advanceSteps(token);
                }
            }
            return context.frameHasNote() ? advance : 0;
        }

        /** Strikes the frame's first note on the nearest free key; the frame's advance. */
        int noteOnAFreeKey(EventSequence frame) {
            add(mask.nearestFree(frame.token(0)), frame.durationClass(0), frame.velocityClass(0));
            return Vocabulary.advanceSteps(frame.token(frame.size() - 1));
        }

        void advance(int steps) {
            add(Vocabulary.advance(steps), 0, 0);
        }

        /** Advances that far, or farther if no note may be struck there yet. */
        void advanceToStrike(int steps) {
            advanceTo(Math.max(context.step() + steps, mask.earliestStrike()));
        }

        private void advanceTo(long target) {
            while (context.step() < target) {
                advance((int) Math.min(Vocabulary.MAX_ADVANCE_STEPS, target - context.step()));
            }
        }

        Prompt toBarLine() {
            int bar = conditions.meters().getLast().stepsPerBar();
            long line = context.barStart() + bar;
            while (line < mask.earliestStrike()) {
                line += bar;
            }
            advanceTo(line);
            return new Prompt(conditions, events.build(), line);
        }
    }
}
