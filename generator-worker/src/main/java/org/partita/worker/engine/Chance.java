package org.partita.worker.engine;

/**
 * All random numbers of one piece: each is a pure function of the seed, the purpose, the event it
 * decides and the draw within that event.
 *
 * @param seed of the piece
 */
record Chance(long seed) {

    /** What numbers are drawn for; each purpose has numbers of its own. */
    enum Purpose {
        COMPOSING(0),
        PROMPT(1);

        // Written down, because it decides every byte of every piece.
        private final int stream;

        Purpose(int stream) {
            this.stream = stream;
        }
    }

    private static final double UNIT = 0x1p-53;

    /**
     * A uniform number in [0, 1) with 53 random bits.
     *
     * @param event index of the event, 0 first
     * @param draw index within the event
     */
    double uniform(Purpose purpose, long event, int draw) {
        long bits = Philox.firstHalf((int) event, (int) (event >>> 32), draw, purpose.stream, seed);
        return (bits >>> 11) * UNIT;
    }
}
