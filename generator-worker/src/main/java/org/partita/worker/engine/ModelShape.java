package org.partita.worker.engine;

import org.partita.music.model.EventFormat;
import org.partita.music.model.ModelManifest;
import org.partita.music.model.NetworkShape;

/**
 * Sizes of a model's tensors. All are counts of numbers a lane.
 *
 * @param tokens logits of the next token
 * @param durations logits of a note's duration
 * @param velocities logits of a note's velocity
 * @param features facts about the music so far
 * @param phases musical time
 * @param hidden width of each of the three GRU layers
 * @param ringSlots past events the attention sees
 * @param keyWidth of an event's key
 * @param valueWidth of an event's value
 * @param noteWidth of the projection that the duration and velocity graphs read
 */
record ModelShape(
        int tokens,
        int durations,
        int velocities,
        int features,
        int phases,
        int hidden,
        int ringSlots,
        int keyWidth,
        int valueWidth,
        int noteWidth) {

    static final int GRU_LAYERS = 3;

    /**
     * @throws IllegalArgumentException if the model was made for another vocabulary or graph
     */
    static ModelShape of(ModelManifest manifest) {
        EventFormat events = manifest.events();
        events.requireCurrent();
        NetworkShape network = manifest.network();
        if (network.recurrentLayers() != GRU_LAYERS) {
            throw new IllegalArgumentException(
                    "the model has " + network.recurrentLayers() + " recurrent layers, not 3");
        }
        return new ModelShape(
                events.vocabularySize(),
                events.durationSteps().size(),
                events.velocities().size(),
                events.features(),
                events.phases(),
                network.hiddenSize(),
                network.ringSlots(),
                network.keySize(),
                network.valueSize(),
                network.noteSize());
    }
}
