package org.partita.protocol;

/**
 * The number of a claim on a job. Every claim raises it, and only the holder of the highest one may
 * write: a worker that froze and wakes up after its job was given away can change nothing.
 */
public record Fence(long value) implements Comparable<Fence> {

    public Fence {
        if (value < 1) {
            throw new IllegalArgumentException("fence must be at least 1: " + value);
        }
    }

    @Override
    public int compareTo(Fence other) {
        return Long.compare(value, other.value);
    }
}
