package org.partita.music.event;

/**
 * The tokens of the event stream. A piece is a sequence of <em>frames</em>; a frame strikes its
 * notes (part ascending, pitch falling within a part) and then advances to the next frame or ends
 * the piece.
 *
 * <table>
 * <caption>Tokens</caption>
 * <tr><td>0..127</td><td>strike that pitch in the current part; carries a duration and a velocity class</td></tr>
 * <tr><td>128..223</td><td>advance 1..96 steps to the next frame; longer gaps repeat 96</td></tr>
 * <tr><td>224..238</td><td>the following notes of this frame belong to part 1..15 (a frame begins in part 0)</td></tr>
 * <tr><td>239</td><td>the piece ends with this frame; before the first event it stands for "begin"</td></tr>
 * </table>
 */
public final class Vocabulary {

    public static final int PITCHES = 128;
    public static final int MAX_ADVANCE_STEPS = 96;
    public static final int MAX_PARTS = 16;
    public static final int END = PITCHES + MAX_ADVANCE_STEPS + MAX_PARTS - 1;
    public static final int SIZE = END + 1;

    private static final int FIRST_PART_TOKEN = PITCHES + MAX_ADVANCE_STEPS;

    private Vocabulary() {}

    public static boolean isPitch(int token) {
        return token >= 0 && token < PITCHES;
    }

    public static boolean isAdvance(int token) {
        return token >= PITCHES && token < FIRST_PART_TOKEN;
    }

    public static boolean isPart(int token) {
        return token >= FIRST_PART_TOKEN && token < END;
    }

    /** The token that advances {@code steps} in 1..96. */
    public static int advance(int steps) {
        if (steps < 1 || steps > MAX_ADVANCE_STEPS) {
            throw new IllegalArgumentException("advance out of range 1..96 steps: " + steps);
        }
        return PITCHES + steps - 1;
    }

    /** How far an advance token moves, in steps. */
    public static int advanceSteps(int token) {
        return token - PITCHES + 1;
    }

    /** The token that turns to {@code part} in 1..15. */
    public static int part(int part) {
        if (part < 1 || part >= MAX_PARTS) {
            throw new IllegalArgumentException("part out of range 1..15: " + part);
        }
        return FIRST_PART_TOKEN + part - 1;
    }

    /** Which part a part token turns to. */
    public static int partOf(int token) {
        return token - FIRST_PART_TOKEN + 1;
    }
}
