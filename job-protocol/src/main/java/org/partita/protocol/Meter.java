package org.partita.protocol;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time signature, written {@code 3/4} in JSON.
 *
 * @param beats beats in a bar, 1..16
 * @param unit the note value of a beat: 2, 4, 8 or 16
 */
public record Meter(int beats, int unit) {

    private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,2})/([0-9]{1,2})");
    private static final WholeRange BEATS = new WholeRange("beats in meter", 1, 16);
    private static final Set<Integer> UNITS = Set.of(2, 4, 8, 16);

    public Meter {
        BEATS.check(beats);
        if (!UNITS.contains(unit)) {
            throw new IllegalArgumentException("meter unit must be 2, 4, 8 or 16: " + unit);
        }
    }

    /**
     * Reads {@code beats/unit}.
     *
     * @throws IllegalArgumentException if it is not such a pair or out of range
     */
    public static Meter parse(String written) {
        Matcher matcher = WRITTEN.matcher(written);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("meter must look like 3/4");
        }
        return new Meter(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    @Override
    public String toString() {
        return beats + "/" + unit;
    }
}
