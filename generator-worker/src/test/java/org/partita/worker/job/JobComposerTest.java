package org.partita.worker.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.partita.music.midi.MidiReader;
import org.partita.protocol.Claim;
import org.partita.protocol.Fence;
import org.partita.protocol.GenerationJob;
import org.partita.protocol.GenerationRequest;
import org.partita.protocol.JobError;
import org.partita.protocol.JobId;
import org.partita.protocol.Length;
import org.partita.protocol.NotesChunk;
import org.partita.protocol.Sampling;
import org.partita.protocol.SamplingRequest;
import org.partita.protocol.Start;
import org.partita.protocol.WriteAnswer;
import org.partita.worker.engine.RandomModel;

class JobComposerTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final int ENDLESS = 20_000;

    @SuppressWarnings("NullAway.Init")
    private static Engines engines;

    private final FakeLaneStore store = new FakeLaneStore();
    private final FakeDelivery delivery =
            new FakeDelivery(JobId.draw(new SplittableRandom(1)), store.calls);
    private Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private boolean givingBack;
    private boolean brokerIsAway;

    @BeforeAll
    static void loadModel() {
        engines = new Engines(RandomModel.directory().resolve("..").normalize(), 1, 2);
    }

    @AfterAll
    static void unloadModel() {
        engines.close();
    }

    @Test
    void storesThePieceBeforeItAcknowledgesTheRecord() throws Exception {
        store.claim = granted("random", 120);

        handle();

        assertThat(store.calls).endsWith("complete", "accept");
        assertThat(MidiReader.read(Objects.requireNonNull(store.midi), "piece").noteCount())
                .isEqualTo(120);
        assertThat(Objects.requireNonNull(store.result).notes()).isEqualTo(120);
        assertThat(store.chunks.getFirst().from()).isZero();
        assertThat(store.chunks.stream().mapToInt(chunk -> chunk.notes().size()).sum())
                .isEqualTo(120);
    }

    @Test
    void tellsEveryNoteOnceAndInOrder() throws Exception {
        store.claim = granted("random", 4_000);

        handle();

        int next = 0;
        for (NotesChunk chunk : store.chunks) {
            assertThat(chunk.from()).isEqualTo(next);
            next += chunk.notes().size();
        }
        assertThat(next).isEqualTo(4_000);
    }

    @Test
    void keepsThePieceUntilTheStoreIsBack() throws Exception {
        store.claim = granted("random", 10);
        store.awayFor = "complete";
        store.away = 3;

        handle();

        assertThat(delivery.renewals).isEqualTo(3);
        assertThat(store.calls).endsWith("complete", "accept");
        assertThat(Objects.requireNonNull(store.result).notes()).isEqualTo(10);
    }

    @Test
    void acknowledgesWhatNeedsNobodyAnyMore() throws Exception {
        for (Claim claim :
                List.of(
                        new Claim.Finished("succeeded"),
                        new Claim.Doubled(),
                        new Claim.Unknown())) {
            store.claim = claim;
            store.calls.clear();

            handle();

            assertThat(store.calls).containsExactly("claim", "accept");
        }
    }

    @Test
    void buriesPoisonBeforeItFailsTheJob() throws Exception {
        JobError error = new JobError(JobError.Code.POISON, "begun three times");
        store.claim = new Claim.Poisoned(job("random", 5), new Fence(4), error);

        handle();

        assertThat(store.calls).containsExactly("claim", "bury", "fail", "accept");
        assertThat(store.error).isEqualTo(error);
    }

    @Test
    void givesPoisonBackThatItCannotBury() throws Exception {
        JobError error = new JobError(JobError.Code.POISON, "begun three times");
        store.claim = new Claim.Poisoned(job("random", 5), new Fence(4), error);
        brokerIsAway = true;
        givingBack = true;

        handle();

        assertThat(store.calls).containsExactly("claim", "release", "return");
    }

    @Test
    void stopsWhenTheJobIsCanceled() throws Exception {
        store.claim = granted("random", ENDLESS);
        store.toProgress = WriteAnswer.CANCELED;

        handle();

        assertThat(store.calls).doesNotContain("complete").endsWith("accept");
    }

    @Test
    void leavesTheJobToWhoeverHoldsTheHigherFence() throws Exception {
        store.claim = granted("random", ENDLESS);
        store.toProgress = WriteAnswer.FENCED;

        handle();

        assertThat(store.calls).doesNotContain("complete").endsWith("return");
    }

    @Test
    void failsAJobThatRunsBeyondItsDeadline() throws Exception {
        clock = Clock.fixed(NOW.plus(Duration.ofHours(1)), ZoneOffset.UTC);
        store.claim = granted("random", ENDLESS);

        handle();

        assertThat(Objects.requireNonNull(store.error).code())
                .isEqualTo(JobError.Code.DEADLINE_EXCEEDED);
        assertThat(store.calls).endsWith("fail", "accept");
    }

    @Test
    void failsAJobForAModelItDoesNotHave() throws Exception {
        store.claim = granted("organ", 5);

        handle();

        assertThat(Objects.requireNonNull(store.error).code())
                .isEqualTo(JobError.Code.MODEL_UNKNOWN);
        assertThat(store.calls).endsWith("fail", "accept");
    }

    @Test
    void givesBackWhatItCannotFinish() throws Exception {
        store.claim = granted("random", ENDLESS);
        givingBack = true;

        handle();

        assertThat(store.calls).endsWith("release", "return");
    }

    private void handle() throws InterruptedException {
        Duration lease = Duration.ofSeconds(30);
        try (Teller teller = new Teller(store, lease)) {
            new JobComposer(store, teller, engines, this::bury, clock, "worker-1", lease)
                    .handle(delivery, () -> givingBack);
        }
    }

    private void bury(GenerationJob job, JobError error) {
        if (brokerIsAway) {
            throw new KafkaException("the broker is away");
        }
        store.calls.add("bury");
    }

    private Claim granted(String model, int notes) {
        return new Claim.Granted(job(model, notes), new Fence(1), 1);
    }

    private GenerationJob job(String model, int notes) {
        return new GenerationJob(
                delivery.id(),
                GenerationRequest.of(new Start.Random(), new Length.Notes(notes)),
                model,
                7,
                SamplingRequest.of(Sampling.DEFAULT),
                NOW,
                NOW.plus(Duration.ofMinutes(10)),
                null);
    }
}
