package org.partita.protocol;

import org.jspecify.annotations.Nullable;

/** The sampling settings a client asked for; each one left out takes the model's default. */
public record SamplingRequest(
        @Nullable Double temperature,
        @Nullable Integer topK,
        @Nullable Double topP,
        @Nullable Double minP) {

    /** Nothing asked for. */
    public static final SamplingRequest NONE = new SamplingRequest(null, null, null, null);

    public SamplingRequest {
        if (temperature != null) {
            Sampling.TEMPERATURE.check(temperature);
        }
        if (topK != null) {
            Sampling.TOP_K.check(topK);
        }
        if (topP != null) {
            Sampling.TOP_P.check(topP);
        }
        if (minP != null) {
            Sampling.MIN_P.check(minP);
        }
    }

    /** Everything asked for. */
    public static SamplingRequest of(Sampling sampling) {
        return new SamplingRequest(
                sampling.temperature(), sampling.topK(), sampling.topP(), sampling.minP());
    }

    /** The complete settings, filled up from the defaults. */
    public Sampling resolve(Sampling defaults) {
        return new Sampling(
                temperature != null ? temperature : defaults.temperature(),
                topK != null ? topK : defaults.topK(),
                topP != null ? topP : defaults.topP(),
                minP != null ? minP : defaults.minP());
    }
}
