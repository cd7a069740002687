package org.partita.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.partita.music.event.Conditions;
import org.partita.music.event.EventContext;
import org.partita.music.event.EventSequence;
import org.partita.music.event.Features;
import org.partita.music.event.GridNote;
import org.partita.music.event.GridPart;
import org.partita.music.event.Vocabulary;
import org.partita.trainer.SampleMusic;
import org.partita.trainer.data.PreparedPiece;
import org.partita.trainer.training.PieceReader.Variation;

class PieceReaderTest {

    private static final int ALL = Integer.MAX_VALUE;

    @Test
    void targetsAreThePieceAndInputsTheEventsBefore() {
        // Given
        PreparedPiece piece = SampleMusic.piece(SampleMusic.arpeggios(40, 2));
        EventSequence events = piece.events();
        PieceReader reader = new PieceReader(piece, Variation.NONE, ALL);

        for (int i = 0; i < events.size(); i++) {
            // When
            reader.advance();

            // Then
            assertThat(reader.targetToken()).isEqualTo(events.token(i));
            assertThat(reader.targetDuration()).isEqualTo(events.durationClass(i));
            assertThat(reader.targetVelocity()).isEqualTo(events.velocityClass(i));
            assertThat(reader.targetCounts()).isTrue();
            assertThat(reader.context().legal(reader.targetToken())).isTrue();
            boolean afterNote = i > 0 && Vocabulary.isPitch(events.token(i - 1));
            assertThat(reader.inputToken())
                    .isEqualTo(i == 0 ? Vocabulary.END : events.token(i - 1));
            assertThat(reader.inputDuration())
                    .isEqualTo(afterNote ? events.durationClass(i - 1) + 1 : 0);
            assertThat(reader.inputVelocity())
                    .isEqualTo(afterNote ? events.velocityClass(i - 1) + 1 : 0);
        }
        assertThat(reader.finished()).isTrue();
    }

    @Test
    void silentStartIsReadButDoesNotCount() {
        // Given
        PreparedPiece piece = SampleMusic.piece(SampleMusic.arpeggios(40, 2));

        // When
        PieceReader reader =
                new PieceReader(
                        piece, new Variation(0, Prelude.silence(3), false, false, true), ALL);

        // Then
        List<Integer> counted = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            reader.advance();
            assertThat(reader.targetToken()).isEqualTo(Vocabulary.advance(96));
            assertThat(reader.targetCounts()).isFalse();
        }
        while (!reader.finished()) {
            reader.advance();
            assertThat(reader.targetCounts()).isTrue();
            assertThat(reader.context().legal(reader.targetToken())).isTrue();
            counted.add(reader.targetToken());
        }
        assertThat(counted).hasSize(piece.events().size()).endsWith(Vocabulary.END);
        assertThat(reader.context().bar()).isEqualTo(3 + 1);
    }

    @Test
    void transpositionMovesPitchesButNotDrums() {
        // Given
        List<GridPart> parts = List.of(GridPart.PIANO, new GridPart("Drums", 0, true));
        List<GridNote> notes =
                List.of(
                        new GridNote(0, 60, 64, 0, 24),
                        new GridNote(1, 36, 64, 0, 24),
                        new GridNote(0, 62, 64, 24, 24));
        PreparedPiece piece = SampleMusic.piece(SampleMusic.score(parts, notes));

        // When
        PieceReader reader =
                new PieceReader(piece, new Variation(5, Prelude.NONE, false, false, true), ALL);

        // Then
        List<Integer> pitches = new ArrayList<>();
        while (!reader.finished()) {
            reader.advance();
            if (Vocabulary.isPitch(reader.targetToken())) {
                pitches.add(reader.targetToken());
            }
        }
        assertThat(pitches).containsExactly(65, 36, 67);
    }

    @Test
    void countdownTellsHowManyNotesAndHowMuchTimeAreLeft() {
        // Given
        PreparedPiece piece = SampleMusic.piece(SampleMusic.arpeggios(40, 2));
        PieceReader told =
                new PieceReader(piece, new Variation(0, Prelude.silence(2), true, true, true), ALL);
        EventContext byHand = new EventContext(piece.conditions());
        byHand.notesToCome(18);
        byHand.endStep(piece.events().endStep());
        told.skipTo(2);

        for (int i = 0; i < piece.events().size(); i++) {
            // When
            told.advance();

            // Then
            assertThat(toCome(told.context())).containsExactly(toCome(byHand));
            byHand.accept(
                    piece.events().token(i),
                    piece.events().durationClass(i),
                    piece.events().velocityClass(i));
        }
        PieceReader untold = new PieceReader(piece, Variation.NONE, ALL);
        untold.advance();
        assertThat(toCome(untold.context()))
                .containsExactly(toCome(new EventContext(piece.conditions())));
    }

    @Test
    void styleIsHiddenWhereAsked() {
        // Given
        PreparedPiece written = SampleMusic.piece(SampleMusic.arpeggios(40, 2));
        PreparedPiece piece =
                new PreparedPiece(
                        written.source(), written.conditions().withStyle(7), written.events());

        // When
        PieceReader hidden =
                new PieceReader(piece, new Variation(0, Prelude.NONE, false, false, true), ALL);
        PieceReader told =
                new PieceReader(piece, new Variation(0, Prelude.NONE, false, false, false), ALL);

        // Then
        assertThat(features(hidden.context())).containsExactly(features(written.conditions()));
        assertThat(features(told.context())).containsExactly(features(piece.conditions()));
    }

    @Test
    void readerThatSkipsStandsWhereAReaderComes() {
        // Given
        PreparedPiece piece = SampleMusic.piece(SampleMusic.arpeggios(40, 2));
        Variation variation = new Variation(-2, Prelude.silence(1), true, true, true);
        PieceReader walked = new PieceReader(piece, variation, ALL);
        for (int i = 0; i < 20; i++) {
            walked.advance();
        }

        // When
        PieceReader skipped = new PieceReader(piece, variation, ALL);
        skipped.skipTo(walked.next());

        // Then
        walked.advance();
        skipped.advance();
        assertThat(skipped.targetToken()).isEqualTo(walked.targetToken());
        assertThat(skipped.inputToken()).isEqualTo(walked.inputToken());
        assertThat(features(skipped.context())).containsExactly(features(walked.context()));
    }

    @Test
    void readsNoFurtherThanAsked() {
        PieceReader reader =
                new PieceReader(
                        SampleMusic.piece(SampleMusic.arpeggios(40, 4)), Variation.NONE, 10);

        reader.skipTo(10);

        assertThat(reader.finished()).isTrue();
    }

    private static float[] features(Conditions conditions) {
        return features(new EventContext(conditions));
    }

    private static float[] features(EventContext context) {
        float[] features = new float[Features.COUNT];
        context.writeFeatures(features, 0);
        return features;
    }

    /** The two one-hot countdowns, of notes and of steps. */
    private static float[] toCome(EventContext context) {
        return Arrays.copyOfRange(features(context), Features.PART - 32, Features.PART);
    }
}
