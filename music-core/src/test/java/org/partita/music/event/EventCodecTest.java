package org.partita.music.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class EventCodecTest {

    @Property
    void decodingWhatWasEncodedGivesTheScoreBack(@ForAll("scores") GridScore score) {
        // When
        GridScore decoded = EventCodec.decode(EventCodec.encode(score), Conditions.of(score));

        // Then
        assertThat(decoded).isEqualTo(score);
    }

    @Property
    void everyLegalSequenceIsTheOnlyOneOfItsScore(
            @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long seed,
            @ForAll @IntRange(min = 1, max = 4) int parts) {
        // Given
        EventSequence walk = EventWalks.random(seed, EventWalks.conditions(parts), 200);

        // When
        GridScore score = EventCodec.decode(walk, EventWalks.conditions(parts));

        // Then
        assertThat(EventCodec.encode(score)).isEqualTo(walk);
    }

    @Property
    void aCanonicalScoreStaysAsItIs(@ForAll("scores") GridScore score) {
        // When
        GridScore again =
                new GridScore(score.parts(), score.notes(), score.meters(), score.tempos());

        // Then
        assertThat(again).isEqualTo(score);
    }

    @Example
    void aGapLongerThanTheLongestAdvanceBecomesEmptyFrames() {
        // Given
        GridScore score = piano(List.of(new GridNote(0, 60, 72, 200, 24)));

        // When
        EventSequence events = EventCodec.encode(score);

        // Then
        assertThat(List.of(events.token(0), events.token(1), events.token(2), events.token(3)))
                .containsExactly(
                        Vocabulary.advance(96), Vocabulary.advance(96), Vocabulary.advance(8), 60);
    }

    @Example
    void aNoteEndsWhereItsKeyIsStruckAgain() {
        // When
        GridScore score =
                piano(List.of(new GridNote(0, 60, 72, 0, 96), new GridNote(0, 60, 72, 29, 24)));

        // Then
        assertThat(score.notes().getFirst().durationSteps()).isEqualTo(28);
    }

    @Example
    void anIllegalEventIsNamed() {
        // Given
        EventSequence risingInOneFrame =
                new EventSequence.Builder().add(60, 5, 5).add(64, 5, 5).build();
        Conditions conditions = EventWalks.conditions(1);

        // Then
        assertThatThrownBy(() -> EventCodec.decode(risingInOneFrame, conditions))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("event 1 is not legal: token 64");
    }

    @Provide
    Arbitrary<GridScore> scores() {
        Arbitrary<GridNote> note =
                Combinators.combine(
                                Arbitraries.integers().between(0, 3),
                                Arbitraries.integers().between(0, 127),
                                Arbitraries.integers().between(1, 127),
                                Arbitraries.integers().between(0, 2000),
                                Arbitraries.integers().between(1, 500))
                        .as(GridNote::new);
        Arbitrary<GridMeter> meter =
                Combinators.combine(
                                Arbitraries.integers().between(0, 2000),
                                Arbitraries.integers().between(1, 15),
                                Arbitraries.of(1, 2, 4, 8, 16, 32, 64))
                        .as(GridMeter::new);
        return Combinators.combine(note.list().ofMaxSize(60), meter.list().ofMaxSize(4))
                .as((notes, meters) ->
                        new GridScore(EventWalks.conditions(4).parts(), notes, meters, List.of()));
    }

    private static GridScore piano(List<GridNote> notes) {
        return new GridScore(List.of(GridPart.PIANO), new ArrayList<>(notes), List.of(), List.of());
    }
}
