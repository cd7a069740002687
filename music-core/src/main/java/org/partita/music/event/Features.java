package org.partita.music.event;

/**
 * Where each musical fact stands in the input vector of one event. All values lie in 0..1 and
 * describe the music up to and including the last event.
 *
 * <p>Deterministic facts of this kind cost nothing and help a small recurrent network much: they
 * are what it would otherwise have to learn to count.
 */
public final class Features {

    /** How many style labels a model can tell apart, the unknown one included. */
    public static final int STYLES = 32;

    /** Keys struck in this frame so far, in the frame before, in the one before that. */
    static final int THIS_FRAME = 0;

    static final int PREVIOUS_FRAME = THIS_FRAME + Vocabulary.PITCHES;
    static final int FRAME_BEFORE = PREVIOUS_FRAME + Vocabulary.PITCHES;

    /** Keys that sound on from earlier frames, any part. */
    static final int SOUNDING = FRAME_BEFORE + Vocabulary.PITCHES;

    /** One-hot: step within the quarter note, counted from the bar line. */
    public static final int STEP_IN_QUARTER = SOUNDING + Vocabulary.PITCHES;

    /** One-hot: quarter note within the bar, the 16th and later together. */
    static final int QUARTER_IN_BAR = STEP_IN_QUARTER + Grid.STEPS_PER_QUARTER;

    public static final int QUARTERS = 16;

    /** One-hot: length of the bar in eighth notes, 1..15, others as 0. */
    public static final int BAR_LENGTH = QUARTER_IN_BAR + QUARTERS;

    static final int BAR_LENGTHS = 16;

    /** One-hot: whether the meter counts in halves, quarters, eighths or finer. */
    static final int BEAT_UNIT = BAR_LENGTH + BAR_LENGTHS;

    static final int BEAT_UNITS = 4;

    /** One-hot: tempo in ten equal ratios from 40 to 240 quarter notes a minute. */
    static final int TEMPO = BEAT_UNIT + BEAT_UNITS;

    static final int TEMPOS = 10;

    /** One-hot: bar number modulo eight. */
    public static final int PHRASE = TEMPO + TEMPOS;

    public static final int PHRASES = 8;

    /** One-hot: bars since the beginning, 0, 1, 2-3, 4-7, … 64 and more. */
    static final int ELAPSED = PHRASE + PHRASES;

    private static final int[] ELAPSED_FROM = {1, 2, 4, 8, 16, 32, 64};

    private static final int[] NOTES_FROM = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 17, 25, 33, 65};

    /** Up to a sixteenth note, an eighth, a quarter, … eight whole notes, more. */
    private static final int[] STEPS_FROM = {
        0, 1, 7, 13, 25, 37, 49, 73, 97, 145, 193, 289, 385, 577, 769
    };

    /**
     * One-hot: notes still to come, unknown or by {@link #notesFrom}. Exact for the last ones: of a
     * closing chord the bass comes last.
     */
    static final int NOTES_TO_COME = ELAPSED + 8;

    /** One-hot: steps still to come, unknown or by {@link #stepsFrom}. */
    static final int STEPS_TO_COME = NOTES_TO_COME + 16;

    /** One-hot: the part that the next pitch would belong to, and its instrument family. */
    public static final int PART = STEPS_TO_COME + 16;

    static final int FAMILY = PART + Vocabulary.MAX_PARTS;
    static final int FAMILIES = 17;

    /** One-hot: style label. */
    static final int STYLE = FAMILY + FAMILIES;

    /** Share of each pitch class among the latest notes, fading fast and fading slowly. */
    public static final int RECENT_PITCH_CLASSES = STYLE + STYLES;

    static final int LONGER_PITCH_CLASSES = RECENT_PITCH_CLASSES + 12;

    /** How many numbers describe one event. */
    public static final int COUNT = LONGER_PITCH_CLASSES + 12;

    /** How many numbers describe its musical time. */
    public static final int PHASES = 32;

    /** What a new note leaves of the shares of the pitch classes, fading fast and fading slowly. */
    public static final double RECENT_FADE = 0.9;

    public static final double LONGER_FADE = 0.99;

    /** After so many bars all oscillations that tell musical distance are where they were. */
    public static final int PHASE_BARS = 128 * 3;

    /** Periods of these oscillations. */
    private static final double[] PERIODS_IN_BARS = {
        1.0 / 8, 1.0 / 6, 1.0 / 4, 1.0 / 3, 1.0 / 2, 2.0 / 3, 1, 2, 3, 4, 6, 8, 12, 16, 32, 128
    };

    private Features() {}

    /** The smallest number of bars since the beginning in each class but the first. */
    public static int[] elapsedFrom() {
        return ELAPSED_FROM.clone();
    }

    /** The smallest number of notes to come in each class but the first, which is "unknown". */
    public static int[] notesFrom() {
        return NOTES_FROM.clone();
    }

    /** The smallest number of steps to come in each class but the first, which is "unknown". */
    public static int[] stepsFrom() {
        return STEPS_FROM.clone();
    }

    static int elapsedClass(long bars) {
        return reached(ELAPSED_FROM, bars);
    }

    static int notesClass(long notes) {
        return reached(NOTES_FROM, notes);
    }

    static int stepsClass(long steps) {
        return reached(STEPS_FROM, steps);
    }

    private static int reached(int[] beginnings, long value) {
        int count = 0;
        while (count < beginnings.length && value >= beginnings[count]) {
            count++;
        }
        return count;
    }

    /** The period of an oscillation in 0..{@link #PHASES} / 2 - 1, in bars. */
    public static double period(int oscillation) {
        return PERIODS_IN_BARS[oscillation];
    }

    /** Turns of an oscillation at the beginning of a bar, those that are complete left out. */
    public static double turns(int oscillation, long bar) {
        double period = period(oscillation);
        // The remainder first: an angle stays exact however many bars have passed.
        return (bar % PHASE_BARS) % period / period;
    }
}
