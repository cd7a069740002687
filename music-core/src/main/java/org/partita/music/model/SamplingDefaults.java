package org.partita.music.model;

/**
 * How a model sounds best, for requests that do not say otherwise.
 *
 * @param temperature divides the logits, 0..2; 0 always takes the likeliest event
 * @param topK likeliest events that are kept, 0 keeps all
 * @param topP keep the smallest set of likeliest events holding this probability, 0.01..1
 * @param minP drop events less likely than this share of the likeliest one, 0..1
 * @param tempoBpm quarter notes a minute, 20..400
 */
public record SamplingDefaults(
        double temperature, int topK, double topP, double minP, double tempoBpm) {

    public SamplingDefaults {
        Require.between(0.0, 2.0, temperature, "temperature");
        Require.between(0, 1 << 20, topK, "topK");
        Require.between(0.01, 1.0, topP, "topP");
        Require.between(0.0, 1.0, minP, "minP");
        Require.between(20.0, 400.0, tempoBpm, "tempoBpm");
    }
}
