package org.partita.protocol;

/**
 * An inclusive range of whole numbers that a named quantity must lie in.
 *
 * @param name the quantity, as it appears in error sentences
 * @param min smallest allowed value
 * @param max largest allowed value
 */
public record WholeRange(String name, long min, long max) {

    public WholeRange {
        if (min > max) {
            throw new IllegalArgumentException("empty range for " + name + ": " + min + ".." + max);
        }
    }

    /**
     * Gives the value back if it lies in the range.
     *
     * @throws IllegalArgumentException naming the quantity, the range and the value
     */
    public long check(long value) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    name + " out of range " + min + ".." + max + ": " + value);
        }
        return value;
    }
}
