package org.partita.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.partita.music.event.Durations;
import org.partita.music.event.EventContext;
import org.partita.music.event.EventSequence;
import org.partita.music.event.FrameDistribution;
import org.partita.music.event.Vocabulary;
import org.partita.trainer.SampleMusic;
import org.partita.trainer.data.PreparedPiece;
import org.partita.trainer.training.PieceReader.Variation;

class PreludeTest {

    private static final PreparedPiece PIECE = SampleMusic.piece(SampleMusic.arpeggios(40, 8));
    private static final FrameDistribution FRAMES = frames();

    @Test
    void randomFramesEndOnABarLineWhereNothingSounds() {
        for (int seed = 0; seed < 50; seed++) {
            // When
            Prelude prelude = prelude(seed);

            // Then
            assertThat(prelude.steps() % 96).isZero();
            assertThat(framesWithANote(prelude.events())).isEqualTo(Prelude.RANDOM_FRAMES);
            assertThat(prelude.events().endStep()).isLessThanOrEqualTo(prelude.steps());
        }
    }

    @Test
    void framesOfKeysThatAllSoundTakeOtherKeys() {
        // Given: fifteen keys, each held far longer than until the next
        EventSequence.Builder held = new EventSequence.Builder();
        for (int i = 0; i < 16; i++) {
            held.add(60 + i, Durations.exactClass(384), 5);
            held.add(Vocabulary.advance(24), 0, 0);
        }
        FrameDistribution frames =
                new FrameDistribution.Counter().add(held.build()).mostFrequent(100);

        for (int seed = 0; seed < 20; seed++) {
            // When
            Prelude prelude =
                    Prelude.randomFrames(frames, PIECE.conditions(), new SplittableRandom(seed));

            // Then
            assertThat(framesWithANote(prelude.events())).isEqualTo(Prelude.RANDOM_FRAMES);
        }
    }

    @Test
    void everySeedDrawsOtherFrames() {
        Set<EventSequence> drawn = new HashSet<>();
        for (int seed = 0; seed < 50; seed++) {
            drawn.add(prelude(seed).events());
        }

        assertThat(drawn).hasSize(50);
    }

    @Test
    void pieceAfterRandomFramesIsItsOwnAndIsAllThatCounts() {
        for (int seed = 0; seed < 20; seed++) {
            // Given
            Prelude prelude = prelude(seed);
            Variation variation = new Variation(3, prelude, true, true, true);
            PieceReader reader = new PieceReader(PIECE, variation, Integer.MAX_VALUE);
            reader.skipTo(prelude.events().size());
            assertThat(reader.targetCounts()).isFalse();
            assertThat(reader.context().notesToCome()).isEqualTo(EventContext.UNKNOWN);

            // When
            List<Integer> counted = new ArrayList<>();
            reader.advance();
            int told = reader.context().notesToCome();
            long timeTold = reader.context().stepsToCome();
            counted.add(reader.targetToken());
            while (!reader.finished()) {
                reader.advance();
                assertThat(reader.targetCounts()).isTrue();
                assertThat(reader.context().legal(reader.targetToken())).isTrue();
                counted.add(reader.targetToken());
            }

            // Then
            assertThat(told).isEqualTo(PIECE.events().noteCount());
            assertThat(timeTold).isEqualTo(PIECE.events().endStep());
            assertThat(counted).isEqualTo(moved(3));
        }
    }

    private static Prelude prelude(long seed) {
        return Prelude.randomFrames(FRAMES, PIECE.conditions(), new SplittableRandom(seed));
    }

    /** Chords and notes of many lengths, two of which would sound over the bar line. */
    private static FrameDistribution frames() {
        EventSequence.Builder piece = new EventSequence.Builder();
        int[] lengths = {3, 6, 12, 24, 96, 384};
        for (int i = 0; i < 40; i++) {
            int duration = Durations.exactClass(lengths[i % lengths.length]);
            piece.add(60 + i % 12, duration, 5);
            piece.add(40 + i % 7, duration, 5);
            piece.add(Vocabulary.advance(1 + i * 5 % 24), 0, 0);
        }
        return new FrameDistribution.Counter().add(piece.build()).mostFrequent(100);
    }

    private static int framesWithANote(EventSequence events) {
        int frames = 0;
        boolean note = false;
        for (int i = 0; i < events.size(); i++) {
            if (Vocabulary.isPitch(events.token(i))) {
                note = true;
            } else if (note) {
                frames++;
                note = false;
            }
        }
        return frames;
    }

    private static List<Integer> moved(int shift) {
        List<Integer> tokens = new ArrayList<>();
        for (int i = 0; i < PIECE.events().size(); i++) {
            int token = PIECE.events().token(i);
            tokens.add(Vocabulary.isPitch(token) ? token + shift : token);
        }
        return tokens;
    }
}
