package org.partita.trainer.network;

/**
 * The shape of the network. All sizes are counts of floats.
 *
 * @param vocabulary number of tokens
 * @param durations number of duration classes of a note
 * @param velocities number of velocity classes of a note
 * @param features host-made input features per event
 * @param hidden width H of the embedding, the GRU layers and the attention's input and output
 * @param layers stacked GRU layers
 * @param heads query heads; they share one key and one value head
 * @param keySize content part of a key
 * @param phaseSize phase part of a key: musical time at {@code phaseSize / 2} frequencies
 * @param valueSize width of a value
 * @param window events the attention sees, the current one included
 * @param noteSize width U of the projection that the duration head adds its pitch embedding to
 * @param velocityHidden hidden width of the velocity head
 */
public record NetworkConfig(
        int vocabulary,
        int durations,
        int velocities,
        int features,
        int hidden,
        int layers,
        int heads,
        int keySize,
        int phaseSize,
        int valueSize,
        int window,
        int noteSize,
        int velocityHidden) {

    /** Pitches a strike token can name: tokens below this are pitches. */
    public static final int PITCHES = 128;

    public NetworkConfig {
        requireAtLeast("vocabulary", vocabulary, PITCHES + 1);
        requireAtLeast("durations", durations, 1);
        requireAtLeast("velocities", velocities, 1);
        requireAtLeast("features", features, 1);
        requireAtLeast("hidden", hidden, 1);
        requireAtLeast("layers", layers, 1);
        requireAtLeast("heads", heads, 1);
        requireAtLeast("keySize", keySize, 1);
        requireAtLeast("phaseSize", phaseSize, 2);
        requireAtLeast("valueSize", valueSize, 1);
        requireAtLeast("window", window, 2);
        requireAtLeast("noteSize", noteSize, 1);
        requireAtLeast("velocityHidden", velocityHidden, 1);
        if (phaseSize % 2 != 0) {
            throw new IllegalArgumentException("phaseSize must be even: " + phaseSize);
        }
    }

    /** Keys and values kept beside the current event: {@code window - 1}. */
    public int ringSlots() {
        return window - 1;
    }

    /** Width of a whole key, content then phase. */
    public int keyWidth() {
        return keySize + phaseSize;
    }

    private static void requireAtLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ": " + value);
        }
    }
}
