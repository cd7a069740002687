package org.partita.trainer.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.partita.trainer.samples.StatisticTest.note;
import static org.partita.trainer.samples.StatisticTest.piece;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.partita.music.event.GridScore;

class MusicFeatureTest {

    private static final Offset<Double> EXACT = within(1e-12);

    /** C4, E4 and C5, quarter, quarter and half, at 120 quarters a minute. */
    private static final GridScore THREE_NOTES =
            piece(List.of(note(60, 0, 24), note(64, 24, 24), note(72, 48, 48)));

    @Test
    void pitchesAreCounted() {
        assertThat(MusicFeature.PITCH_COUNT.of(THREE_NOTES)).containsExactly(3);
        assertThat(MusicFeature.NOTE_COUNT.of(THREE_NOTES)).containsExactly(3);
        assertThat(MusicFeature.PITCH_RANGE.of(THREE_NOTES)).containsExactly(12);
        assertThat(MusicFeature.PITCH_INTERVAL.of(THREE_NOTES)).containsExactly((4 + 8) / 2.0);
    }

    @Test
    void interOnsetIntervalIsInSeconds() {
        assertThat(MusicFeature.INTER_ONSET_INTERVAL.of(THREE_NOTES)).containsExactly(0.5);
    }

    @Test
    void histogramsAreShares() {
        double[] classes = MusicFeature.PITCH_CLASS_HISTOGRAM.of(THREE_NOTES);
        double[] lengths = MusicFeature.NOTE_LENGTH_HISTOGRAM.of(THREE_NOTES);

        assertThat(classes[0]).isEqualTo(2 / 3.0, EXACT);
        assertThat(classes[4]).isEqualTo(1 / 3.0, EXACT);
        // Halves are the second class, quarters the third.
        assertThat(lengths[1]).isEqualTo(1 / 3.0, EXACT);
        assertThat(lengths[2]).isEqualTo(2 / 3.0, EXACT);
    }

    @Test
    void transitionsGoFromRowToColumn() {
        double[] classes = MusicFeature.PITCH_CLASS_TRANSITIONS.of(THREE_NOTES);
        double[] lengths = MusicFeature.NOTE_LENGTH_TRANSITIONS.of(THREE_NOTES);

        assertThat(classes[4]).isEqualTo(0.5, EXACT);
        assertThat(classes[4 * 12]).isEqualTo(0.5, EXACT);
        assertThat(lengths[2 * 12 + 2]).isEqualTo(0.5, EXACT);
        assertThat(lengths[2 * 12 + 1]).isEqualTo(0.5, EXACT);
    }

    @Test
    void distancesAreEuclideanOverAllPairs() {
        GridScore single = piece(List.of(note(60, 0, 24)));
        GridScore seventh = piece(List.of(note(60, 0, 24), note(70, 24, 24)));

        assertThat(
                        Distances.within(
                                MusicFeature.PITCH_RANGE, List.of(single, seventh, THREE_NOTES)))
                .containsExactly(10, 12, 2);
        assertThat(
                        Distances.between(
                                MusicFeature.PITCH_RANGE,
                                List.of(single),
                                List.of(seventh, THREE_NOTES)))
                .containsExactly(10, 12);
    }
}
