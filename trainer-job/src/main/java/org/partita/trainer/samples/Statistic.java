package org.partita.trainer.samples;

import java.util.Arrays;
import java.util.BitSet;
import org.partita.music.event.Grid;
import org.partita.music.event.GridNote;
import org.partita.music.event.GridScore;

/**
 * A number that describes a piece. Definitions as in MusPy (Dong et al. 2020) but for what is said
 * below, on the grid; drums have no part in what is about pitch.
 */
enum Statistic {
    /** Entropy of the notes' pitch classes, in bits: 0..log2(12). */
    PITCH_CLASS_ENTROPY("pitch-class entropy") {
        @Override
        double of(GridScore piece) {
            double[] counts = pitchClasses(piece);
            double total = Arrays.stream(counts).sum();
            double entropy = 0;
            for (double count : counts) {
                if (count > 0) {
                    entropy -= count / total * Math.log(count / total) / Math.log(2);
                }
            }
            return entropy;
        }
    },

    /** Share of notes in the major or natural minor scale that holds most of them. */
    SCALE_CONSISTENCY("scale consistency") {
        @Override
        double of(GridScore piece) {
            double[] counts = pitchClasses(piece);
            double total = Arrays.stream(counts).sum();
            double best = 0;
            // The natural minor scales have the notes of the major ones.
            for (int root = 0; root < 12; root++) {
                double inside = 0;
                for (int degree : MAJOR) {
                    inside += counts[(root + degree) % 12];
                }
                best = Math.max(best, inside);
            }
            return total == 0 ? 0 : best / total;
        }
    },

    /**
     * One minus the mean share of steps in which the onsets of two neighbouring bars differ; bars
     * of different lengths are not compared.
     */
    GROOVE_CONSISTENCY("groove consistency") {
        @Override
        double of(GridScore piece) {
            BitSet onsets = new BitSet();
            piece.notes().forEach(note -> onsets.set(note.startStep()));
            int end = onsets.length();
            double difference = 0;
            int pairs = 0;
            int start = 0;
            int bar = Bars.lengthAt(piece.meters(), 0);
            while (start + bar < end) {
                int next = start + bar;
                int nextBar = Bars.lengthAt(piece.meters(), next);
                if (nextBar == bar) {
                    BitSet differing = onsets.get(start, next);
                    differing.xor(onsets.get(next, next + bar));
                    difference += (double) differing.cardinality() / bar;
                    pairs++;
                }
                start = next;
                bar = nextBar;
            }
            return pairs == 0 ? 1 : 1 - difference / pairs;
        }
    },

    /** Notes struck a second. */
    NOTES_PER_SECOND("notes a second") {
        @Override
        double of(GridScore piece) {
            return piece.notes().size() / Math.max(1e-9, piece.seconds(piece.endStep()));
        }
    },

    /**
     * Mean number of notes that sound together, over the steps in which any does; MusPy counts a
     * pitch of two parts once, and no drums.
     */
    POLYPHONY("polyphony") {
        @Override
        double of(GridScore piece) {
            BitSet sounding = sounding(piece);
            long sum = piece.notes().stream().mapToLong(GridNote::durationSteps).sum();
            return sum / Math.max(1.0, sounding.cardinality());
        }
    },

    /**
     * Share of quarter notes in which nothing sounds; MusPy counts that in which a note ends as
     * filled, and one more at the end.
     */
    EMPTY_BEAT_RATE("empty beat rate") {
        @Override
        double of(GridScore piece) {
            BitSet sounding = sounding(piece);
            int beats = (sounding.length() + Grid.STEPS_PER_QUARTER - 1) / Grid.STEPS_PER_QUARTER;
            int empty = 0;
            for (int beat = 0; beat < beats; beat++) {
                int from = beat * Grid.STEPS_PER_QUARTER;
                int sound = sounding.nextSetBit(from);
                empty += sound < 0 || sound >= from + Grid.STEPS_PER_QUARTER ? 1 : 0;
            }
            return beats == 0 ? 0 : (double) empty / beats;
        }
    };

    private static final int[] MAJOR = {0, 2, 4, 5, 7, 9, 11};

    private final String title;

    Statistic(String title) {
        this.title = title;
    }

    abstract double of(GridScore piece);

    /** For people. */
    String title() {
        return title;
    }

    private static double[] pitchClasses(GridScore piece) {
        double[] counts = new double[12];
        for (GridNote note : piece.notes()) {
            if (!piece.parts().get(note.part()).percussion()) {
                counts[note.pitch() % 12]++;
            }
        }
        return counts;
    }

    private static BitSet sounding(GridScore piece) {
        BitSet sounding = new BitSet();
        piece.notes().forEach(note -> sounding.set(note.startStep(), note.endStep()));
        return sounding;
    }
}
