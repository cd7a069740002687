package org.partita.worker.engine;

import java.util.Arrays;

/** How long events took, one after the other of the same piece; immutable. */
public final class Latencies {

    private final long[] counts;

    Latencies(long[] counts) {
        this.counts = counts;
    }

    /** Those after an earlier look. */
    public Latencies since(Latencies earlier) {
        long[] rest = counts.clone();
        Arrays.setAll(rest, i -> rest[i] - earlier.counts[i]);
        return new Latencies(rest);
    }

    public long count() {
        return Arrays.stream(counts).sum();
    }

    /**
     * Seconds within which a share of the steps was done, to 1/16.
     *
     * @param share 0..1
     */
    public double quantile(double share) {
        long wanted = Math.max(1, (long) Math.ceil(share * count()));
        long passed = 0;
        for (int i = 0; i < counts.length; i++) {
            passed += counts[i];
            if (passed >= wanted) {
                return StepTimes.nanos(i) / 1e9;
            }
        }
        return 0;
    }
}
