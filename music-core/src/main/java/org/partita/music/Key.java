package org.partita.music;

/**
 * A major or minor key. Which one music is in is told by the profiles of C. L. Krumhansl
 * ("Cognitive foundations of musical pitch", 1990), as Krumhansl and Schmuckler find keys: the one
 * whose profile correlates best with the time, or the number, of the pitch classes heard.
 *
 * @param tonic pitch class, 0 is C
 * @param minor whether the third above it is a minor one
 */
public record Key(int tonic, boolean minor) {

    private static final int PITCH_CLASSES = 12;

    /** How many there are. */
    public static final int COUNT = 2 * PITCH_CLASSES;

    private static final double[] MAJOR = {
        6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88
    };
    private static final double[] MINOR = {
        6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17
    };

    private static final double[] PROFILES = standardised();

    public Key {
        if (tonic < 0 || tonic >= PITCH_CLASSES) {
            throw new IllegalArgumentException("tonic out of range 0..11: " + tonic);
        }
    }

    /** The keys in an order: 0..11 major from C on, 12..23 minor. */
    public static Key of(int index) {
        return new Key(index % PITCH_CLASSES, index >= PITCH_CLASSES);
    }

    /** Its place in that order. */
    public int index() {
        return minor ? PITCH_CLASSES + tonic : tonic;
    }

    /**
     * All profiles as a matrix {@code [12, 24]}, each with mean 0 and the same length: of the
     * products with the shares of the pitch classes the highest belongs to the key that correlates
     * best.
     */
    public static double[] profiles() {
        return PROFILES.clone();
    }

    /** The key that music with these shares of pitch classes, C first, is most likely in. */
    public static Key likeliest(double[] pitchClasses) {
        int best = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (int key = 0; key < COUNT; key++) {
            double fit = 0;
            for (int i = 0; i < PITCH_CLASSES; i++) {
                fit += pitchClasses[i] * PROFILES[i * COUNT + key];
            }
            if (fit > highest) {
                highest = fit;
                best = key;
            }
        }
        return of(best);
    }

    /** Whether a pitch, of any octave, is the tonic. */
    public boolean isTonic(int pitch) {
        return degree(pitch) == 0;
    }

    /** Whether a pitch, of any octave, belongs to the triad on the tonic. */
    public boolean inTriad(int pitch) {
        int degree = degree(pitch);
        return degree == 0 || degree == (minor ? 3 : 4) || degree == 7;
    }

    private int degree(int pitch) {
        return Math.floorMod(pitch - tonic, PITCH_CLASSES);
    }

    private static double[] standardised() {
        double[] matrix = new double[PITCH_CLASSES * COUNT];
        for (int key = 0; key < COUNT; key++) {
            double[] profile = key < PITCH_CLASSES ? MAJOR : MINOR;
            double mean = 0;
            for (double weight : profile) {
                mean += weight / PITCH_CLASSES;
            }
            double squares = 0;
            for (double weight : profile) {
                squares += (weight - mean) * (weight - mean);
            }
            for (int degree = 0; degree < PITCH_CLASSES; degree++) {
                int pitchClass = (key + degree) % PITCH_CLASSES;
                matrix[pitchClass * COUNT + key] = (profile[degree] - mean) / Math.sqrt(squares);
            }
        }
        return matrix;
    }
}
