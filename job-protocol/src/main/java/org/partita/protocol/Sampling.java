package org.partita.protocol;

/**
 * How the next event is drawn from the model's distribution.
 *
 * @param temperature divides the logits, 0..2; 0 always takes the likeliest event
 * @param topK keep only this many likeliest events, 0..240; 0 keeps all
 * @param topP keep the smallest set of likeliest events holding this probability, 0.01..1
 * @param minP drop events less likely than this share of the likeliest one, 0..1
 */
public record Sampling(double temperature, int topK, double topP, double minP) {

    public static final RealRange TEMPERATURE = new RealRange("temperature", 0, 2);
    public static final WholeRange TOP_K = new WholeRange("topK", 0, 240);
    public static final RealRange TOP_P = new RealRange("topP", 0.01, 1);
    public static final RealRange MIN_P = new RealRange("minP", 0, 1);

    /** What applies when neither the request nor the model says otherwise. */
    public static final Sampling DEFAULT = new Sampling(1.0, 0, 1.0, 0.0);

    public Sampling {
        TEMPERATURE.check(temperature);
        TOP_K.check(topK);
        TOP_P.check(topP);
        MIN_P.check(minP);
    }
}
