package org.partita.trainer.training;

import java.util.ArrayList;
import java.util.List;
import org.partita.music.event.Conditions;
import org.partita.music.event.EventContext;
import org.partita.music.event.EventSequence;
import org.partita.music.event.GridMeter;
import org.partita.music.event.GridTempo;
import org.partita.music.event.Vocabulary;
import org.partita.trainer.data.PreparedPiece;

/**
 * Reads one piece, perhaps changed, as pairs of an event and the one after it. The first pair is
 * END, which stands for the beginning, and the first event.
 */
final class PieceReader implements Reading {

    /**
     * How a piece is changed.
     *
     * @param shift semitones up; percussion keeps its keys
     * @param prelude what is heard before it
     * @param knownNotes whether the number of notes is told
     * @param knownTime whether it is told when the last note ends
     * @param unknownStyle whether the style is hidden
     */
    record Variation(
            int shift,
            Prelude prelude,
            boolean knownNotes,
            boolean knownTime,
            boolean unknownStyle) {
        static final Variation NONE = new Variation(0, Prelude.NONE, false, false, true);
    }

    private final EventSequence events;
    private final EventSequence prelude;
    private final EventContext context;
    private final int notesToTell;
    private final long endToTell;
    private final int[] tokens;
    private int next;

    /**
     * @param mostEvents the piece is read no further than this many events
     */
    PieceReader(PreparedPiece piece, Variation variation, int mostEvents) {
        events = piece.events();
        prelude = variation.prelude().events();
        Conditions plain =
                variation.unknownStyle()
                        ? piece.conditions().withStyle(Conditions.UNKNOWN_STYLE)
                        : piece.conditions();
        Conditions conditions = delayed(plain, variation.prelude().steps());
        tokens = new int[prelude.size() + Math.min(events.size(), mostEvents)];
        int part = 0;
        for (int i = 0; i < tokens.length; i++) {
            if (i < prelude.size()) {
                tokens[i] = prelude.token(i);
                continue;
            }
            int token = events.token(i - prelude.size());
            if (Vocabulary.isAdvance(token)) {
                part = 0;
            } else if (Vocabulary.isPart(token)) {
                part = Vocabulary.partOf(token);
            }
            boolean moves = Vocabulary.isPitch(token) && !conditions.isPercussion(part);
            tokens[i] = moves ? token + variation.shift() : token;
        }
        context = new EventContext(conditions);
        notesToTell = variation.knownNotes() ? events.noteCount() : EventContext.UNKNOWN;
        endToTell =
                variation.knownTime()
                        ? variation.prelude().steps() + events.endStep()
                        : EventContext.UNKNOWN;
    }

    @Override
    public boolean finished() {
        return next >= tokens.length;
    }

    @Override
    public int next() {
        return next;
    }

    /** Moves to the next pair: after this the context stands before the target. */
    @Override
    public void advance() {
        if (next > 0) {
            int last = next - 1;
            context.accept(tokens[last], durationClass(last), velocityClass(last));
        }
        if (next == prelude.size()) {
            context.notesToCome(notesToTell);
            context.endStep(endToTell);
        }
        next++;
    }

    /** What is known before the target. */
    EventContext context() {
        return context;
    }

    @Override
    public void writeFeatures(float[] target, int offset) {
        context.writeFeatures(target, offset);
    }

    @Override
    public void writePhase(float[] target, int offset) {
        context.writePhase(target, offset);
    }

    @Override
    public void legal(boolean[] mask) {
        context.legal(mask);
    }

    /** Token before the target: END at the beginning. */
    @Override
    public int inputToken() {
        return next == 1 ? Vocabulary.END : tokens[next - 2];
    }

    /** Duration class of the input plus one, 0 if it is not a note. */
    @Override
    public int inputDuration() {
        return inputIsNote() ? durationClass(next - 2) + 1 : 0;
    }

    /** Velocity class of the input plus one, 0 if it is not a note. */
    @Override
    public int inputVelocity() {
        return inputIsNote() ? velocityClass(next - 2) + 1 : 0;
    }

    @Override
    public int targetToken() {
        return tokens[next - 1];
    }

    @Override
    public boolean targetIsNote() {
        return Vocabulary.isPitch(targetToken());
    }

    @Override
    public int targetDuration() {
        return durationClass(next - 1);
    }

    @Override
    public int targetVelocity() {
        return velocityClass(next - 1);
    }

    /** Whether the target is the piece's own, not of what is heard before it. */
    @Override
    public boolean targetCounts() {
        return next - 1 >= prelude.size();
    }

    private boolean inputIsNote() {
        return next > 1 && Vocabulary.isPitch(tokens[next - 2]);
    }

    private int durationClass(int index) {
        return index < prelude.size()
                ? prelude.durationClass(index)
                : events.durationClass(index - prelude.size());
    }

    private int velocityClass(int index) {
        return index < prelude.size()
                ? prelude.velocityClass(index)
                : events.velocityClass(index - prelude.size());
    }

    /** The music starts later and begins a bar there. */
    private static Conditions delayed(Conditions conditions, int steps) {
        if (steps == 0) {
            return conditions;
        }
        List<GridMeter> meters = new ArrayList<>();
        GridMeter first = conditions.meters().getFirst();
        meters.add(first);
        for (GridMeter meter : conditions.meters()) {
            meters.add(
                    new GridMeter(
                            meter.startStep() + steps, meter.numerator(), meter.denominator()));
        }
        List<GridTempo> tempos = new ArrayList<>();
        tempos.add(conditions.tempos().getFirst());
        for (GridTempo tempo : conditions.tempos()) {
            tempos.add(new GridTempo(tempo.startStep() + steps, tempo.microsecondsPerQuarter()));
        }
        return new Conditions(conditions.parts(), meters, tempos, conditions.style());
    }
}
