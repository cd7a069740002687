package org.partita.protocol;

import java.util.regex.Pattern;

/**
 * What is known of a finished piece beside its bytes.
 *
 * @param sha256 of the MIDI file, 64 lower-case hex digits
 * @param bytes size of the MIDI file
 * @param notes number of notes in it
 * @param provider what ran the model, e.g. {@code CPU (AVX512)} or {@code CUDA}: equal requests
 *     give equal bytes on equal providers
 * @param modelSha256 of the model's weights, 64 lower-case hex digits
 */
public record GenerationResult(
        String sha256, int bytes, int notes, String provider, String modelSha256) {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    public GenerationResult {
        if (!SHA256.matcher(sha256).matches()) {
            throw new IllegalArgumentException("sha256 must be 64 hex digits: " + sha256);
        }
        if (!SHA256.matcher(modelSha256).matches()) {
            throw new IllegalArgumentException("modelSha256 must be 64 hex digits: " + modelSha256);
        }
        if (bytes < 1 || notes < 0) {
            throw new IllegalArgumentException("impossible result: " + bytes + " bytes");
        }
    }
}
