package org.partita.protocol;

/** How long the piece shall be; it is met exactly. */
public sealed interface Length {

    /** The JSON field that carries this length: {@code notes}, {@code bars} or {@code seconds}. */
    String unit();

    /** The amount, in {@link #unit()}. */
    int amount();

    /**
     * A rough count of notes to compose, for estimating waiting times; never used to decide when a
     * piece is finished.
     */
    int estimatedNotes();

    /** A number of notes. */
    record Notes(int amount) implements Length {

        public static final WholeRange RANGE = new WholeRange("notes", 1, 20_000);

        public Notes {
            RANGE.check(amount);
        }

        @Override
        public String unit() {
            return "notes";
        }

        @Override
        public int estimatedNotes() {
            return amount;
        }
    }

    /** A number of bars in the piece's meter. */
    record Bars(int amount) implements Length {

        public static final WholeRange RANGE = new WholeRange("bars", 1, 2_000);

        public Bars {
            RANGE.check(amount);
        }

        @Override
        public String unit() {
            return "bars";
        }

        @Override
        public int estimatedNotes() {
            return 14 * amount;
        }
    }

    /** A playing time in seconds at the piece's tempo. */
    record Seconds(int amount) implements Length {

        public static final WholeRange RANGE = new WholeRange("seconds", 1, 3_600);

        public Seconds {
            RANGE.check(amount);
        }

        @Override
        public String unit() {
            return "seconds";
        }

        @Override
        public int estimatedNotes() {
            return 7 * amount;
        }
    }
}
