package org.partita.trainer.samples;

import java.util.List;
import org.partita.music.Key;
import org.partita.music.event.Grid;
import org.partita.music.event.GridNote;
import org.partita.music.event.GridScore;

/**
 * How a piece closes, in the {@linkplain Key#likeliest likeliest key} by the sounding time of the
 * pitch classes in the last {@value #HEARD} quarter notes.
 *
 * @param onTonic the lowest note of the last sonority is the tonic, and every note of it belongs to
 *     the major or minor triad on the tonic
 * @param held the last sonority is not struck shorter than any of the {@value #COMPARED} onsets
 *     before it were apart: the movement comes to rest
 */
record Ending(boolean onTonic, boolean held) {

    private static final int HEARD = 32;
    private static final int COMPARED = 4;

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
        Key key = key(notes, last);
        int lowest = sonority.stream().mapToInt(GridNote::pitch).min().orElseThrow();
        boolean major = inTriad(sonority, new Key(key.tonic(), false));
        boolean minor = inTriad(sonority, new Key(key.tonic(), true));
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
        return new Ending(key.isTonic(lowest) && (major || minor), held);
    }

    private static boolean inTriad(List<GridNote> sonority, Key key) {
        return sonority.stream().allMatch(note -> key.inTriad(note.pitch()));
    }

    private static Key key(List<GridNote> notes, int last) {
        int from = last - HEARD * Grid.STEPS_PER_QUARTER;
        double[] time = new double[12];
        for (GridNote note : notes) {
            time[note.pitch() % 12] +=
                    Math.max(0, note.endStep() - Math.max(from, note.startStep()));
        }
        return Key.likeliest(time);
    }
}
