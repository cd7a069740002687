package org.partita.trainer.benchmark;

import org.partita.trainer.training.EventForm;
import org.partita.trainer.training.Reading;

/** A piece of a benchmark, read symbol by symbol; a token of the network is a symbol's number. */
abstract class SymbolReading implements Reading {

    /** Stands for the beginning. */
    static final int BEGIN = 128;

    static final int VOCABULARY = BEGIN + 1;

    /** One-hot: the frame's number modulo this. */
    static final int BEATS = 16;

    /** One-hot: 0, 1, 2-3, 4-7, ... frames. */
    static final int LENGTHS = 8;

    /** Periods, in frames, of the oscillations that tell the distance of two frames. */
    private static final double[] PERIODS = {2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 128, 256};

    static final int PHASES = 2 * PERIODS.length;

    private static final double FAST_FADE = 0.9;
    private static final double SLOW_FADE = 0.99;

    private final int[] symbols;
    private final double[] recent = new double[12];
    private final double[] longer = new double[12];
    private int next;

    SymbolReading(int[] symbols) {
        this.symbols = symbols;
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
            accept(symbols[next - 1]);
        }
        next++;
    }

    @Override
    public final int inputToken() {
        return next == 1 ? BEGIN : symbols[next - 2];
    }

    @Override
    public final int targetToken() {
        return symbols[next - 1];
    }

    @Override
    public final void writeFeatures(float[] target, int offset) {
        Pen pen = new Pen(target, offset);
        describe(pen);
        pen.choose(frame() % BEATS, BEATS);
        pen.choose(lengthClass(frame()), LENGTHS);
        for (int i = 0; i < 12; i++) {
            pen.number(recent[i]);
            pen.number(longer[i]);
        }
    }

    /** How many numbers {@link #writeFeatures} adds to {@link #describe}'s. */
    static final int COMMON_FEATURES = BEATS + LENGTHS + 24;

    @Override
    public final void writePhase(float[] target, int offset) {
        for (int i = 0; i < PERIODS.length; i++) {
            double angle = 2 * Math.PI * frame() / PERIODS[i];
            target[offset + i] = (float) Math.cos(angle);
            target[offset + PERIODS.length + i] = (float) Math.sin(angle);
        }
    }

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

        void numbers(double[] values) {
            for (double value : values) {
                number(value);
            }
        }
    }
}
