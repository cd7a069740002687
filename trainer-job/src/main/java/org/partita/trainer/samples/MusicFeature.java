package org.partita.trainer.samples;

import java.util.Arrays;
import java.util.List;
import org.partita.music.event.Grid;
import org.partita.music.event.GridNote;
import org.partita.music.event.GridScore;

/**
 * The nine features by which mgeval compares two bodies of music (L.-C. Yang and A. Lerch, "On the
 * evaluation of generative models in music", Neural Computing and Applications 32, 2020). Each is a
 * vector; histograms and transition matrices are shares of their sum, so that they do not measure
 * length. Drums are left out. Other than there, a note counts once in the histogram of pitch
 * classes (not by duration and velocity), transitions join neighbours in the order of the notes,
 * also within a chord, and lengths are parts of a quarter note, not of a bar.
 */
enum MusicFeature {
    /** How many different pitches are used. */
    PITCH_COUNT("pitch count") {
        @Override
        double[] of(List<GridNote> notes, GridScore piece) {
            return new double[] {notes.stream().mapToInt(GridNote::pitch).distinct().count()};
        }
    },

    PITCH_CLASS_HISTOGRAM("pitch-class histogram") {
        @Override
        double[] of(List<GridNote> notes, GridScore piece) {
            double[] histogram = new double[12];
            notes.forEach(note -> histogram[note.pitch() % 12]++);
            return shares(histogram);
        }
    },

    /** From each note's pitch class to the next one's. */
    PITCH_CLASS_TRANSITIONS("pitch-class transitions") {
        @Override
        double[] of(List<GridNote> notes, GridScore piece) {
            double[] matrix = new double[144];
            for (int i = 0; i + 1 < notes.size(); i++) {
                matrix[12 * (notes.get(i).pitch() % 12) + notes.get(i + 1).pitch() % 12]++;
            }
            return shares(matrix);
        }
    },

    /** Highest less lowest pitch. */
    PITCH_RANGE("pitch range") {
        @Override
        double[] of(List<GridNote> notes, GridScore piece) {
            int highest = notes.stream().mapToInt(GridNote::pitch).max().orElse(0);
            int lowest = notes.stream().mapToInt(GridNote::pitch).min().orElse(0);
            return new double[] {highest - lowest};
        }
    },

    /** Mean semitones between a note and the next. */
    PITCH_INTERVAL("mean pitch interval") {
        @Override
        double[] of(List<GridNote> notes, GridScore piece) {
            double sum = 0;
            for (int i = 0; i + 1 < notes.size(); i++) {
                sum += Math.abs(notes.get(i + 1).pitch() - notes.get(i).pitch());
            }
            return new double[] {sum / Math.max(1, notes.size() - 1)};
        }
    },

    NOTE_COUNT("note count") {
        @Override
        double[] of(List<GridNote> notes, GridScore piece) {
            return new double[] {notes.size()};
        }
    },

    /** Mean seconds between a note's onset and the next one's; 0 within a chord. */
    INTER_ONSET_INTERVAL("mean inter-onset interval") {
        @Override
        double[] of(List<GridNote> notes, GridScore piece) {
            if (notes.size() < 2) {
                return new double[] {0};
            }
            double span =
                    piece.seconds(notes.getLast().startStep())
                            - piece.seconds(notes.getFirst().startStep());
            return new double[] {span / (notes.size() - 1)};
        }
    },

    NOTE_LENGTH_HISTOGRAM("note-length histogram") {
        @Override
        double[] of(List<GridNote> notes, GridScore piece) {
            double[] histogram = new double[LENGTHS.length];
            notes.forEach(note -> histogram[nearestLength(note)]++);
            return shares(histogram);
        }
    },

    /** From each note's length class to the next one's. */
    NOTE_LENGTH_TRANSITIONS("note-length transitions") {
        @Override
        double[] of(List<GridNote> notes, GridScore piece) {
            double[] matrix = new double[LENGTHS.length * LENGTHS.length];
            for (int i = 0; i + 1 < notes.size(); i++) {
                matrix[
                        LENGTHS.length * nearestLength(notes.get(i))
                                + nearestLength(notes.get(i + 1))]++;
            }
            return shares(matrix);
        }
    };

    /**
     * Lengths as parts of a quarter note: whole to sixteenth, the dotted half to sixteenth, and
     * triplets of halves, quarters and eighths.
     */
    private static final double[] LENGTHS = {
        4, 2, 1, 0.5, 0.25, 3, 1.5, 0.75, 0.375, 4 / 3.0, 2 / 3.0, 1 / 3.0
    };

    private final String title;

    MusicFeature(String title) {
        this.title = title;
    }

    abstract double[] of(List<GridNote> notes, GridScore piece);

    double[] of(GridScore piece) {
        return of(
                piece.notes().stream()
                        .filter(note -> !piece.parts().get(note.part()).percussion())
                        .toList(),
                piece);
    }

    /** For people. */
    String title() {
        return title;
    }

    private static double[] shares(double[] counts) {
        double total = Math.max(1, Arrays.stream(counts).sum());
        return Arrays.stream(counts).map(count -> count / total).toArray();
    }

    private static int nearestLength(GridNote note) {
        double quarters = (double) note.durationSteps() / Grid.STEPS_PER_QUARTER;
        int nearest = 0;
        for (int i = 1; i < LENGTHS.length; i++) {
            if (Math.abs(LENGTHS[i] - quarters) < Math.abs(LENGTHS[nearest] - quarters)) {
                nearest = i;
            }
        }
        return nearest;
    }
}
