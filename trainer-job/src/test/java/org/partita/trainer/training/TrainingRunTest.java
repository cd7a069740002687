package org.partita.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.partita.trainer.SampleMusic;
import org.partita.trainer.data.PreparedPiece;
import org.partita.trainer.network.Weights;

class TrainingRunTest {

    private static final TrainingRun.Rhythm ONLY_AT_THE_END =
            new TrainingRun.Rhythm(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    private static final TrainingRun.Rhythm AFTER_EVERY_UPDATE = new TrainingRun.Rhythm(0, 0);

    @TempDir private Path directory;

    @Test
    void tinyNetworkLearnsAPieceByHeart() throws IOException, InterruptedException {
        // Given
        List<PreparedPiece> piece = List.of(SampleMusic.piece(SampleMusic.arpeggios(40, 8)));

        // When
        run(TinyTraining.BY_HEART, piece, piece, null, new Diary(), 200, ONLY_AT_THE_END);

        // Then: a guess among all that is legal costs over 13 nats a note
        List<ValidationResult> validation = Checkpoint.latest(directory).state().validation();
        assertThat(validation).hasSize(1);
        assertThat(validation.getFirst().notes()).isEqualTo(72);
        assertThat(validation.getFirst().nllPerNote()).isLessThan(0.5);
    }

    @Test
    void resumedRunMakesTheUpdatesOfOneThatNeverStopped() throws IOException, InterruptedException {
        // Given: a run without pause, which neither saves nor validates on the way
        List<PreparedPiece> pieces = pieces();
        int updates = 14;
        Path straight = directory.resolve("straight");
        Diary whole = new Diary();
        run(
                straight,
                TinyTraining.VARIED,
                pieces,
                List.of(),
                null,
                whole,
                updates,
                ONLY_AT_THE_END);

        // When: another one is killed in its ninth update and goes on from its last checkpoint
        Path interrupted = directory.resolve("interrupted");
        Diary before = new Diary().endingAt(9);
        assertThatThrownBy(() ->
                        run(
                                interrupted,
                                TinyTraining.VARIED,
                                pieces,
                                pieces,
                                null,
                                before,
                                updates,
                                AFTER_EVERY_UPDATE))
                .isInstanceOf(PowerCut.class);
        Checkpoint saved = Checkpoint.latest(interrupted);
        Diary after = new Diary();
        run(
                interrupted,
                TinyTraining.VARIED,
                pieces,
                pieces,
                saved,
                after,
                updates,
                AFTER_EVERY_UPDATE);

        // Then
        assertThat(saved.state().update()).isEqualTo(8);
        assertThat(before.losses.subList(0, 8)).isEqualTo(whole.losses.subList(0, 8));
        assertThat(after.losses).isEqualTo(whole.losses.subList(8, updates));
        Checkpoint expected = Checkpoint.latest(straight);
        Checkpoint found = Checkpoint.latest(interrupted);
        assertSame(found.weights(), expected.weights());
        assertSame(found.average(), expected.average());
        assertSame(found.firstMoment(), expected.firstMoment());
        assertSame(found.secondMoment(), expected.secondMoment());
        assertSame(found.lanes(), expected.lanes());
        assertThat(found.state().positions()).isEqualTo(expected.state().positions());
        assertThat(found.state().events()).isEqualTo(expected.state().events());
    }

    @Test
    void onlyTheTwoNewestCheckpointsStay() throws IOException, InterruptedException {
        // Given: what a run that was killed while it saved has left
        Files.createDirectories(directory.resolve("update-00000001.part"));

        // When
        run(TinyTraining.VARIED, pieces(), List.of(), null, new Diary(), 4, AFTER_EVERY_UPDATE);

        // Then
        try (Stream<Path> entries = Files.list(directory)) {
            assertThat(entries.map(entry -> entry.getFileName().toString()))
                    .containsExactlyInAnyOrder("update-00000003", "update-00000004");
        }
    }

    @Test
    void checkpointOfOtherMusicIsRefused() throws IOException, InterruptedException {
        // Given
        run(TinyTraining.VARIED, pieces(), List.of(), null, new Diary(), 2, ONLY_AT_THE_END);
        Checkpoint saved = Checkpoint.latest(directory);
        List<PreparedPiece> other = List.of(SampleMusic.piece(SampleMusic.arpeggios(50, 4)));

        // When, Then
        assertThatThrownBy(() ->
                        new TrainingRun(
                                directory,
                                TinyTraining.VARIED,
                                new PreparedRepertoire(other),
                                TinyTraining.summary(other, "other"),
                                new PreparedRepertoire(List.of()),
                                null,
                                saved,
                                new Diary(),
                                () -> 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("other music");
    }

    @Test
    void averageThatRemembersNothingIsTheWeights() throws IOException, InterruptedException {
        // Given
        TrainingConfig config = TinyTraining.VARIED.with(Map.of("averageDecay", "0"));

        // When
        run(config, pieces(), List.of(), null, new Diary(), 3, ONLY_AT_THE_END);

        // Then
        Checkpoint checkpoint = Checkpoint.latest(directory);
        assertSame(checkpoint.average(), checkpoint.weights());
    }

    private static List<PreparedPiece> pieces() {
        return List.of(
                SampleMusic.piece(SampleMusic.arpeggios(36, 3)),
                SampleMusic.piece(SampleMusic.arpeggios(43, 2)),
                SampleMusic.piece(SampleMusic.arpeggios(50, 4)));
    }

    private void run(
            TrainingConfig config,
            List<PreparedPiece> pieces,
            List<PreparedPiece> validation,
            @Nullable Checkpoint checkpoint,
            RunListener listener,
            int updates,
            TrainingRun.Rhythm rhythm)
            throws IOException, InterruptedException {
        run(directory, config, pieces, validation, checkpoint, listener, updates, rhythm);
    }

    private static void run(
            Path run,
            TrainingConfig config,
            List<PreparedPiece> pieces,
            List<PreparedPiece> validation,
            @Nullable Checkpoint checkpoint,
            RunListener listener,
            int updates,
            TrainingRun.Rhythm rhythm)
            throws IOException, InterruptedException {
        try (TrainingRun training =
                new TrainingRun(
                        run,
                        config,
                        new PreparedRepertoire(pieces),
                        TinyTraining.summary(pieces, "hash"),
                        new PreparedRepertoire(validation),
                        null,
                        checkpoint,
                        listener,
                        () -> 0)) {
            training.run(new Budget(updates, Double.POSITIVE_INFINITY), rhythm);
        }
    }

    private static void assertSame(Weights found, Weights expected) {
        assertThat(found.names()).containsExactlyElementsOf(expected.names());
        for (String name : expected.names()) {
            assertThat(found.get(name).values())
                    .as(name)
                    .containsExactly(expected.get(name).values());
        }
    }

    private static final class PowerCut extends RuntimeException {}

    /** Notes the loss of every update, and may end the run at one. */
    private static final class Diary implements RunListener {

        private final List<Losses> losses = new ArrayList<>();
        private int end = Integer.MAX_VALUE;

        Diary endingAt(int update) {
            end = update;
            return this;
        }

        @Override
        public void updated(
                int update,
                double progress,
                double seconds,
                Losses found,
                double rate,
                double gradient) {
            if (update == end) {
                throw new PowerCut();
            }
            losses.add(found);
        }

        @Override
        public void validated(ValidationResult result, boolean whole) {}

        @Override
        public void saved(int update) {}
    }
}
