package org.partita.protocol;

import java.util.List;

/**
 * A model bundle as clients may know it.
 *
 * @param name what a request calls it
 * @param title for people
 * @param sha256 of its weights, 64 lower-case hex digits
 * @param parameters number of trained parameters
 * @param instruments what it plays
 * @param styles labels that a request can name, the first for none in particular; empty where the
 *     worker does not tell
 * @param sampling its default settings
 * @param trainedOn the training data and their licences, in words
 */
public record ModelDescription(
        String name,
        String title,
        String sha256,
        long parameters,
        List<Instrument> instruments,
        List<String> styles,
        Sampling sampling,
        String trainedOn) {

    public ModelDescription {
        GenerationRequest.checkModelName(name);
        instruments = List.copyOf(instruments);
        // Workers of the first version do not tell.
        styles = styles == null ? List.of() : List.copyOf(styles);
    }

    /**
     * An instrument the model plays.
     *
     * @param name for people
     * @param program General MIDI program, 0..127
     * @param lowestPitch lowest key it has
     * @param highestPitch highest key it has
     */
    public record Instrument(String name, int program, int lowestPitch, int highestPitch) {}
}
