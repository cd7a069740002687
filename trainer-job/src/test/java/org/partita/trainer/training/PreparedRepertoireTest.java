package org.partita.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.partita.music.event.Features;
import org.partita.music.event.Vocabulary;
import org.partita.trainer.SampleMusic;
import org.partita.trainer.data.PreparedPiece;

class PreparedRepertoireTest {

    private static final PreparedPiece PIECE = SampleMusic.piece(SampleMusic.arpeggios(40, 64));
    private static final PreparedRepertoire REPERTOIRE = new PreparedRepertoire(List.of(PIECE));

    @Test
    void endingIsReadWithWhatIsKnownFromTheEventsBefore() {
        // Given
        TrainingConfig config = TinyTraining.BY_HEART.with(Map.of("endings", "1"));
        for (int seed = 0; seed < 20; seed++) {
            Reading reading = REPERTOIRE.varied(0, config, new SplittableRandom(seed));
            int first = reading.next();
            Reading whole = REPERTOIRE.plain(0, Integer.MAX_VALUE);
            whole.skipTo(first);

            // When
            reading.advance();
            whole.advance();

            // Then
            assertThat(PIECE.events().size() - first).isBetween(32, 384);
            assertThat(reading.inputToken()).isEqualTo(whole.inputToken());
            assertThat(reading.targetToken()).isEqualTo(whole.targetToken());
            assertThat(keysAndTime(reading)).isEqualTo(keysAndTime(whole));
            reading.skipTo(PIECE.events().size());
            assertThat(reading.targetToken()).isEqualTo(Vocabulary.END);
        }
    }

    @Test
    void otherDrawsBeginAtTheBeginning() {
        TrainingConfig config = TinyTraining.BY_HEART.with(Map.of("endings", "0"));

        Reading reading = REPERTOIRE.varied(0, config, new SplittableRandom(1));

        assertThat(reading.next()).isZero();
    }

    @Test
    void someDrawsBeginWithRandomFrames() {
        TrainingConfig config = TinyTraining.BY_HEART.with(Map.of("randomStart", "0.5"));
        int random = 0;
        for (int seed = 0; seed < 200; seed++) {
            Reading reading = REPERTOIRE.varied(0, config, new SplittableRandom(seed));
            reading.advance();
            random += reading.targetCounts() || !reading.targetIsNote() ? 0 : 1;
        }

        assertThat(random).isBetween(70, 130);
    }

    private static List<Float> keysAndTime(Reading reading) {
        float[] features = new float[Features.COUNT];
        reading.writeFeatures(features, 0);
        List<Float> told = new ArrayList<>();
        for (int i = 0; i < Features.PHRASE; i++) {
            told.add(features[i]);
        }
        return told;
    }
}
