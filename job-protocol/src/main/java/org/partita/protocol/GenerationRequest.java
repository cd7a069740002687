package org.partita.protocol;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for, checked; the body of {@code POST /v1/generations}.
 *
 * @param model name of a model bundle; {@code null} takes the default one
 * @param start what the piece begins with
 * @param length how long it shall be
 * @param sampling settings that differ from the model's defaults
 * @param seed of the random numbers, 0..2^53-1 so that every JSON reader keeps it exact; {@code
 *     null} draws one
 * @param tempoBpm quarter notes a minute, 20..300; {@code null} leaves it to the model
 * @param meter time signature; {@code null} leaves it to the model
 * @param style one of the model's style labels; {@code null} is none in particular
 * @param controls what no composed note may break
 * @param includePrompt whether the start's own notes stay in the result
 * @param deadlineSeconds after this long the job expires or fails, 5..3600; {@code null} takes
 *     {@link #DEFAULT_DEADLINE_SECONDS}
 */
public record GenerationRequest(
        @Nullable String model,
        Start start,
        Length length,
        SamplingRequest sampling,
        @Nullable Long seed,
        @Nullable Integer tempoBpm,
        @Nullable Meter meter,
        @Nullable String style,
        Controls controls,
        boolean includePrompt,
        @Nullable Integer deadlineSeconds) {

    public static final WholeRange SEED = new WholeRange("seed", 0, (1L << 53) - 1);
    public static final WholeRange TEMPO_BPM = new WholeRange("tempoBpm", 20, 300);
    public static final WholeRange DEADLINE_SECONDS = new WholeRange("deadlineSeconds", 5, 3_600);

    /** How long a job may take when the client does not say, in seconds. */
    public static final int DEFAULT_DEADLINE_SECONDS = 300;

    private static final Pattern MODEL_NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final Pattern STYLE =
            Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N} .,'&()-]{0,63}");

    public GenerationRequest {
        if (model != null) {
            checkModelName(model);
        }
        if (seed != null) {
            SEED.check(seed);
        }
        if (tempoBpm != null) {
            TEMPO_BPM.check(tempoBpm);
        }
        if (style != null) {
            checkStyle(style);
        }
        controls.check(start);
        if (deadlineSeconds != null) {
            DEADLINE_SECONDS.check(deadlineSeconds);
        }
    }

    /** A request with everything but start and length left to the defaults. */
    public static GenerationRequest of(Start start, Length length) {
        return new GenerationRequest(
                null,
                start,
                length,
                SamplingRequest.NONE,
                null,
                null,
                null,
                null,
                Controls.NONE,
                false,
                null);
    }

    static String checkStyle(String style) {
        if (!STYLE.matcher(style).matches()) {
            throw new IllegalArgumentException(
                    "style must be a label of 1..64 letters, digits, spaces and the signs . , ' & ("
                            + " ) -, as /v1/models lists them");
        }
        return style;
    }

    static String checkModelName(String name) {
        if (!MODEL_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "model must be a name of 1..64 characters out of a-z, 0-9, '.', '_' and '-'");
        }
        return name;
    }
}
