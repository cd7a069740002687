package org.partita.trainer.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.partita.trainer.samples.StatisticTest.note;
import static org.partita.trainer.samples.StatisticTest.piece;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.partita.music.event.GridMeter;
import org.partita.music.event.GridNote;
import org.partita.music.event.GridPart;
import org.partita.music.event.GridScore;

class BarsTest {

    /** A quarter note each, for ten bars of 4/4. */
    private static final GridScore TEN_BARS =
            piece(IntStream.range(0, 40).mapToObj(i -> note(60 + i % 12, 24 * i, 24)).toList());

    @Test
    void changeOfMeterEndsABar() {
        GridScore piece =
                new GridScore(
                        List.of(GridPart.PIANO),
                        List.of(note(60, 0, 24), note(60, 200, 24)),
                        List.of(GridMeter.COMMON_TIME, new GridMeter(120, 3, 4)),
                        List.of());

        assertThat(Bars.starts(piece)).containsExactly(0, 96, 120, 192);
    }

    @Test
    void middleNotesBeginWithABar() {
        GridScore excerpt = Bars.middleNotes(TEN_BARS, 10);

        // The fifteenth note is in the fourth bar, which begins with the twelfth.
        assertThat(excerpt.notes()).hasSize(10);
        assertThat(excerpt.notes().getFirst()).isEqualTo(note(60, 0, 24));
    }

    @Test
    void middleBarsAreWholeBars() {
        GridScore excerpt = Bars.middleBars(TEN_BARS, 2);

        assertThat(excerpt.notes()).hasSize(8);
        assertThat(excerpt.notes().getFirst()).isEqualTo(note(60 + 16 % 12, 0, 24));
    }

    @Test
    void shortPieceIsItsOwnExcerpt() {
        assertThat(Bars.middleNotes(TEN_BARS, 100)).isEqualTo(TEN_BARS);
        assertThat(Bars.middleBars(TEN_BARS, 10)).isEqualTo(TEN_BARS);
    }

    @Test
    void loopHasFewerBitsANoteThanAWanderingMelody() {
        List<GridNote> wandering = new ArrayList<>();
        List<GridNote> loop = new ArrayList<>();
        for (int i = 0; i < 2 * Drift.NOTES; i++) {
            wandering.add(note(40 + (i * i * 7 + i / 3) % 41, 12 * i, 12));
            loop.add(note(60 + i % 4, 12 * i, 12));
        }

        List<GridScore> stretches = Bars.stretches(piece(wandering), Drift.NOTES);

        assertThat(stretches).hasSize(2).allMatch(s -> s.notes().size() == Drift.NOTES);
        assertThat(Drift.bitsANote(piece(loop)))
                .isLessThan(Drift.bitsANote(stretches.getFirst()) / 4);
    }

    @Test
    void slopeIsTheChangeByStep() {
        assertThat(Analysis.slope(List.of(1.0, 3.0, 5.0))).isEqualTo(2);
        assertThat(Analysis.slope(List.of(4.0))).isZero();
    }
}
