package org.partita.music;

import java.util.regex.Pattern;

/**
 * A scale on a tonic.
 *
 * @param tonic a letter from A to G, with {@code #} or {@code b} if need be
 * @param scale built on it
 */
public record Tonality(String tonic, Scale scale) {

    private static final Pattern TONIC = Pattern.compile("[A-G][#b]?");
    private static final String LETTERS = "C D EF G A B";

    public Tonality {
        checkTonic(tonic);
    }

    /**
     * Gives a tonic back if it is one.
     *
     * @throws IllegalArgumentException if it is not written as one
     */
    public static String checkTonic(String tonic) {
        if (!TONIC.matcher(tonic).matches()) {
            throw new IllegalArgumentException(
                    "tonic must be a letter A..G, with # or b behind it if need be");
        }
        return tonic;
    }

    /** Whether a pitch, of any octave, belongs to it. */
    public boolean contains(int pitch) {
        return scale.contains(Math.floorMod(pitch - tonicPitchClass(), 12));
    }

    /** The key whose tonic triad closes it: minor unless the scale has the major third. */
    public Key key() {
        return new Key(tonicPitchClass(), !scale.contains(4));
    }

    private int tonicPitchClass() {
        int shift =
                switch (tonic.length() == 1 ? ' ' : tonic.charAt(1)) {
                    case '#' -> 1;
                    case 'b' -> -1;
                    default -> 0;
                };
        return Math.floorMod(LETTERS.indexOf(tonic.charAt(0)) + shift, 12);
    }

    @Override
    public String toString() {
        return tonic + " " + scale.written();
    }
}
