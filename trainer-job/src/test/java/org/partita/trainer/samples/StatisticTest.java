package org.partita.trainer.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.partita.music.event.GridMeter;
import org.partita.music.event.GridNote;
import org.partita.music.event.GridPart;
import org.partita.music.event.GridScore;
import org.partita.music.event.GridTempo;

class StatisticTest {

    @Test
    void chromaticScaleHasTheGreatestEntropyAndSevenTwelfthsInScale() {
        GridScore piece =
                piece(IntStream.range(0, 12).mapToObj(i -> note(60 + i, i * 24, 24)).toList());

        assertThat(Statistic.PITCH_CLASS_ENTROPY.of(piece))
                .isEqualTo(Math.log(12) / Math.log(2), within(1e-12));
        assertThat(Statistic.SCALE_CONSISTENCY.of(piece)).isEqualTo(7 / 12.0, within(1e-12));
    }

    @Test
    void grooveComparesNeighbouringBars() {
        // Onsets of the bars: {0, 48}, {0, 48}, {0}.
        GridScore piece =
                piece(
                        List.of(
                                note(60, 0, 24),
                                note(62, 48, 24),
                                note(64, 96, 24),
                                note(65, 144, 24),
                                note(67, 192, 24)));

        assertThat(Statistic.GROOVE_CONSISTENCY.of(piece))
                .isEqualTo(1 - (1 / 96.0) / 2, within(1e-12));
    }

    @Test
    void densityPolyphonyAndSilenceFollowTheSoundingNotes() {
        // Two notes for one quarter, two quarters of rest, one note for one quarter.
        GridScore piece = piece(List.of(note(64, 0, 24), note(60, 0, 24), note(60, 72, 24)));

        assertThat(Statistic.NOTES_PER_SECOND.of(piece)).isEqualTo(3 / 2.0, within(1e-9));
        assertThat(Statistic.POLYPHONY.of(piece)).isEqualTo(72 / 48.0, within(1e-12));
        assertThat(Statistic.EMPTY_BEAT_RATE.of(piece)).isEqualTo(0.5, within(1e-12));
    }

    static GridScore piece(List<GridNote> notes) {
        return new GridScore(
                List.of(GridPart.PIANO),
                notes,
                List.of(GridMeter.COMMON_TIME),
                List.of(new GridTempo(0, 500_000)));
    }

    static GridNote note(int pitch, int start, int duration) {
        return new GridNote(0, pitch, 80, start, duration);
    }
}
