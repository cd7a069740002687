package org.partita.music.model;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks on what a manifest file may leave out or get wrong; each names the field. */
final class Require {

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    private Require() {}

    static <T> T present(@Nullable T value, String field) {
        if (value == null) {
            throw new IllegalArgumentException(field + " is missing");
        }
        return value;
    }

    static void text(@Nullable String value, String field) {
        if (present(value, field).isBlank()) {
            throw new IllegalArgumentException(field + " is empty");
        }
    }

    static void matches(@Nullable String value, Pattern pattern, String field) {
        if (!pattern.matcher(present(value, field)).matches()) {
            throw new IllegalArgumentException(
                    "%s must match %s: %s".formatted(field, pattern, value));
        }
    }

    static void sha256(@Nullable String value, String field) {
        matches(value, SHA_256, field);
    }

    static void between(long lowest, long highest, long value, String field) {
        if (value < lowest || value > highest) {
            throw new IllegalArgumentException(
                    "%s out of range %d..%d: %d".formatted(field, lowest, highest, value));
        }
    }

    /** Refuses NaN too. */
    static void between(double lowest, double highest, double value, String field) {
        if (!(value >= lowest && value <= highest)) {
            throw new IllegalArgumentException(
                    "%s out of range %s..%s: %s".formatted(field, lowest, highest, value));
        }
    }
}
