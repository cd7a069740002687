package org.partita.trainer.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.partita.music.event.Conditions;
import org.partita.music.event.EventCodec;
import org.partita.music.event.GridNote;
import org.partita.music.event.GridScore;
import org.partita.trainer.data.PreparedPiece;

class OriginalityTest {

    @Test
    void transposedPassageIsFoundWithItsLengthAndSource() {
        GridScore known = melody(200, 1, 60);
        Originality music = index(List.of(melody(150, 2, 60), known));
        List<GridNote> notes = new ArrayList<>(melody(40, 3, 60).notes());
        int start = notes.getLast().endStep();
        for (GridNote note : known.notes().subList(50, 80)) {
            int later = note.startStep() - known.notes().get(50).startStep();
            notes.add(StatisticTest.note(note.pitch() + 5, start + later, 12));
        }

        Originality.Overlap overlap = music.overlap(StatisticTest.piece(notes));

        assertThat(overlap.longestRun()).isEqualTo(30);
        assertThat(overlap.source()).isEqualTo("piece-1");
        assertThat(overlap.longestDistinct()).isEqualTo(30);
        assertThat(overlap.distinctSource()).isEqualTo("piece-1");
        assertThat(overlap.shared()).isEqualTo(30 - 1 - Originality.SHINGLE + 1);
        assertThat(overlap.shingles()).isEqualTo(70 - 1 - Originality.SHINGLE + 1);
    }

    @Test
    void passageWrittenTwiceAsFastInAnotherKeyIsFound() {
        GridScore known = melody(200, 1, 60);
        Originality music = index(List.of(known));
        List<GridNote> notes = new ArrayList<>();
        for (GridNote note : known.notes().subList(90, 130)) {
            int later = note.startStep() - known.notes().get(90).startStep();
            notes.add(StatisticTest.note(note.pitch() - 7, later / 2, 6));
        }

        Originality.Overlap overlap = music.overlap(StatisticTest.piece(notes));

        assertThat(overlap.longestRun()).isEqualTo(40);
        assertThat(overlap.share()).isEqualTo(1);
    }

    @Test
    void sameIntervalsInAnotherRhythmAreNotShared() {
        GridScore known = melody(200, 1, 60);
        Originality music = index(List.of(known));
        List<GridNote> notes = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            notes.add(StatisticTest.note(known.notes().get(i).pitch(), 12 * i, 12));
        }

        assertThat(music.overlap(StatisticTest.piece(notes)).shared()).isZero();
    }

    @Test
    void unrelatedMusicSharesNothing() {
        Originality music = index(List.of(melody(200, 1, 60)));

        Originality.Overlap overlap = music.overlap(melody(200, 9, 60));

        assertThat(overlap.longestRun()).isZero();
        assertThat(overlap.share()).isZero();
    }

    @Test
    void figureThatRepeatsCountsOnceWithoutRepetition() {
        GridScore figure = figure(3, 90);
        GridScore known = melody(200, 1, 60);
        Originality music = index(List.of(figure, known));
        List<GridNote> notes = new ArrayList<>(figure(3, 60).notes());
        int start = notes.getLast().endStep() + 12;
        for (GridNote note : known.notes().subList(50, 70)) {
            int later = note.startStep() - known.notes().get(50).startStep();
            notes.add(StatisticTest.note(note.pitch(), start + later, 12));
        }

        Originality.Overlap whole = music.overlap(StatisticTest.piece(notes));
        Originality.Overlap repeated = music.overlap(figure(3, 60));

        assertThat(whole.longestRun()).isEqualTo(60);
        assertThat(whole.source()).isEqualTo("piece-0");
        assertThat(whole.longestDistinct()).isEqualTo(20);
        assertThat(whole.distinctSource()).isEqualTo("piece-1");
        assertThat(repeated.longestDistinct()).isEqualTo(3 + Originality.SHINGLE);
    }

    @Test
    void passageIsFoundAmongThousandsThatBeginLikeIt() {
        List<GridNote> notes = new ArrayList<>(figure(3, 30).notes());
        int start = notes.getLast().endStep();
        for (GridNote note : melody(40, 7, 60).notes()) {
            notes.add(StatisticTest.note(note.pitch(), start + note.startStep(), 12));
        }
        GridScore piece = StatisticTest.piece(notes);
        Originality music = index(List.of(figure(3, 9000), piece, figure(3, 9000)));

        Originality.Overlap overlap = music.overlap(piece);

        assertThat(overlap.longestRun()).isEqualTo(70);
        assertThat(overlap.source()).isEqualTo("piece-1");
    }

    @Test
    void pieceIsWhollyFoundInItself() {
        GridScore piece = melody(100, 4, 50);
        Originality music = index(List.of(piece, melody(60, 5, 50)));

        Originality.Overlap overlap = music.overlap(piece);

        assertThat(overlap.longestRun()).isEqualTo(100);
        assertThat(overlap.share()).isEqualTo(1);
    }

    private static Originality index(List<GridScore> scores) {
        List<PreparedPiece> pieces = new ArrayList<>();
        for (GridScore score : scores) {
            PreparedPiece.Source source =
                    new PreparedPiece.Source("piece-" + pieces.size(), "", "", "", "");
            pieces.add(new PreparedPiece(source, Conditions.of(score), EventCodec.encode(score)));
        }
        return Originality.of(pieces, scores);
    }

    /** The same notes again and again. */
    private static GridScore figure(int period, int notes) {
        List<GridNote> figure = new ArrayList<>();
        for (int i = 0; i < notes; i++) {
            figure.add(StatisticTest.note(60 + i % period * 4, 12 * i, 12));
        }
        return StatisticTest.piece(figure);
    }

    private static GridScore melody(int notes, long seed, int lowest) {
        SplittableRandom random = new SplittableRandom(seed);
        List<GridNote> melody = new ArrayList<>();
        int step = 0;
        for (int i = 0; i < notes; i++) {
            melody.add(StatisticTest.note(lowest + random.nextInt(24), step, 12));
            step += 12 * (1 + random.nextInt(3));
        }
        return StatisticTest.piece(melody);
    }
}
