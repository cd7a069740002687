package org.partita.music.event;

import java.util.Arrays;
import org.partita.music.Key;

/**
 * A reader's place in a piece: which events may follow, and the facts about the music so far that
 * the model is given. Costs the same at every event, however long the piece. Not thread-safe.
 */
public final class EventContext {

    /** A number of notes or steps still to come that nobody told. */
    public static final int UNKNOWN = -1;

    private final Conditions conditions;
    private final long[][] soundsUntil;
    private final boolean[][] struck = new boolean[3][Vocabulary.PITCHES];
    private final double[] recentPitchClasses = new double[12];
    private final double[] longerPitchClasses = new double[12];

    private long step;
    private int part;
    private int lastPitch = Vocabulary.PITCHES;
    private boolean afterPartToken;
    private boolean frameHasNote;
    private boolean emptyFrameAllowed = true;
    private boolean ended;
    private int notesToCome = UNKNOWN;
    private long endStep = UNKNOWN;

    private int meterIndex;
    private int tempoIndex;
    private int tempoClass;
    private long bar;
    private long barStart;

    // The musical time is the same for all events of a frame and costs 32 sines to tell.
    private final float[] phase = new float[Features.PHASES];
    private boolean phaseIsCurrent;

    public EventContext(Conditions conditions) {
        this.conditions = conditions;
        soundsUntil = new long[Math.max(1, conditions.parts().size())][Vocabulary.PITCHES];
        tempoClass = tempoClass();
    }

    /** Where the current frame stands, in steps from the beginning. */
    public long step() {
        return step;
    }

    /** Number of the bar the current frame lies in, from 0. */
    public long bar() {
        return bar;
    }

    /** Where that bar begins, in steps. */
    public long barStart() {
        return barStart;
    }

    /** The meter that holds at the current frame. */
    public GridMeter meter() {
        return conditions.meters().get(meterIndex);
    }

    /** The first step at which a key of a part does not sound any more; 0 if it never did. */
    public long freeFrom(int ofPart, int pitch) {
        return soundsUntil[ofPart][pitch];
    }

    /** Whether {@link Vocabulary#END} was accepted. */
    public boolean ended() {
        return ended;
    }

    /** Part that a pitch accepted now would belong to. */
    public int part() {
        return part;
    }

    /** Whether that part's keys are no pitches. */
    public boolean isPercussion() {
        return conditions.isPercussion(part);
    }

    /** Whether the current frame strikes a note already. */
    public boolean frameHasNote() {
        return frameHasNote;
    }

    /**
     * Tells the model how many notes are still to come, so that it can prepare an ending; counts
     * down with each note accepted.
     *
     * @param notes notes to come, or {@link #UNKNOWN}
     */
    public void notesToCome(int notes) {
        if (notes < UNKNOWN) {
            throw new IllegalArgumentException("notes to come must be -1 or more: " + notes);
        }
        notesToCome = notes;
    }

    /**
     * Tells the model when the last note will have ended, so that it can prepare an ending.
     *
     * @param lastEnd in steps from the beginning, or {@link #UNKNOWN}
     */
    public void endStep(long lastEnd) {
        if (lastEnd < UNKNOWN) {
            throw new IllegalArgumentException("the end must be at step -1 or later: " + lastEnd);
        }
        endStep = lastEnd;
    }

    /** Notes still to come, or {@link #UNKNOWN}. */
    public int notesToCome() {
        return notesToCome;
    }

    /** Steps still to come, or {@link #UNKNOWN}. */
    public long stepsToCome() {
        return endStep == UNKNOWN ? UNKNOWN : Math.max(0, endStep - step);
    }

    /** The lowest pitch that sounds, percussion aside; {@link Vocabulary#PITCHES} if none does. */
    public int lowestSounding() {
        for (int pitch = 0; pitch < Vocabulary.PITCHES; pitch++) {
            for (int each = 0; each < soundsUntil.length; each++) {
                if (soundsUntil[each][pitch] > step && !conditions.isPercussion(each)) {
                    return pitch;
                }
            }
        }
        return Vocabulary.PITCHES;
    }

    /** The key that the latest hundred notes are most likely in. */
    public Key key() {
        return Key.likeliest(longerPitchClasses);
    }

