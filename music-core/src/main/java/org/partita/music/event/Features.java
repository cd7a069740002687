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

    public static final int ELAPSEDS = 8;

    /** One-hot: notes still to come: unknown, up to 2, 4, 8, 16, 32, 64, more. */
    static final int REMAINING = ELAPSED + ELAPSEDS;

    public static final int REMAININGS = 8;

    /** One-hot: the part that the next pitch would belong to, and its instrument family. */
    public static final int PART = REMAINING + REMAININGS;

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
