package org.partita.music;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A selection of the twelve pitch classes, counted in semitones from its tonic. */
public enum Scale {
    MAJOR("major", 0, 2, 4, 5, 7, 9, 11),
    MINOR("minor", 0, 2, 3, 5, 7, 8, 10),
    HARMONIC_MINOR("harmonicMinor", 0, 2, 3, 5, 7, 8, 11),
    MELODIC_MINOR("melodicMinor", 0, 2, 3, 5, 7, 9, 11),
    DORIAN("dorian", 0, 2, 3, 5, 7, 9, 10),
    PHRYGIAN("phrygian", 0, 1, 3, 5, 7, 8, 10),
    LYDIAN("lydian", 0, 2, 4, 6, 7, 9, 11),
    MIXOLYDIAN("mixolydian", 0, 2, 4, 5, 7, 9, 10),
    LOCRIAN("locrian", 0, 1, 3, 5, 6, 8, 10),
    MAJOR_PENTATONIC("majorPentatonic", 0, 2, 4, 7, 9),
    MINOR_PENTATONIC("minorPentatonic", 0, 3, 5, 7, 10),
    BLUES("blues", 0, 3, 5, 6, 7, 10),
    WHOLE_TONE("wholeTone", 0, 2, 4, 6, 8, 10);

    private static final int PITCH_CLASSES = 12;

    private final String written;

    /** Bit s is set if the pitch class s semitones above the tonic belongs to it. */
    private final int members;

    Scale(String written, int... semitones) {
        this.written = written;
        members = Arrays.stream(semitones).map(semitone -> 1 << semitone).sum();
    }

    /** Its name in requests. */
    public String written() {
        return written;
    }

    /** Its pitch classes in semitones above the tonic, rising from 0. */
    public List<Integer> semitones() {
        return IntStream.range(0, PITCH_CLASSES).filter(this::contains).boxed().toList();
    }

    /** Whether the pitch class that many semitones above the tonic, 0..11, belongs to it. */
    boolean contains(int semitones) {
        return (members >> semitones & 1) == 1;
    }

    /**
     * Reads a written name.
     *
     * @throws IllegalArgumentException if there is no such scale, naming those that there are
     */
    public static Scale parse(String written) {
        return Arrays.stream(values())
                .filter(scale -> scale.written.equals(written))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "scale must be one of "
                                        + Arrays.stream(values())
                                                .map(Scale::written)
                                                .collect(Collectors.joining(", "))));
    }
}
