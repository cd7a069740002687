package org.partita.trainer.network;

/**
 * Variational dropout: one mask per lane for a whole segment (Gal and Ghahramani 2016).
 *
 * @param input probability to drop an entry of the network's input
 * @param layers probability between GRU layers
 * @param output probability before the output
 * @param seed seeds the masks of this segment
 */
public record Dropout(double input, double layers, double output, long seed) {

    /** Keeps everything: for evaluation. */
    public static final Dropout NONE = new Dropout(0, 0, 0, 0);

    public Dropout {
        requireProbability("input", input);
        requireProbability("layers", layers);
        requireProbability("output", output);
    }

    private static void requireProbability(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(name + " dropout out of range [0, 1): " + value);
        }
    }
}
