package org.partita.trainer.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.partita.music.event.Durations;
import org.partita.music.event.EventSequence;
import org.partita.music.event.Velocities;
import org.partita.music.event.Vocabulary;
import org.partita.trainer.data.PreparedPiece;

class BaselineTest {

    @Test
    void withoutCountsEverySymbolCostsTheUniformPriceOfItsKind() {
        PreparedPiece piece = Music.random(200, 1);

        Likelihood[] byOrder = new Baseline(3).score(List.of(piece), _ -> {});

        int notes = piece.events().noteCount();
        assertThat(byOrder).hasSize(3);
        assertThat(byOrder[2].token())
                .isEqualTo(piece.events().size() * Math.log(Vocabulary.SIZE), within(1e-6));
        assertThat(byOrder[2].duration())
                .isEqualTo(notes * Math.log(Durations.COUNT), within(1e-6));
        assertThat(byOrder[2].velocity())
                .isEqualTo(notes * Math.log(Velocities.COUNT), within(1e-6));
    }

    @Test
    void musicHeardBeforeIsNearlyFreeInAHighOrder() {
        PreparedPiece piece = Music.random(400, 2);
        Baseline baseline = new Baseline(8);
        for (int i = 0; i < 30; i++) {
            baseline.train(piece.events());
        }

        Likelihood[] byOrder = baseline.score(List.of(piece), _ -> {});

        assertThat(byOrder[7].nats() / piece.events().noteCount()).isLessThan(0.5);
        assertThat(byOrder[0].nats()).isGreaterThan(10 * byOrder[7].nats());
    }

    @Test
    void everySymbolOfAnEventIsCounted() {
        EventSequence events =
                new EventSequence.Builder()
                        .add(60, 3, 9)
                        .add(Vocabulary.advance(24), 0, 0)
                        .add(Vocabulary.END, 0, 0)
                        .build();

        assertThat(Baseline.symbols(events).size()).isEqualTo(5);
    }
}
