package org.partita.worker.engine;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long the steps of a decode thread took: counts in classes that are 1/16 wide of their own
 * lower bound, or finer. One thread records; any thread may look.
 */
final class StepTimes {

    private static final int FINE_BITS = 4;
    private static final int CLASSES = (Long.SIZE - FINE_BITS) << FINE_BITS;

    private final AtomicLongArray counts = new AtomicLongArray(CLASSES);

    /** Records a step. */
    void add(long nanos) {
        int index = index(nanos);
        counts.setRelease(index, counts.getPlain(index) + 1);
    }

    void addTo(long[] sum) {
        for (int i = 0; i < CLASSES; i++) {
            sum[i] += counts.getAcquire(i);
        }
    }

    static long[] none() {
        return new long[CLASSES];
    }

    static int index(long nanos) {
        long value = Math.max(nanos, 0);
        int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(value) - 1 - FINE_BITS);
        return (shift << FINE_BITS) + (int) (value >> shift);
    }

    /** The middle of a class. */
    static double nanos(int index) {
        int shift = Math.max(0, (index >> FINE_BITS) - 1);
        long lower = (long) (index - (shift << FINE_BITS)) << shift;
        return lower + (1L << shift) / 2.0;
    }
}
