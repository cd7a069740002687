package org.partita.trainer.training;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.partita.music.event.EventSequence;
import org.partita.music.event.GridNote;
import org.partita.music.event.GridPart;
import org.partita.music.event.Vocabulary;
import org.partita.trainer.SampleMusic;
import org.partita.trainer.data.PreparedPiece;

class BatchSourceTest {

    private static final TrainingConfig CONFIG =
            TinyTraining.BY_HEART.with(Map.of("lanes", "2", "segment", "16"));

    @Test
    void lanesReadEachPieceOnceAndPadWhatIsLeft() {
        // Given: three pieces on two lanes
        List<PreparedPiece> pieces = List.of(piece(40, 2), piece(45, 1), piece(50, 1));
        BatchSource source =
                BatchSource.once(new PreparedRepertoire(pieces), CONFIG, Integer.MAX_VALUE);
        List<List<Integer>> read = List.of(new ArrayList<>(), new ArrayList<>());
        int events = 0;
        int notes = 0;

        // When
        for (Batch batch = source.next(); batch != null; batch = source.next()) {
            for (int entry = 0; entry < batch.target().length; entry++) {
                boolean counted = batch.counted()[entry] == 1;
                if (counted) {
                    read.get(entry % 2).add((int) batch.target()[entry]);
                } else {
                    assertThat(batch.target()[entry]).isZero();
                }
                assertThat(batch.illegal()[entry * Vocabulary.SIZE + (int) batch.target()[entry]])
                        .isFalse();
            }
            for (int i = 0; i < batch.notes().length; i++) {
                assertThat(batch.target()[(int) batch.notes()[i]]).isEqualTo(batch.notePitch()[i]);
                assertThat(batch.counted()[(int) batch.notes()[i]]).isEqualTo(1);
            }
            events += batch.events();
            notes += batch.notes().length;
        }

        // Then
        List<Integer> second = new ArrayList<>(tokens(pieces.get(1)));
        second.addAll(tokens(pieces.get(2)));
        assertThat(read.get(0)).isEqualTo(tokens(pieces.get(0)));
        assertThat(read.get(1)).isEqualTo(second);
        assertThat(events).isEqualTo(read.get(0).size() + second.size());
        assertThat(notes).isEqualTo(36);
    }

    @Test
    void musicalFactsCanBeHeldBack() {
        // Given
        BatchSource source =
                BatchSource.once(
                        new PreparedRepertoire(List.of(piece(40, 2))),
                        CONFIG.with(Map.of("musicalFeatures", "false")),
                        Integer.MAX_VALUE);

        // When
        Batch batch = requireNonNull(source.next());

        // Then
        assertThat(batch.segment().features()).containsOnly(0f);
        assertThat(batch.segment().token()).contains(40L);
    }

    @Test
    void laneIsFreshExactlyWhereAPieceBegins() {
        // Given
        BatchSource source =
                BatchSource.once(
                        new PreparedRepertoire(List.of(piece(40, 2), piece(45, 1))),
                        CONFIG,
                        Integer.MAX_VALUE);

        for (Batch batch = source.next(); batch != null; batch = source.next()) {
            // When
            boolean[] fresh = batch.segment().fresh();

            // Then
            for (int lane = 0; lane < 2; lane++) {
                boolean begins =
                        batch.counted()[lane] == 1
                                && batch.segment().token()[lane] == Vocabulary.END;
                if (batch.counted()[lane] == 1) {
                    assertThat(fresh[lane]).isEqualTo(begins);
                }
            }
        }
    }

    @Test
    void everyEpochDrawsEveryPieceOnce() {
        // Given: pieces of one segment each, told apart by their lowest note
        List<PreparedPiece> pieces = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            pieces.add(piece(30 + i, 1));
        }
        BatchSource source =
                BatchSource.training(
                        new PreparedRepertoire(pieces), CONFIG.with(Map.of("segment", "32")));

