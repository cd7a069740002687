package org.partita.trainer.samples;

import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import org.partita.music.event.GridNote;
import org.partita.music.event.GridScore;

/**
 * What becomes of a long piece: it is cut into stretches of {@value #NOTES} notes. A model that
 * falls into a loop loses bits a note, one that dissolves gains pitch-class entropy.
 */
final class Drift {

    /** Notes of a stretch. */
    static final int NOTES = 256;

    /** A piece with fewer stretches says nothing of drift. */
    static final int FEWEST_STRETCHES = 4;

    private static final int BYTES_A_NOTE = 3;

    private Drift() {}

    /** Whether a piece is long enough to drift. */
    static boolean isLong(GridScore piece) {
        return piece.notes().size() >= FEWEST_STRETCHES * NOTES;
    }

    /**
     * Size of a stretch when DEFLATE (RFC 1951) has taken out what repeats, in bits a note: an
     * upper bound of its entropy rate by interval, inter-onset steps and duration.
     */
    static double bitsANote(GridScore stretch) {
        List<GridNote> notes = stretch.notes();
        byte[] bytes = new byte[BYTES_A_NOTE * notes.size()];
        for (int i = 1; i < notes.size(); i++) {
            GridNote note = notes.get(i);
            GridNote before = notes.get(i - 1);
            bytes[BYTES_A_NOTE * i] = (byte) (note.pitch() - before.pitch());
            bytes[BYTES_A_NOTE * i + 1] =
                    (byte) Math.min(255, note.startStep() - before.startStep());
            bytes[BYTES_A_NOTE * i + 2] = (byte) Math.min(255, note.durationSteps());
        }
        try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true)) {
            deflater.setInput(bytes);
            deflater.finish();
            byte[] packed = new byte[2 * bytes.length + 64];
            return 8.0 * deflater.deflate(packed) / Math.max(1, notes.size());
        }
    }

    /** Means over the pieces, stretch by stretch, as far as at least half of them go. */
    static List<Report.Stretch> of(List<GridScore> pieces) {
        List<List<GridScore>> cut =
                pieces.stream().map(piece -> Bars.stretches(piece, NOTES)).toList();
        int longest = cut.stream().mapToInt(List::size).max().orElse(0);
        return IntStream.range(0, longest)
                .mapToObj(i -> cut.stream().filter(c -> c.size() > i).map(c -> c.get(i)).toList())
                .filter(stretches -> 2 * stretches.size() >= cut.size())
                .map(Drift::mean)
                .toList();
    }

    private static Report.Stretch mean(List<GridScore> stretches) {
        return new Report.Stretch(
                Sample.of(stretches, Statistic.PITCH_CLASS_ENTROPY::of).mean(),
                Sample.of(stretches, Drift::bitsANote).mean());
    }
}
