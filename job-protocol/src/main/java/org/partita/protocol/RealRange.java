package org.partita.protocol;

/**
 * An inclusive range of real numbers that a named quantity must lie in.
 *
 * @param name the quantity, as it appears in error sentences
 * @param min smallest allowed value
 * @param max largest allowed value
 */
public record RealRange(String name, double min, double max) {

    public RealRange {
        if (!(min <= max)) {
            throw new IllegalArgumentException("empty range for " + name + ": " + min + ".." + max);
        }
    }

    /**
     * Gives the value back if it lies in the range; NaN lies in no range.
     *
     * @throws IllegalArgumentException naming the quantity, the range and the value
     */
    public double check(double value) {
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException(
                    name + " out of range " + min + ".." + max + ": " + value);
        }
        return value;
    }
}