    /** Whether {@code token} may come next. At least one token always may, until the end. */
    public boolean legal(int token) {
        if (ended) {
            return false;
        }
        if (Vocabulary.isPitch(token)) {
            return token < lastPitch && soundsUntil[part][token] <= step;
        }
        if (Vocabulary.isAdvance(token)) {
            return !afterPartToken && (frameHasNote || emptyFrameAllowed || !canStrike(part));
        }
        if (Vocabulary.isPart(token)) {
            int next = Vocabulary.partOf(token);
            return !afterPartToken && next > part && next < soundsUntil.length && canStrike(next);
        }
        return !afterPartToken && (frameHasNote || step == 0);
    }

    /** Whether some key of a part is free. All 128 can sound at once only in a contrived piece. */
    private boolean canStrike(int candidate) {
        for (long until : soundsUntil[candidate]) {
            if (until <= step) {
                return true;
            }
        }
        return false;
    }

    /** Writes for each of the {@link Vocabulary#SIZE} tokens whether it may come next. */
    public void legal(boolean[] mask) {
        for (int pitch = 0; pitch < Vocabulary.PITCHES; pitch++) {
            mask[pitch] = legal(pitch);
        }
        int firstAdvance = Vocabulary.advance(1);
        int firstPart = Vocabulary.part(1);
        Arrays.fill(mask, firstAdvance, firstPart, legal(firstAdvance));
        for (int token = firstPart; token < Vocabulary.SIZE; token++) {
            mask[token] = legal(token);
        }
    }

    /** The note that a pitch would strike here. */
    public GridNote noteOf(int pitch, int durationClass, int velocityClass) {
        return new GridNote(
                part,
                pitch,
                Velocities.velocity(velocityClass),
                Math.toIntExact(step),
                Durations.steps(durationClass));
    }

    /** Moves past an event, which must be legal. */
    public void accept(int token, int durationClass, int velocityClass) {
        if (!legal(token)) {
            throw new IllegalArgumentException(
                    "token " + token + " is not legal at step " + step + ", part " + part);
        }
        if (Vocabulary.isPitch(token)) {
            strike(token, durationClass);
        } else if (Vocabulary.isAdvance(token)) {
            advance(Vocabulary.advanceSteps(token));
        } else if (Vocabulary.isPart(token)) {
            part = Vocabulary.partOf(token);
            lastPitch = Vocabulary.PITCHES;
            afterPartToken = true;
        } else {
            ended = true;
        }
    }

    private void strike(int pitch, int durationClass) {
        lastPitch = pitch;
        afterPartToken = false;
        frameHasNote = true;
        soundsUntil[part][pitch] = step + Durations.steps(durationClass);
        struck[0][pitch] = true;
        if (notesToCome > 0) {
            notesToCome--;
        }
        if (!isPercussion()) {
            for (int i = 0; i < 12; i++) {
                recentPitchClasses[i] *= Features.RECENT_FADE;
                longerPitchClasses[i] *= Features.LONGER_FADE;
            }
            recentPitchClasses[pitch % 12] += 1 - Features.RECENT_FADE;
            longerPitchClasses[pitch % 12] += 1 - Features.LONGER_FADE;
        }
    }

    private void advance(int steps) {
        emptyFrameAllowed = steps == Vocabulary.MAX_ADVANCE_STEPS;
        frameHasNote = false;
        part = 0;
        lastPitch = Vocabulary.PITCHES;
        boolean[] oldest = struck[2];
        struck[2] = struck[1];
        struck[1] = struck[0];
        struck[0] = oldest;
        Arrays.fill(oldest, false);
        moveTo(step + steps);
    }

    private void moveTo(long newStep) {
        step = newStep;
        phaseIsCurrent = false;
        var meters = conditions.meters();
        while (true) {
            long barEnd = barStart + meters.get(meterIndex).stepsPerBar();
            boolean changes =
                    meterIndex + 1 < meters.size()
                            && meters.get(meterIndex + 1).startStep() <= barEnd;
            long boundary = changes ? meters.get(meterIndex + 1).startStep() : barEnd;
            if (boundary > step) {
                break;
            }
            barStart = boundary;
            bar++;
            if (changes) {
                meterIndex++;
            }
        }
        var tempos = conditions.tempos();
        while (tempoIndex + 1 < tempos.size() && tempos.get(tempoIndex + 1).startStep() <= step) {
            tempoIndex++;
            tempoClass = tempoClass();
        }
    }

