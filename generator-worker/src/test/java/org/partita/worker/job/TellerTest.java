package org.partita.worker.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.partita.protocol.Fence;
import org.partita.protocol.GenerationRequest;
import org.partita.protocol.JobId;
import org.partita.protocol.Length;
import org.partita.protocol.NotesChunk;
import org.partita.protocol.Sampling;
import org.partita.protocol.Start;
import org.partita.protocol.WriteAnswer;
import org.partita.worker.engine.Composing;
import org.partita.worker.engine.Engine;
import org.partita.worker.engine.RandomModel;

class TellerTest {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ENDLESS = 20_000;

    @SuppressWarnings("NullAway.Init")
    private static Engines engines;

    private final SplittableRandom random = new SplittableRandom(9);
    private final FakeLaneStore store = new FakeLaneStore();

    @BeforeAll
    static void loadModel() {
        engines = new Engines(RandomModel.directory().resolve("..").normalize(), 1, 2);
    }

    @AfterAll
    static void unloadModel() {
        engines.close();
    }

    @Test
    void tellsOfAllPiecesInOneCall() throws Exception {
        Composing one = composing(1);
        Composing two = composing(2);
        // When
        try (Teller teller = new Teller(store, LEASE);
                Teller.Telling first = teller.begin(JobId.draw(random), new Fence(1), one);
                Teller.Telling second = teller.begin(JobId.draw(random), new Fence(1), two)) {
            await(() -> store.toldAtOnce.size() >= 3);
            assertThat(first.refusal()).isNull();
            assertThat(second.refusal()).isNull();
        } finally {
            one.cancel();
            two.cancel();
        }
        // Then
        assertThat(store.toldAtOnce.subList(0, 3)).containsOnly(2);
    }

    @Test
    void givesUpThePieceOfACanceledJob() throws Exception {
        store.toProgress = WriteAnswer.CANCELED;
        Composing piece = composing(1);
        try (Teller teller = new Teller(store, LEASE);
                Teller.Telling telling = teller.begin(JobId.draw(random), new Fence(1), piece)) {
            // When
            assertThatThrownBy(() -> piece.await(PATIENCE))
                    .isInstanceOf(CancellationException.class);
            // Then
            assertThat(telling.refusal()).isEqualTo(WriteAnswer.CANCELED);
            assertThat(store.toldAtOnce).hasSize(1);
        }
    }

    @Test
    void leavesTheRestToWhoeverClosesIt() throws Exception {
        Composing piece = composing(1);
        try (Teller teller = new Teller(store, LEASE)) {
            Teller.Telling telling = teller.begin(JobId.draw(random), new Fence(1), piece);
            await(() -> store.toldAtOnce.size() >= 2);
            // When
            telling.close();
            int told = store.chunks.stream().mapToInt(chunk -> chunk.notes().size()).sum();
            await(() -> piece.notesFrom(told).size() > 10);
            NotesChunk rest = telling.rest();
            // Then
            assertThat(rest).isNotNull();
            assertThat(Objects.requireNonNull(rest).from()).isEqualTo(told);
            assertThat(rest.notes()).hasSizeGreaterThan(10);
        } finally {
            piece.cancel();
        }
    }

    private static Composing composing(long seed) {
        Engine engine = Objects.requireNonNull(engines.find("random"));
        return engine.compose(
                GenerationRequest.of(new Start.Random(), new Length.Notes(ENDLESS)),
                seed,
                Sampling.DEFAULT);
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(10);
        }
    }
}
