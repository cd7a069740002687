package org.partita.worker.engine;

import static org.partita.music.event.EventContext.UNKNOWN;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.partita.music.Tonality;
import org.partita.music.event.Conditions;
import org.partita.music.event.Durations;
import org.partita.music.event.EventContext;
import org.partita.music.event.EventSequence;
import org.partita.music.event.Features;
import org.partita.music.event.Velocities;
import org.partita.music.event.Vocabulary;
import org.partita.protocol.Sampling;

/**
 * One piece being composed: everything but its row in the {@link LaneArrays}. Stepped by one decode
 * thread; {@link #notes}, {@link #events}, {@link #steps} and {@link #cancel} may be used by any.
 *
 * <p>A step of a lane is: {@link #hear} the last event, run the graphs, then either the prompt's
 * next event or {@link #chooseToken} and, for a note, {@link #chooseDuration} and {@link
 * #chooseVelocity}, each with the head's logits in the scratch arrays.
 */
final class Lane {

    /**
     * A composed pause is at most two whole notes long, so that no piece falls silent: the training
     * music has soloists who wait for their orchestra.
     */
    private static final int MOST_EMPTY_FRAMES = 1;

    private static final int TOKEN_DRAW = 0;
    private static final int DURATION_DRAW = 1;
    private static final int VELOCITY_DRAW = 2;

    private static final boolean[] EVERY_CLASS = new boolean[Durations.COUNT];

    static {
        Arrays.fill(EVERY_CLASS, true);
    }

    /** Working space of a decode thread, shared by its lanes one after the other. */
    static final class Scratch {
        final float[] logits = new float[Vocabulary.SIZE];
        final boolean[] legal = new boolean[Vocabulary.SIZE];
        final float[] features = new float[Features.COUNT];
        final float[] phase = new float[Features.PHASES];
    }

    private final Goal goal;
    private final Chance chance;
    private final EventSequence prompt;
    private final OptionalInt firstPitch;
    private final long originStep;
    private final Sampling sampling;
    private final Sampler sampler;
    private final EventContext context;
    private final ControlMask controls;
    private final ClosingMask closing;
    private final NoteLog notes = new NoteLog();
    private final CompletableFuture<NoteLog> finished = new CompletableFuture<>();

    // What the model hears next. The piece begins after an END.
    private int token = Vocabulary.END;
    private int durationClass;
    private int velocityClass;

    private long heard;
    private int prompted;
    private int emptyFrames;
    private long composed;
    private @Nullable RuntimeException failure;

    private volatile long publishedEvents;
    private volatile long publishedSteps;
    private volatile boolean canceled;

    Lane(Commission commission) {
        goal = commission.goal();
        chance = commission.chance();
        prompt = commission.prompt().events();
        firstPitch = commission.firstPitch();
        originStep = commission.prompt().originStep();
        sampling = commission.sampling();
        sampler = new TruncatedSampler(sampling, Vocabulary.SIZE);
        Conditions conditions = commission.prompt().conditions();
        context = new EventContext(conditions);
        controls = new ControlMask(commission.request().controls(), conditions, context);
        Tonality tonality = commission.request().controls().key();
        closing = new ClosingMask(context, goal, tonality == null ? null : tonality.key());
        tellLengthOnceComposing();
    }

    /** Writes the last event and the facts about the music so far into the lane's row. */
    void hear(LaneArrays arrays, int row, Scratch scratch) {
        context.writeFeatures(scratch.features, 0);
        context.writePhase(scratch.phase, 0);
        boolean note = Vocabulary.isPitch(token);
        arrays.hear(
                row,
                token,
                note ? durationClass + 1 : 0,
                note ? velocityClass + 1 : 0,
                scratch.features,
                scratch.phase);
        heard++;
        publishedEvents = heard;
    }

    /** Goes on to the prompt's next event, if there is one. */
    boolean continuePrompt() {
        if (prompted == prompt.size()) {
            return false;
        }
        accept(
                prompt.token(prompted),
                prompt.durationClass(prompted),
                prompt.velocityClass(prompted));
        prompted++;
        tellLengthOnceComposing();
        return true;
    }

    private void tellLengthOnceComposing() {
        if (prompted == prompt.size()) {
            context.notesToCome(goal.notes());
            context.endStep(endStep());
        }
    }

    private long endStep() {
        long steps = goal.steps();
        return steps == UNKNOWN ? steps : originStep + steps;
    }

    /**
     * Chooses the next token; a pitch is {@linkplain #accept accepted} only with its duration and
     * velocity.
     *
     * @return whether it is a pitch
     */
    boolean chooseToken(Scratch scratch) {
        token = firstPitch.isPresent() && composed == 0 ? firstPitch.getAsInt() : sample(scratch);
        if (Vocabulary.isPitch(token)) {
            return true;
        }
        moveOn(token);
        return false;
    }

    private void moveOn(int nextToken) {
        accept(nextToken, 0, 0);
        emptyFrames = Vocabulary.isAdvance(nextToken) ? emptyFrames + 1 : emptyFrames;
        composed++;
    }

    private int sample(Scratch scratch) {
        boolean[] legal = scratch.legal;
        context.legal(legal);
        // The length was asked for: the model may not end the piece before it is reached.
        legal[Vocabulary.END] = false;
        controls.restrict(legal);
        if (emptyFrames > MOST_EMPTY_FRAMES && canStrike(legal)) {
            Arrays.fill(
                    legal,
                    Vocabulary.advance(1),
                    Vocabulary.advance(Vocabulary.MAX_ADVANCE_STEPS) + 1,
                    false);
        }
        closing.restrict(legal);
        return sampler.choose(
                scratch.logits,
                legal,
                Vocabulary.SIZE,
                chance.uniform(Chance.Purpose.COMPOSING, composed, TOKEN_DRAW));
    }

