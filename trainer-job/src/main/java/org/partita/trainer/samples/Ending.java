package org.partita.trainer.samples;

import java.util.List;
import org.partita.music.event.Grid;
import org.partita.music.event.GridNote;
import org.partita.music.event.GridScore;

/**
 * How a piece closes. The key is the one of 24 whose profile (C. L. Krumhansl, "Cognitive
 * foundations of musical pitch", 1990, as Krumhansl and Schmuckler find keys) correlates best with
 * the sounding time of the pitch classes in the last {@value #HEARD} quarter notes.
 *
 * @param onTonic the lowest note of the last sonority is the tonic, and every note of it belongs to
 *     the major or minor triad on the tonic
 * @param held the last sonority is not struck shorter than any of the {@value #COMPARED} onsets
 *     before it were apart: the movement comes to rest
 */
record Ending(boolean onTonic, boolean held) {

    private static final int HEARD = 32;
    private static final int COMPARED = 4;

    private static final double[] MAJOR = {
        6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88
    };
    private static final double[] MINOR = {
        6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17
    };

    /** A close like a cadence's: at rest on the tonic. */
    boolean closes() {
        return onTonic && held;
    }

    static boolean canBeTold(GridScore piece) {
        return piece.notes().stream().anyMatch(n -> !piece.parts().get(n.part()).percussion());
    }

    /** The ending of a piece of which it {@linkplain #canBeTold can be told}. */
    static Ending of(GridScore piece) {
        List<GridNote> notes =
                piece.notes().stream()
                        .filter(note -> !piece.parts().get(note.part()).percussion())
                        .toList();
        int last = notes.getLast().startStep();
        // What was struck before and still sounds belongs to the sonority.
        List<GridNote> sonority = notes.stream().filter(note -> note.endStep() > last).toList();
        int tonic = tonic(notes, last);
        int lowest = sonority.stream().mapToInt(GridNote::pitch).min().orElseThrow();
        boolean major = sonority.stream().allMatch(n -> inTriad(n.pitch(), tonic, 4));
        boolean minor = sonority.stream().allMatch(n -> inTriad(n.pitch(), tonic, 3));
        int struck =
                notes.stream()
                        .filter(note -> note.startStep() == last)
                        .mapToInt(GridNote::durationSteps)
                        .max()
                        .orElseThrow();
        int[] onsets = notes.stream().mapToInt(GridNote::startStep).distinct().toArray();
        boolean held = true;
        for (int i = Math.max(1, onsets.length - COMPARED); i < onsets.length; i++) {
            held &= struck >= onsets[i] - onsets[i - 1];
        }
        return new Ending(lowest % 12 == tonic && (major || minor), held);
    }

    private static boolean inTriad(int pitch, int tonic, int third) {
        int degree = (pitch - tonic + 120) % 12;
        return degree == 0 || degree == third || degree == 7;
    }

    private static int tonic(List<GridNote> notes, int last) {
        int from = last - HEARD * Grid.STEPS_PER_QUARTER;
        double[] time = new double[12];
        for (GridNote note : notes) {
            time[note.pitch() % 12] +=
                    Math.max(0, note.endStep() - Math.max(from, note.startStep()));
        }
        int best = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (int tonic = 0; tonic < 12; tonic++) {
            double fit = Math.max(correlation(time, MAJOR, tonic), correlation(time, MINOR, tonic));
            if (fit > highest) {
                highest = fit;
                best = tonic;
            }
        }
        return best;
    }

    private static double correlation(double[] time, double[] profile, int tonic) {
        double meanTime = 0;
        double meanProfile = 0;
        for (int i = 0; i < 12; i++) {
            meanTime += time[i] / 12;
            meanProfile += profile[i] / 12;
        }
        double both = 0;
        double timeSquares = 0;
        double profileSquares = 0;
        for (int degree = 0; degree < 12; degree++) {
            double t = time[(tonic + degree) % 12] - meanTime;
            double p = profile[degree] - meanProfile;
            both += t * p;
            timeSquares += t * t;
            profileSquares += p * p;
        }
        return timeSquares == 0 ? 0 : both / Math.sqrt(timeSquares * profileSquares);
    }
}