    /** Writes {@link Features#COUNT} numbers from {@code offset} on. */
    public void writeFeatures(float[] target, int offset) {
        Arrays.fill(target, offset, offset + Features.COUNT, 0f);
        for (int pitch = 0; pitch < Vocabulary.PITCHES; pitch++) {
            if (struck[0][pitch]) {
                target[offset + Features.THIS_FRAME + pitch] = 1f;
            }
            if (struck[1][pitch]) {
                target[offset + Features.PREVIOUS_FRAME + pitch] = 1f;
            }
            if (struck[2][pitch]) {
                target[offset + Features.FRAME_BEFORE + pitch] = 1f;
            }
        }
        for (long[] untilOfPitch : soundsUntil) {
            for (int pitch = 0; pitch < Vocabulary.PITCHES; pitch++) {
                if (untilOfPitch[pitch] > step && !struck[0][pitch]) {
                    target[offset + Features.SOUNDING + pitch] = 1f;
                }
            }
        }
        GridMeter meter = meter();
        int inBar = (int) (step - barStart);
        int quarter = Math.min(inBar / Grid.STEPS_PER_QUARTER, Features.QUARTERS - 1);
        target[offset + Features.STEP_IN_QUARTER + inBar % Grid.STEPS_PER_QUARTER] = 1f;
        target[offset + Features.QUARTER_IN_BAR + quarter] = 1f;
        int eighth = Grid.STEPS_PER_QUARTER / 2;
        int eighths = meter.stepsPerBar() % eighth == 0 ? meter.stepsPerBar() / eighth : 0;
        target[offset + Features.BAR_LENGTH + (eighths < Features.BAR_LENGTHS ? eighths : 0)] = 1f;
        int unit =
                Math.clamp(
                        Integer.numberOfTrailingZeros(meter.denominator()) - 1,
                        0,
                        Features.BEAT_UNITS - 1);
        target[offset + Features.BEAT_UNIT + unit] = 1f;
        target[offset + Features.TEMPO + tempoClass] = 1f;
        target[offset + Features.PHRASE + (int) (bar % Features.PHRASES)] = 1f;
        target[offset + Features.ELAPSED + Features.elapsedClass(bar)] = 1f;
        target[offset + Features.NOTES_TO_COME + Features.notesClass(notesToCome)] = 1f;
        target[offset + Features.STEPS_TO_COME + Features.stepsClass(stepsToCome())] = 1f;
        target[offset + Features.PART + part] = 1f;
        if (part < conditions.parts().size()) {
            target[offset + Features.FAMILY + conditions.parts().get(part).family()] = 1f;
        }
        target[offset + Features.STYLE + conditions.style()] = 1f;
        for (int i = 0; i < 12; i++) {
            target[offset + Features.RECENT_PITCH_CLASSES + i] = (float) recentPitchClasses[i];
            target[offset + Features.LONGER_PITCH_CLASSES + i] = (float) longerPitchClasses[i];
        }
    }

    private int tempoClass() {
        double ratio = StrictMath.log(conditions.tempos().get(tempoIndex).beatsPerMinute() / 40);
        double classes = ratio / StrictMath.log(240.0 / 40) * Features.TEMPOS;
        return (int) Math.clamp(classes, 0, Features.TEMPOS - 1);
    }

    /**
     * Writes the musical time as {@link Features#PHASES} numbers from {@code offset} on: cosines,
     * then sines, of oscillations with fixed periods in bars. The product of two such vectors
     * depends only on the distance between the two times, so attention can look for "one bar ago"
     * (as Fourier features; Tancik et al. 2020).
     */
    public void writePhase(float[] target, int offset) {
        if (!phaseIsCurrent) {
            findPhase();
            phaseIsCurrent = true;
        }
        System.arraycopy(phase, 0, target, offset, phase.length);
    }

    private void findPhase() {
        double inBar =
                (double) (step - barStart) / conditions.meters().get(meterIndex).stepsPerBar();
        int count = Features.PHASES / 2;
        for (int i = 0; i < count; i++) {
            double angle = 2 * Math.PI * (Features.turns(i, bar) + inBar / Features.period(i));
            phase[i] = (float) StrictMath.cos(angle);
            phase[count + i] = (float) StrictMath.sin(angle);
        }
    }
}
