package org.partita.trainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.partita.music.Part;
import org.partita.music.Score;
import org.partita.music.event.Conditions;
import org.partita.music.event.EventCodec;
import org.partita.music.event.Grid;
import org.partita.music.event.GridMeter;
import org.partita.music.event.GridNote;
import org.partita.music.event.GridPart;
import org.partita.music.event.GridScore;
import org.partita.music.event.GridTempo;
import org.partita.music.midi.MidiWriter;
import org.partita.trainer.data.PreparedPiece;

/** Music that tests write themselves: simple enough for a tiny network to learn by heart. */
public final class SampleMusic {

    private static final int EIGHTH = Grid.STEPS_PER_QUARTER / 2;
    private static final int BAR = 4 * Grid.STEPS_PER_QUARTER;
    private static final int[] FIGURE = {12, 16, 19, 24, 19, 16, 12, 16};
    private static final int[] ROOTS = {0, 5, 7, 0};

    private SampleMusic() {}

    /**
     * Broken chords over a bass: nine notes a bar, for piano.
     *
     * @param root pitch of the lowest note; the highest is 31 semitones above
     * @param bars of 4/4
     */
    public static GridScore arpeggios(int root, int bars) {
        List<GridNote> notes = new ArrayList<>();
        for (int bar = 0; bar < bars; bar++) {
            int chord = root + ROOTS[bar % ROOTS.length];
            notes.add(new GridNote(0, chord, 96, bar * BAR, BAR));
            for (int i = 0; i < FIGURE.length; i++) {
                int velocity = i % 4 == 0 ? 80 : 56;
                int start = bar * BAR + i * EIGHTH;
                notes.add(new GridNote(0, chord + FIGURE[i], velocity, start, EIGHTH));
            }
        }
        return score(List.of(GridPart.PIANO), notes);
    }

    /** A score in 4/4 at 120 quarter notes a minute. */
    public static GridScore score(List<GridPart> parts, List<GridNote> notes) {
        return new GridScore(
                parts, notes, List.of(GridMeter.COMMON_TIME), List.of(new GridTempo(0, 500_000)));
    }

    public static PreparedPiece piece(GridScore score) {
        return new PreparedPiece(
                new PreparedPiece.Source("written.mid", "Nobody", "Study", "CC0-1.0", "tests"),
                Conditions.of(score),
                EventCodec.encode(score));
    }

    /** Writes a MIDI file, and the directories above it. */
    public static Path write(Path file, GridScore grid) throws IOException {
        return write(file, grid.toScore());
    }

    /** Writes a MIDI file whose only part has this program. */
    public static Path write(Path file, GridScore grid, int program) throws IOException {
        Score score = grid.toScore();
        List<Part> parts =
                score.parts().stream()
                        .map(part -> new Part(part.name(), program, false, part.notes()))
                        .toList();
        return write(
                file,
                new Score(
                        score.ticksPerQuarter(),
                        parts,
                        score.tempos(),
                        score.meters(),
                        score.texts()));
    }

    private static Path write(Path file, Score score) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        return Files.write(file, MidiWriter.write(score));
    }
}
