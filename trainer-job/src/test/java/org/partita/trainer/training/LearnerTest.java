package org.partita.trainer.training;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.partita.trainer.SampleMusic;
import org.partita.trainer.network.Network;
import org.partita.trainer.network.NetworkConfig;

class LearnerTest {

    private static final TrainingConfig CONFIG = TinyTraining.BY_HEART;

    @Test
    void headsThatAreNotChainedDoNotSeeWhatWasChosenBefore() {
        // Given: the same notes, once with other pitches told to the heads
        Batch batch =
                requireNonNull(
                        BatchSource.once(
                                        new PreparedRepertoire(
                                                List.of(
                                                        SampleMusic.piece(
                                                                SampleMusic.arpeggios(40, 4)))),
                                        CONFIG,
                                        Integer.MAX_VALUE)
                                .next());
        Batch others = withOtherPitches(batch);
        NetworkConfig shape = CONFIG.network();
        try (Network network =
                new Network(shape, Network.initial(shape, 1), Network.bestDevice())) {
            Learner chained = new Learner(network, true);
            Learner apart = new Learner(network, false);

            // When
            Losses told = chained.evaluate(batch, network.newState(CONFIG.lanes()));
            Losses toldOthers = chained.evaluate(others, network.newState(CONFIG.lanes()));
            Losses untold = apart.evaluate(batch, network.newState(CONFIG.lanes()));
            Losses untoldOthers = apart.evaluate(others, network.newState(CONFIG.lanes()));

            // Then
            assertThat(toldOthers.duration()).isNotEqualTo(told.duration());
            assertThat(untoldOthers.duration()).isEqualTo(untold.duration());
            assertThat(untoldOthers.velocity()).isEqualTo(untold.velocity());
            assertThat(untold.token()).isEqualTo(told.token());
        }
    }

    private static Batch withOtherPitches(Batch batch) {
        long[] pitches = Arrays.stream(batch.notePitch()).map(pitch -> 127 - pitch).toArray();
        return new Batch(
                batch.segment(),
                batch.illegal(),
                batch.target(),
                batch.counted(),
                batch.notes(),
                pitches,
                batch.noteDuration(),
                batch.noteVelocity(),
                batch.events(),
                batch.after());
    }
}
