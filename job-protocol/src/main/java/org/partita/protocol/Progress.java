package org.partita.protocol;

/**
 * How far a piece is, in the unit of the requested length.
 *
 * @param done composed so far, 0..total
 * @param total to be composed
 */
public record Progress(int done, int total) {

    public Progress {
        if (total < 1 || done < 0 || done > total) {
            throw new IllegalArgumentException("progress out of range 0.." + total + ": " + done);
        }
    }
}
