package org.partita.trainer.benchmark;

import java.util.List;
import org.partita.trainer.training.EventForm;
import org.partita.trainer.training.Reading;
import org.partita.trainer.training.Repertoire;

/**
 * A piece of a benchmark, read symbol by symbol. The network learns tokens, which are one-to-one to
 * the symbols that are legal there.
 */
abstract class SymbolReading implements Reading {

    /** Of any protocol. */
    static final int TOKENS = 92;

    /** Stands for the beginning. */
    static final int BEGIN = 128;

    static final int VOCABULARY = BEGIN + 1;

    /** One-hot: the frame's number modulo this. */
    static final int BEATS = 16;

    /** One-hot: by how much a piece was moved. */
    private static final int MOVES = Repertoire.HIGHEST_SHIFT - Repertoire.LOWEST_SHIFT + 1;

    /** One-hot: 0, 1, 2-3, 4-7, ... frames. */
    static final int LENGTHS = 8;

    /** Periods, in frames, of the oscillations that tell the distance of two frames. */
    private static final double[] PERIODS = {2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 128, 256};

    static final int PHASES = 2 * PERIODS.length;

    private static final double FAST_FADE = 0.9;
    private static final double SLOW_FADE = 0.99;

    /** What {@link Echo} looks for, in tokens. */
    private static final int SHORT_ECHO = 8;

    private static final int LONG_ECHO = 24;

    private final int[] symbols;
    private final int moved;
    private final List<Echo> echoes;
    private final double[] recent = new double[12];
    private final double[] longer = new double[12];
    private int next;
    private int inputToken = BEGIN;
    private int targetToken = BEGIN;

    /**
     * @param moved semitones that the piece was moved by to vary the training, 0 where it is scored
     * @param period of the places in a frame that tokens are compared at, 1 if any
     */
    SymbolReading(int[] symbols, int moved, int period) {
        this.symbols = symbols;
        this.moved = moved;
        echoes = List.of(new Echo(SHORT_ECHO, period), new Echo(LONG_ECHO, period));
    }

    static EventForm form(int features) {
        return new EventForm(VOCABULARY, 1, 1, features, PHASES);
    }

    @Override
    public final boolean finished() {
        return next >= symbols.length;
    }

    @Override
    public final int next() {
        return next;
    }

    @Override
    public final void advance() {
        if (next > 0) {
            inputToken = targetToken;
            echoes.forEach(echo -> echo.accept(inputToken));
            accept(symbols[next - 1]);
        }
        targetToken = token(symbols[next]);
        next++;
    }

    @Override
    public final int inputToken() {
        return inputToken;
    }

    @Override
    public final int targetToken() {
        return targetToken;
    }

    @Override
    public final void writeFeatures(float[] target, int offset) {
        Pen pen = new Pen(target, offset);
        describe(pen);
        pen.choose(frame() % BEATS, BEATS);
        pen.choose(lengthClass(frame()), LENGTHS);
        pen.choose(moved - Repertoire.LOWEST_SHIFT, MOVES);
        for (Echo echo : echoes) {
            pen.choose(echo.expected(), TOKENS);
            pen.choose(lengthClass(echo.agreed()), LENGTHS);
        }
        for (int i = 0; i < 12; i++) {
            pen.number(recent[(reference() + i) % 12]);
            pen.number(longer[(reference() + i) % 12]);
        }
    }

    /** How many numbers {@link #writeFeatures} adds to {@link #describe}'s. */
    static final int COMMON_FEATURES = BEATS + LENGTHS + MOVES + 2 * (TOKENS + LENGTHS) + 24;

    @Override
    public final void writePhase(float[] target, int offset) {
        for (int i = 0; i < PERIODS.length; i++) {
            double angle = 2 * Math.PI * frame() / PERIODS[i];
            target[offset + i] = (float) Math.cos(angle);
            target[offset + PERIODS.length + i] = (float) Math.sin(angle);
        }
    }

    /** The token of a symbol, as far as the music has been read. */
    abstract int token(int symbol);

    /** The pitch that the classes heard are told in relation to, numbered as in {@link #hear}. */
    abstract int reference();

    /** Moves past a symbol. */
    abstract void accept(int symbol);

    /** Number of the frame that the target belongs to. */
    abstract int frame();

    /** Writes what is known of the music. */
    abstract void describe(Pen pen);

    /** Remembers a pitch that sounds, any numbering. */
    final void hear(int pitch) {
        for (int i = 0; i < 12; i++) {
            recent[i] *= FAST_FADE;
            longer[i] *= SLOW_FADE;
        }
        recent[pitch % 12] += 1 - FAST_FADE;
        longer[pitch % 12] += 1 - SLOW_FADE;
    }

    static int lengthClass(int frames) {
        return frames <= 0 ? 0 : Math.min(32 - Integer.numberOfLeadingZeros(frames), LENGTHS - 1);
    }

    /** Writes features one after the other into a row of zeros. */
    static final class Pen {

        private final float[] row;
        private int position;

        Pen(float[] row, int position) {
            this.row = row;
            this.position = position;
        }

        /** One-hot; all zero if the choice is negative. */
        void choose(int choice, int choices) {
            if (choice >= 0) {
                row[position + choice] = 1;
            }
            position += choices;
        }

        /** Many-hot. */
        void mark(int[] marked, int size) {
            for (int mark : marked) {
                row[position + mark] = 1;
            }
            position += size;
        }

        void number(double value) {
            row[position++] = (float) value;
        }
    }
}
