package org.partita.music.model;

/**
 * The sizes of a model's graphs that its user has to know to feed them.
 *
 * @param hiddenSize width of a recurrent layer's state
 * @param recurrentLayers states to carry from event to event, each {@code [lanes, hiddenSize]}
 * @param ringSlots earlier events that attention can look back to
 * @param keySize numbers of an event's attention key: ring {@code [lanes, ringSlots, keySize]}
 * @param valueSize numbers of an event's attention value
 * @param noteSize width of the vector from which duration and velocity are predicted
 * @param parameters trained numbers, all graphs together, shared ones counted once
 */
public record NetworkShape(
        int hiddenSize,
        int recurrentLayers,
        int ringSlots,
        int keySize,
        int valueSize,
        int noteSize,
        long parameters) {

    public NetworkShape {
        Require.between(1, 1 << 16, hiddenSize, "hiddenSize");
        Require.between(1, 64, recurrentLayers, "recurrentLayers");
        Require.between(1, 1 << 20, ringSlots, "ringSlots");
        Require.between(1, 1 << 16, keySize, "keySize");
        Require.between(1, 1 << 16, valueSize, "valueSize");
        Require.between(1, 1 << 16, noteSize, "noteSize");
        Require.between(1, Long.MAX_VALUE, parameters, "parameters");
    }
}
