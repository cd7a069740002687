package org.partita.worker.engine;

/**
 * The counter-based generator Philox4x32-10: 128 random bits as a function of a 128-bit counter and
 * a 64-bit key. Any draw can be made without the ones before it, so results do not depend on the
 * order in which lanes are stepped.
 *
 * <p>Salmon, Moraes, Dror and Shaw, <cite>Parallel random numbers: as easy as 1, 2, 3</cite>,
 * SC'11.
 */
final class Philox {

    private static final int ROUNDS = 10;
    private static final long MULTIPLIER_0 = 0xD2511F53L;
    private static final long MULTIPLIER_1 = 0xCD9E8D57L;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;
    private static final long WORD = 0xFFFFFFFFL;

    private Philox() {}

    /** The block's first two 32-bit words, the first one in the upper half. */
    static long firstHalf(int c0, int c1, int c2, int c3, long key) {
        return block(c0, c1, c2, c3, key, false);
    }

    /** The block's last two 32-bit words, the third one in the upper half. */
    static long secondHalf(int c0, int c1, int c2, int c3, long key) {
        return block(c0, c1, c2, c3, key, true);
    }

    // Halves instead of an array: a draw must not allocate.
    private static long block(int c0, int c1, int c2, int c3, long key, boolean second) {
        int x0 = c0;
        int x1 = c1;
        int x2 = c2;
        int x3 = c3;
        int k0 = (int) key;
        int k1 = (int) (key >>> 32);
        for (int round = 0; round < ROUNDS; round++) {
            long product0 = MULTIPLIER_0 * (x0 & WORD);
            long product1 = MULTIPLIER_1 * (x2 & WORD);
            int y0 = (int) (product1 >>> 32) ^ x1 ^ k0;
            int y1 = (int) product1;
            int y2 = (int) (product0 >>> 32) ^ x3 ^ k1;
            int y3 = (int) product0;
            x0 = y0;
            x1 = y1;
            x2 = y2;
            x3 = y3;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        return second ? (x2 & WORD) << 32 | (x3 & WORD) : (x0 & WORD) << 32 | (x1 & WORD);
    }
}