        // When
        List<Long> drawn = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Batch batch = requireNonNull(source.next());
            for (int lane = 0; lane < 2; lane++) {
                drawn.add(lowest(batch, lane));
            }
        }

        // Then
        Long[] all = {30L, 31L, 32L, 33L, 34L, 35L};
        assertThat(drawn.subList(0, 6)).containsExactlyInAnyOrder(all);
        assertThat(drawn.subList(6, 12)).containsExactlyInAnyOrder(all);
        assertThat(drawn.subList(0, 6)).isNotEqualTo(drawn.subList(6, 12));
    }

    @Test
    void transpositionKeepsEveryPitchOnTheKeyboard() {
        // Given: pieces at both ends of MIDI's keys
        TrainingConfig config = CONFIG.with(Map.of("transposed", "1", "segment", "8"));
        List<PreparedPiece> pieces = List.of(chromatic(0, 20), chromatic(108, 127));
        BatchSource source = BatchSource.training(new PreparedRepertoire(pieces), config);

        // When
        TreeSet<Long> lowest = new TreeSet<>();
        for (int i = 0; i < 400; i++) {
            Batch batch = requireNonNull(source.next());
            for (int entry = 0; entry < batch.target().length; entry++) {
                if (batch.segment().token()[entry] == Vocabulary.END
                        && batch.counted()[entry] == 1) {
                    lowest.add(batch.target()[entry]);
                }
            }
        }

        // Then: the low piece only goes up, the high one only down
        assertThat(lowest)
                .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 103L, 104L, 105L, 106L, 107L, 108L);
    }

    @Test
    void restoredSourceGoesOnWithTheSameBatches() {
        // Given
        List<PreparedPiece> pieces = List.of(piece(40, 2), piece(45, 1), piece(50, 3));
        BatchSource source =
                BatchSource.training(new PreparedRepertoire(pieces), TinyTraining.VARIED);
        LanePositions positions = new LanePositions(0, List.of());
        for (int i = 0; i < 9; i++) {
            positions = requireNonNull(source.next()).after();
        }

        // When
        BatchSource restored =
                BatchSource.training(new PreparedRepertoire(pieces), TinyTraining.VARIED);
        restored.restore(positions);

        // Then
        for (int i = 0; i < 9; i++) {
            Batch expected = requireNonNull(source.next());
            Batch found = requireNonNull(restored.next());
            assertThat(found).usingRecursiveComparison().isEqualTo(expected);
        }
    }

    @Test
    void anotherNumberOfLanesIsRefused() {
        BatchSource source =
                BatchSource.training(new PreparedRepertoire(List.of(piece(40, 1))), CONFIG);

        assertThatThrownBy(() -> source.restore(new LanePositions(0, List.of())))
                .hasMessage("the checkpoint has 0 lanes, the configuration 2");
    }

    private static PreparedPiece piece(int root, int bars) {
        return SampleMusic.piece(SampleMusic.arpeggios(root, bars));
    }

    /** One note after the other, upwards. */
    private static PreparedPiece chromatic(int from, int to) {
        List<GridNote> notes = new ArrayList<>();
        for (int pitch = from; pitch <= to; pitch++) {
            notes.add(new GridNote(0, pitch, 64, (pitch - from) * 12, 12));
        }
        return SampleMusic.piece(SampleMusic.score(List.of(GridPart.PIANO), notes));
    }

    private static List<Integer> tokens(PreparedPiece piece) {
        EventSequence events = piece.events();
        List<Integer> tokens = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            tokens.add(events.token(i));
        }
        return tokens;
    }

    private static long lowest(Batch batch, int lane) {
        long lowest = Vocabulary.PITCHES;
        for (int i = 0; i < batch.notes().length; i++) {
            if (batch.notes()[i] % 2 == lane) {
                lowest = Math.min(lowest, batch.notePitch()[i]);
            }
        }
        return lowest;
    }
}
