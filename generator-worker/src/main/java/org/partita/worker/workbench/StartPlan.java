package org.partita.worker.workbench;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.partita.protocol.Start;

/** Which start each of many pieces has. */
sealed interface StartPlan {

    /** Lowest and highest key of a piano. */
    Notes PIANO = new Notes(21, 108);

    /** The start of a piece, the first being 0. */
    Start start(int index);

    /**
     * Reads {@code random}, {@code note:PITCH}, {@code note:LOW-HIGH} or {@code mixed}.
     *
     * @throws IllegalArgumentException if it is written in another way
     */
    static StartPlan parse(String written) {
        return switch (written) {
            case "random" -> new Random();
            case "mixed" -> new Mixed();
            default -> Notes.parse(written);
        };
    }

    /** Random frames before every piece. */
    record Random() implements StartPlan {
        @Override
        public Start start(int index) {
            return new Start.Random();
        }
    }

    /** Each key of a range in turn. */
    record Notes(int low, int high) implements StartPlan {

        private static final Pattern WRITTEN =
                Pattern.compile("note:([0-9]{1,3})(?:-([0-9]{1,3}))?");

        public Notes {
            Start.ChosenNote.PITCH.check(low);
            Start.ChosenNote.PITCH.check(high);
            if (low > high) {
                throw new IllegalArgumentException(
                        "--start: the lower pitch first: " + low + "-" + high);
            }
        }

        static Notes parse(String written) {
            Matcher note = WRITTEN.matcher(written);
            if (!note.matches()) {
                throw new IllegalArgumentException(
                        "--start reads random, note:PITCH, note:LOW-HIGH or mixed: " + written);
            }
            int low = Integer.parseInt(note.group(1));
            String high = note.group(2);
            return new Notes(low, high == null ? low : Integer.parseInt(high));
        }

        @Override
        public Start start(int index) {
            return new Start.ChosenNote(low + index % (high - low + 1));
        }
    }

    /** Random frames and a key of the piano by turns. */
    record Mixed() implements StartPlan {
        @Override
        public Start start(int index) {
            return index % 2 == 0 ? new Start.Random() : PIANO.start(index / 2);
        }
    }
}
