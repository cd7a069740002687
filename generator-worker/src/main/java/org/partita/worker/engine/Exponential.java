package org.partita.worker.engine;

/**
 * The exponential function, the same to the last bit on every machine and in every compiler: only
 * additions, multiplications and powers of two, in one fixed order. Relative error below 1e-15.
 *
 * <p>{@link Math#exp} may differ between machines; {@link StrictMath#exp} does not but costs five
 * times as much.
 */
final class Exponential {

    private static final double LOG2_E = 1.4426950408889634;
    // ln 2 in two parts (fdlibm): the upper one has zeros at its end, so that k * LN2_HIGH is
    // exact.
    private static final double LN2_HIGH = 0x1.62e42feep-1;
    private static final double LN2_LOW = 0x1.a39ef35793c76p-33;
    private static final double SMALLEST = -708;

    private Exponential() {}

    /**
     * {@code e} to the power of {@code x}.
     *
     * @param x at most 0; below -708 the answer is 0
     */
    static double exp(double x) {
        if (x < SMALLEST) {
            return 0;
        }
        double k = Math.rint(x * LOG2_E);
        double r = (x - k * LN2_HIGH) - k * LN2_LOW;
        // Taylor series to r^13: |r| <= ln(2)/2, so the first missing term is below 5e-18.
        double sum = 1.0 / 6227020800.0;
        sum = sum * r + 1.0 / 479001600.0;
        sum = sum * r + 1.0 / 39916800.0;
        sum = sum * r + 1.0 / 3628800.0;
        sum = sum * r + 1.0 / 362880.0;
        sum = sum * r + 1.0 / 40320.0;
        sum = sum * r + 1.0 / 5040.0;
        sum = sum * r + 1.0 / 720.0;
        sum = sum * r + 1.0 / 120.0;
        sum = sum * r + 1.0 / 24.0;
        sum = sum * r + 1.0 / 6.0;
        sum = sum * r + 0.5;
        sum = sum * r + 1.0;
        sum = sum * r + 1.0;
        return sum * Double.longBitsToDouble((long) (k + 1023) << 52);
    }
}