    private static boolean canStrike(boolean[] legal) {
        for (int pitch = 0; pitch < Vocabulary.PITCHES; pitch++) {
            if (legal[pitch]) {
                return true;
            }
        }
        return false;
    }

    /** The pitch just chosen. */
    int pitch() {
        return token;
    }

    int chooseDuration(Scratch scratch) {
        durationClass =
                sampler.choose(
                        scratch.logits,
                        closing.durations(EVERY_CLASS),
                        Durations.COUNT,
                        chance.uniform(Chance.Purpose.COMPOSING, composed, DURATION_DRAW));
        return durationClass;
    }

    /** Chooses the velocity and strikes the note. */
    void chooseVelocity(Scratch scratch) {
        int velocity =
                sampler.choose(
                        scratch.logits,
                        EVERY_CLASS,
                        Velocities.COUNT,
                        chance.uniform(Chance.Purpose.COMPOSING, composed, VELOCITY_DRAW));
        strike(token, durationClass, velocity);
    }

    private void strike(int pitch, int duration, int velocity) {
        int part = context.part();
        accept(pitch, duration, velocity);
        notes.add(Math.toIntExact(context.step() - originStep), part, pitch, duration, velocity);
        emptyFrames = 0;
        composed++;
    }

    private void accept(int nextToken, int nextDurationClass, int nextVelocityClass) {
        context.accept(nextToken, nextDurationClass, nextVelocityClass);
        if (Vocabulary.isPitch(nextToken)) {
            controls.struck(nextDurationClass);
        }
        token = nextToken;
        durationClass = nextDurationClass;
        velocityClass = nextVelocityClass;
        publishedSteps = context.step() - originStep;
    }

    /** Whether the loop graph can compose the piece: it knows one pitched part, meter and tempo. */
    static boolean fitsLoop(Commission commission) {
        Conditions conditions = commission.prompt().conditions();
        return conditions.parts().size() == 1
                && !conditions.parts().getFirst().percussion()
                && conditions.meters().size() == 1
                && conditions.tempos().size() == 1;
    }

    /** Sets up the lane's row of the loop graph. */
    void begin(LoopArrays arrays, int row, Scratch scratch) {
        context.writeFeatures(scratch.features, 0);
        arrays.begin(
                row,
                scratch.features,
                controls::allows,
                new LoopArrays.Limits(
                        context.meter().stepsPerBar(),
                        controls.stepsPerBeat(),
                        controls.voices(),
                        controls.maxNotesPerBeat(),
                        MOST_EMPTY_FRAMES,
                        closing.keyForLoop()),
                sampling,
                context.notesToCome(),
                context.stepsToCome());
    }

    /** Says what the loop graph needs to know of the events of its next run. */
    void foresee(LoopArrays arrays, int row) {
        int promptLeft = prompt.size() - prompted;
        long step = context.step();
        for (int event = 0; event < arrays.events(); event++) {
            if (event < promptLeft) {
                int next = prompted + event;
                if (Vocabulary.isAdvance(prompt.token(next))) {
                    step += Vocabulary.advanceSteps(prompt.token(next));
                }
                arrays.script(
                        row,
                        event,
                        prompt.token(next),
                        prompt.durationClass(next),
                        prompt.velocityClass(next));
                if (event == promptLeft - 1) {
                    long end = endStep();
                    arrays.tell(row, event, goal.notes(), end == UNKNOWN ? end : end - step);
                } else {
                    arrays.tellNothing(row, event);
                }
            } else {
                long index = composed + event - promptLeft;
                boolean chosen = firstPitch.isPresent() && index == 0;
                arrays.choose(row, event, chosen ? firstPitch.getAsInt() : LoopArrays.CHOOSE);
                arrays.tellNothing(row, event);
                for (int draw = TOKEN_DRAW; draw <= VELOCITY_DRAW; draw++) {
                    arrays.draw(
                            row,
                            event,
                            draw,
                            chance.uniform(Chance.Purpose.COMPOSING, index, draw));
                }
            }
        }
    }

    /** Moves past an event of the loop graph's last run. */
    void follow(LoopArrays arrays, int row, int event) {
        heard++;
        publishedEvents = heard;
        if (continuePrompt()) {
            return;
        }
        int next = arrays.token(row, event);
        if (Vocabulary.isPitch(next)) {
            strike(next, arrays.duration(row, event), arrays.velocity(row, event));
        } else {
            moveOn(next);
        }
    }

    boolean reachedGoal() {
        return prompted == prompt.size() && goal.reached(notes.size(), context.step() - originStep);
    }

    /** Makes this lane alone fail. */
    void fail(RuntimeException reason) {
        failure = reason;
    }

    @Nullable RuntimeException failure() {
        return failure;
    }

    NoteLog notes() {
        return notes;
    }

    /** Events heard so far, the prompt's included. */
    long events() {
        return publishedEvents;
    }

    /** From the beginning of the result to the current frame; negative in the prompt. */
    long steps() {
        return publishedSteps;
    }

    void cancel() {
        canceled = true;
    }

    boolean canceled() {
        return canceled;
    }

    /** Completes with the notes when the goal is reached, or with what went wrong. */
    CompletableFuture<NoteLog> finished() {
        return finished;
    }
}
