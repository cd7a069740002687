package org.partita.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.StringRedisTemplate;

class RedisJobStoreIT {

    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final byte[] MIDI = {'M', 'T', 'h', 'd', 0, 1, 2, (byte) 0xff};
    private static final GenerationResult RESULT =
            new GenerationResult("ab".repeat(32), MIDI.length, 500, "CPU", "cd".repeat(32));

    private static RealRedis redis;

    /** Begins now, as Redis forgets keys by its own clock. */
    private final SettableClock clock =
            new SettableClock(Instant.now().truncatedTo(ChronoUnit.MILLIS));

    private final Random random = new Random(5);
    private final Submission.Limits limits =
            new Submission.Limits(1_000, 1_000, Duration.ofSeconds(60));
    private RedisJobStore store;

    @BeforeAll
    static void startRedis() {
        redis = new RealRedis();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void empty() {
        redis.flush();
        store =
                new RedisJobStore(
                        redis.connections(),
                        clock,
                        new JobCodec(),
                        RedisKeys.DEFAULT,
                        Retention.DEFAULT);
    }

    @Test
    void jobGoesFromSubmissionToItsPiece() {
        // Given
        GenerationJob job = submitted();
        store.markSent(job.id());
        Claim.Granted claim = granted(job.id(), "jobs-0@1", "one");
        // When
        WriteAnswer progress = told(job, claim, new Progress(200, 500), chunk(0));
        WriteAnswer complete = store.complete(job.id(), claim.fence(), chunk(1), MIDI, RESULT);
        // Then
        assertThat(claim.job()).isEqualTo(job);
        assertThat(claim.attempt()).isEqualTo(1);
        assertThat(progress).isEqualTo(WriteAnswer.ACCEPTED);
        assertThat(complete).isEqualTo(WriteAnswer.ACCEPTED);
        assertThat(found(job.id()).state())
                .isEqualTo(new JobState.Succeeded(RESULT, clock.instant()));
        assertThat(found(job.id()).progress()).isEqualTo(new Progress(500, 500));
        assertThat(store.midi(job.id())).contains(MIDI);
        assertThat(store.events(job.id(), "0", 100))
                .extracting(JobEvent::type)
                .containsExactly(
                        "queued", "started", "notes", "progress", "notes", "progress", "succeeded");
        assertThat(store.queue().running()).isZero();
    }

    @Test
    void oneCallTellsOfManyJobsEachUnderItsFence() {
        // Given
        GenerationJob first = submitted();
        GenerationJob canceled = submitted();
        GenerationJob lost = submitted();
        GenerationJob last = submitted();
        Claim.Granted one = granted(first.id(), "jobs-0@1", "one");
        Claim.Granted two = granted(canceled.id(), "jobs-0@2", "one");
        Claim.Granted three = granted(lost.id(), "jobs-0@3", "one");
        Claim.Granted four = granted(last.id(), "jobs-0@4", "one");
        store.cancel(canceled.id());
        granted(lost.id(), "jobs-0@3", "two");
        // When
        List<WriteAnswer> answers =
                store.progress(
                        List.of(
                                new JobProgress(
                                        first.id(), one.fence(), new Progress(1, 500), chunk(0)),
                                new JobProgress(
                                        canceled.id(), two.fence(), new Progress(2, 500), chunk(0)),
                                new JobProgress(
                                        lost.id(), three.fence(), new Progress(3, 500), chunk(0)),
                                new JobProgress(
                                        last.id(), four.fence(), new Progress(4, 500), null)),
                        LEASE);
        // Then
        assertThat(answers)
                .containsExactly(
                        WriteAnswer.ACCEPTED,
                        WriteAnswer.CANCELED,
                        WriteAnswer.FENCED,
                        WriteAnswer.ACCEPTED);
        assertThat(found(first.id()).progress()).isEqualTo(new Progress(1, 500));
        assertThat(found(lost.id()).progress()).isEqualTo(new Progress(0, 500));
        assertThat(found(last.id()).progress()).isEqualTo(new Progress(4, 500));
        assertThat(store.events(first.id(), "0", 100))
                .extracting(JobEvent::type)
                .containsExactly("queued", "started", "notes", "progress");
        assertThat(store.events(canceled.id(), "0", 100))
                .extracting(JobEvent::type)
                .containsExactly("queued", "started", "canceled");
        assertThat(store.events(last.id(), "0", 100))
                .extracting(JobEvent::type)
                .containsExactly("queued", "started", "progress");
    }

    @Test
    void eventsResumeExactlyAfterTheLastOneSeen() {
        // Given
        GenerationJob job = submitted();
        Claim.Granted claim = granted(job.id(), "jobs-0@1", "one");
        for (int i = 1; i <= 20; i++) {
            told(job, claim, new Progress(i, 500), null);
        }
        List<JobEvent> all = store.events(job.id(), "0", 100);
        for (int seen = 0; seen < all.size(); seen++) {
            // When
            List<JobEvent> rest = store.events(job.id(), all.get(seen).id(), 100);
            // Then
            assertThat(rest).isEqualTo(all.subList(seen + 1, all.size()));
        }
    }

    @Test
    void frozenWorkerCannotOverwriteTheResult() {
        // Given
        GenerationJob job = submitted();
        Claim.Granted frozen = granted(job.id(), "jobs-0@1", "one");
        Claim.Granted successor = granted(job.id(), "jobs-0@1", "two");
        store.complete(job.id(), successor.fence(), null, MIDI, RESULT);
        // When
        List<WriteAnswer> answers =
                List.of(
                        told(job, frozen, new Progress(1, 500), null),
                        store.complete(
                                job.id(),
                                frozen.fence(),
                                null,
                                new byte[] {1},
                                new GenerationResult(
                                        "ef".repeat(32), 1, 1, "CPU", "cd".repeat(32))),
                        store.fail(
                                job.id(),
                                frozen.fence(),
                                new JobError(JobError.Code.GENERATION_FAILED, "late")),
                        store.release(job.id(), frozen.fence()));
        // Then
        assertThat(answers).containsOnly(WriteAnswer.FENCED);
        assertThat(successor.attempt()).isEqualTo(2);
        assertThat(store.midi(job.id())).contains(MIDI);
        assertThat(store.events(job.id(), "0", 100))
                .extracting(JobEvent::type)
                .containsExactly("queued", "started", "started", "succeeded");
    }

    @Test
    void completionSaidTwiceIsAcceptedTwiceAndToldOnce() {
        // Given
        GenerationJob job = submitted();
        Claim.Granted claim = granted(job.id(), "jobs-0@1", "one");
        store.complete(job.id(), claim.fence(), null, MIDI, RESULT);
        // When
        WriteAnswer again = store.complete(job.id(), claim.fence(), null, MIDI, RESULT);
        // Then
        assertThat(again).isEqualTo(WriteAnswer.ACCEPTED);
        assertThat(store.events(job.id(), "0", 100)).filteredOn(JobEvent::last).hasSize(1);
    }

    @Test
    void canceledJobAcceptsNothingMore() {
        // Given
        GenerationJob job = submitted();
        Claim.Granted claim = granted(job.id(), "jobs-0@1", "one");
        // When
        store.cancel(job.id());
        store.cancel(job.id());
        // Then
        assertThat(told(job, claim, new Progress(9, 500), null)).isEqualTo(WriteAnswer.CANCELED);
        assertThat(store.complete(job.id(), claim.fence(), null, MIDI, RESULT))
                .isEqualTo(WriteAnswer.CANCELED);
        assertThat(store.midi(job.id())).isEmpty();
        assertThat(found(job.id()).state()).isEqualTo(new JobState.Canceled(clock.instant()));
        assertThat(store.claim(job.id(), "jobs-0@1", "two", LEASE))
                .isEqualTo(new Claim.Finished("canceled"));
        assertThat(store.events(job.id(), "0", 100)).filteredOn(JobEvent::last).hasSize(1);
    }

    @Test
    void fourthAttemptIsPoison() {
        // Given
        GenerationJob job = submitted();
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(granted(job.id(), "jobs-0@1", "lane " + attempt).attempt())
                    .isEqualTo(attempt);
        }
        // When
        Claim fourth = store.claim(job.id(), "jobs-0@1", "lane 4", LEASE);
        Claim afterALostLane = store.claim(job.id(), "jobs-0@1", "lane 5", LEASE);
        // Then
        assertThat(fourth).isInstanceOf(Claim.Poisoned.class);
        assertThat(store.claim(job.id(), "jobs-0@1", "lane 5", LEASE)).isEqualTo(afterALostLane);
        assertThat(afterALostLane)
                .isInstanceOfSatisfying(
                        Claim.Poisoned.class,
                        poisoned ->
                                assertThat(store.fail(job.id(), poisoned.fence(), poisoned.error()))
                                        .isEqualTo(WriteAnswer.ACCEPTED));
        assertThat(found(job.id()).state()).isInstanceOf(JobState.Failed.class);
        assertThat(store.claim(job.id(), "jobs-0@1", "one", LEASE))
                .isEqualTo(new Claim.Finished("failed"));
        assertThat(store.events(job.id(), "0", 100))
                .filteredOn(event -> event.type().equals("started"))
                .hasSize(3);
    }

    @Test
    void claimRepeatedForWantOfAnAnswerIsTheSameAttempt() {
        // Given
        GenerationJob job = submitted();
        Claim.Granted unheard = granted(job.id(), "jobs-0@1", "one");
        clock.advance(LEASE.dividedBy(2));
        // When
        Claim heard = store.claim(job.id(), "jobs-0@1", "one", LEASE);
        // Then
        assertThat(heard).isEqualTo(unheard);
        clock.advance(LEASE.dividedBy(2).plusMillis(1));
        assertThat(store.claim(job.id(), "jobs-0@2", "two", LEASE)).isEqualTo(new Claim.Doubled());
    }

    @Test
    void jobGivenBackIsSentAgainUnlessALaneClaimsIt() {
        // Given
        GenerationJob job = submitted();
        store.markSent(job.id());
        store.release(job.id(), granted(job.id(), "jobs-0@1", "one").fence());
        clock.advance(Duration.ofSeconds(6));
        // When
        List<GenerationJob> unsent = store.unsent(Duration.ofSeconds(5), 10);
        // Then
        assertThat(unsent).containsExactly(job);
        granted(job.id(), "jobs-0@1", "two");
        clock.advance(Duration.ofSeconds(6));
        assertThat(store.unsent(Duration.ofSeconds(5), 10)).isEmpty();
    }

    @Test
    void jobGivenBackKeepsItsPlaceAndItsAttempts() {
        // Given
        GenerationJob first = submitted();
        submitted();
        Claim.Granted claim = granted(first.id(), "jobs-0@1", "one");
        // When
        WriteAnswer released = store.release(first.id(), claim.fence());
        // Then
        assertThat(released).isEqualTo(WriteAnswer.ACCEPTED);
        assertThat(found(first.id()).place()).isEqualTo(new QueuePlace(0, null));
        Claim.Granted next = granted(first.id(), "jobs-0@1", "two");
        assertThat(next.attempt()).isEqualTo(1);
        assertThat(next.fence()).isGreaterThan(claim.fence());
    }

    @Test
    void doubledRecordDoesNotDisturbTheOneBeingComposed() {
        // Given
        GenerationJob job = submitted();
        Claim.Granted claim = granted(job.id(), "jobs-0@1", "one");
        // When
        Claim doubled = store.claim(job.id(), "jobs-0@2", "two", LEASE);
        // Then
        assertThat(doubled).isEqualTo(new Claim.Doubled());
        assertThat(store.complete(job.id(), claim.fence(), null, MIDI, RESULT))
                .isEqualTo(WriteAnswer.ACCEPTED);
    }

    @Test
    void doubledRecordTakesOverOnceTheLeaseHasEnded() {
        // Given
        GenerationJob job = submitted();
        granted(job.id(), "jobs-0@1", "one");
        clock.advance(LEASE.plusSeconds(1));
        // When
        Claim second = store.claim(job.id(), "jobs-0@2", "two", LEASE);
        // Then
        assertThat(second).isInstanceOf(Claim.Granted.class);
    }

    @Test
    void jobsThatNobodyWillEndAreEnded() {
        // Given
        GenerationJob waiting = submitted();
        GenerationJob held = submitted();
        granted(held.id(), "jobs-0@2", "one");
        clock.advance(Duration.ofSeconds(301));
        // When
        Reaped reaped = store.reap(100);
        // Then
        assertThat(reaped).isEqualTo(new Reaped(1, 1, 0));
        assertThat(found(waiting.id()).state()).isInstanceOf(JobState.Expired.class);
        assertThat(found(held.id()).state())
                .isInstanceOfSatisfying(
                        JobState.Failed.class,
                        failed ->
                                assertThat(failed.error().code())
                                        .isEqualTo(JobError.Code.DEADLINE_EXCEEDED));
        assertThat(store.reap(100)).isEqualTo(new Reaped(0, 0, 0));
    }

    @Test
    void jobWhoseWorkerVanishedForLongIsSentAgain() {
        // Given
        GenerationJob job = submitted();
        store.markSent(job.id());
        granted(job.id(), "jobs-0@1", "one");
        clock.advance(LEASE.multipliedBy(3).plusSeconds(1));
        // When
        Reaped reaped = store.reap(100);
        // Then
        assertThat(reaped).isEqualTo(new Reaped(0, 0, 1));
        assertThat(store.unsent(Duration.ofSeconds(5), 10)).containsExactly(job);
        assertThat(granted(job.id(), "jobs-0@2", "two").attempt()).isEqualTo(2);
    }

    @Test
    void jobOfALaterVersionDoesNotKeepOthersInTheOutbox() {
        // Given
        GenerationJob later = submitted();
        GenerationJob readable = submitted();
        new StringRedisTemplate(redis.connections())
                .opsForValue()
                .set(RedisKeys.DEFAULT.job(later.id()) + ":message", "{\"version\":99}");
        clock.advance(Duration.ofSeconds(6));
        // When, Then
        assertThat(store.unsent(Duration.ofSeconds(5), 10)).containsExactly(readable);
    }

    @Test
    void outboxLendsEachJobToOneSweeper() {
        // Given
        GenerationJob lost = submitted();
        GenerationJob sent = submitted();
        store.markSent(sent.id());
        clock.advance(Duration.ofSeconds(6));
        // When
        List<GenerationJob> first = store.unsent(Duration.ofSeconds(5), 10);
        List<GenerationJob> second = store.unsent(Duration.ofSeconds(5), 10);
        // Then
        assertThat(first).containsExactly(lost);
        assertThat(second).isEmpty();
    }

    @Test
    void withdrawnJobLeavesNothingBehind() {
        // Given
        GenerationJob job = job();
        store.submit(new Submission(job, "client", "key", limits));
        // When
        boolean withdrawn = store.withdraw(job.id());
        // Then
        assertThat(withdrawn).isTrue();
        assertThat(store.find(job.id())).isEqualTo(new JobLookup.Unknown());
        assertThat(store.claim(job.id(), "jobs-0@1", "one", LEASE)).isEqualTo(new Claim.Unknown());
        assertThat(new StringRedisTemplate(redis.connections()).keys("*"))
                .containsExactly("{partita}:stats");
        assertThat(store.submit(new Submission(job(), "client", "key", limits)))
                .isEqualTo(new Submission.Submitted());
    }

    @Test
    void jobThatAWorkerHasCannotBeWithdrawn() {
        // Given
        GenerationJob job = submitted();
        granted(job.id(), "jobs-0@1", "one");
        // When
        boolean withdrawn = store.withdraw(job.id());
        // Then
        assertThat(withdrawn).isFalse();
        assertThat(found(job.id()).state()).isInstanceOf(JobState.Running.class);
    }

    @Test
    void idempotencyKeyFindsTheFirstJob() {
        // Given
        GenerationJob first = job();
        store.submit(new Submission(first, "client", "key", limits));
        Submission.Outcome early = store.submit(new Submission(job(), "client", "key", limits));
        store.markSent(first.id());
        // When
        Submission.Outcome again = store.submit(new Submission(job(), "client", "key", limits));
        Submission.Outcome other =
                store.submit(new Submission(job(new Length.Notes(7)), "client", "key", limits));
        Submission.Outcome stranger = store.submit(new Submission(job(), "other", "key", limits));
        // Then
        assertThat(early).isEqualTo(new Submission.InProgress());
        assertThat(again).isEqualTo(new Submission.Replayed(first.id()));
        assertThat(other).isEqualTo(new Submission.KeyReused());
        assertThat(stranger).isEqualTo(new Submission.Submitted());
    }

    @Test
    void idempotencyKeyFindsAJobThatWasGivenBack() {
        // Given
        GenerationJob job = job();
        store.submit(new Submission(job, "client", "key", limits));
        store.markSent(job.id());
        store.release(job.id(), granted(job.id(), "jobs-0@1", "one").fence());
        // When
        Submission.Outcome again = store.submit(new Submission(job(), "client", "key", limits));
        // Then
        assertThat(again).isEqualTo(new Submission.Replayed(job.id()));
    }

    @Test
    void thousandSubmissionsWithOneKeyMakeOneJob() throws Exception {
        // Given
        List<Callable<Submission.Outcome>> calls = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            Submission submission = new Submission(job(), "client", "key", limits);
            calls.add(() -> store.submit(submission));
        }
        // When
        List<Submission.Outcome> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Submission.Outcome> outcome : threads.invokeAll(calls)) {
                outcomes.add(outcome.get());
            }
        }
        // Then
        assertThat(outcomes).filteredOn(Submission.Submitted.class::isInstance).hasSize(1);
        assertThat(store.queue().queued()).isEqualTo(1);
    }

    @Test
    void limitsAreKept() {
        // Given
        Submission.Limits two = new Submission.Limits(2, 3, Duration.ofSeconds(60));
        store.submit(new Submission(job(), "greedy", null, two));
        store.submit(new Submission(job(), "greedy", null, two));
        // When
        Submission.Outcome third = store.submit(new Submission(job(), "greedy", null, two));
        store.submit(new Submission(job(), "light", null, two));
        Submission.Outcome fourth = store.submit(new Submission(job(), "light", null, two));
        // Then
        assertThat(third).isEqualTo(new Submission.TooManyUnfinished(2));
        assertThat(fourth).isInstanceOf(Submission.QueueFull.class);
    }

    @Test
    void tooLongAWaitIsRefusedWhileWorkersLive() {
        // Given
        store.heartbeat(new WorkerStatus("one", 1, "CPU", List.of()), Duration.ofSeconds(10));
        Submission.Limits patient = new Submission.Limits(99, 99, Duration.ofSeconds(8));
        // When: 500 notes at 10 ms each, one lane
        Submission.Outcome first = store.submit(new Submission(job(), "a", null, patient));
        Submission.Outcome second = store.submit(new Submission(job(), "a", null, patient));
        Submission.Outcome third = store.submit(new Submission(job(), "a", null, patient));
        // Then
        assertThat(first).isEqualTo(new Submission.Submitted());
        assertThat(second).isEqualTo(new Submission.Submitted());
        assertThat(third).isEqualTo(new Submission.QueueFull(2, Duration.ofSeconds(2)));
    }

    @Test
    void placeInTheQueueComesWithAnEstimate() {
        // Given
        GenerationJob first = submitted();
        GenerationJob second = submitted();
        GenerationJob third = submitted();
        // When
        QueuePlace withoutWorkers = found(third.id()).place();
        store.heartbeat(new WorkerStatus("one", 2, "CPU", List.of()), Duration.ofSeconds(10));
        // Then
        assertThat(withoutWorkers).isEqualTo(new QueuePlace(2, null));
        assertThat(found(first.id()).place()).isEqualTo(new QueuePlace(0, Duration.ZERO));
        assertThat(found(second.id()).place()).isEqualTo(new QueuePlace(1, Duration.ZERO));
        assertThat(found(third.id()).place()).isEqualTo(new QueuePlace(2, Duration.ofSeconds(5)));
    }

    @Test
    void workersLiveAsLongAsTheirHeartbeat() {
        // Given
        WorkerStatus one = new WorkerStatus("one", 4, "CPU (AVX2)", List.of(piano()));
        WorkerStatus two = new WorkerStatus("two", 2, "CPU (AVX2)", List.of(piano()));
        store.heartbeat(one, Duration.ofSeconds(30));
        store.heartbeat(two, Duration.ofSeconds(10));
        // When
        int lanes = store.queue().lanes();
        clock.advance(Duration.ofSeconds(11));
        // Then
        assertThat(lanes).isEqualTo(6);
        assertThat(store.workers()).containsExactly(one);
        store.goodbye("one");
        assertThat(store.queue().lanes()).isZero();
    }

    @Test
    void finishedJobIsForgottenAndRemembered() {
        // Given
        store =
                new RedisJobStore(
                        redis.connections(),
                        clock,
                        new JobCodec(),
                        RedisKeys.DEFAULT,
                        new Retention(
                                Duration.ofMillis(50), Duration.ofHours(1), Duration.ofHours(1)));
        GenerationJob job = submitted();
        Claim.Granted claim = granted(job.id(), "jobs-0@1", "one");
        store.complete(job.id(), claim.fence(), null, MIDI, RESULT);
        // When
        JobLookup later = store.find(job.id());
        for (int i = 0; i < 100 && !(later instanceof JobLookup.Gone); i++) {
            sleep();
            later = store.find(job.id());
        }
        // Then
        assertThat(later).isEqualTo(new JobLookup.Gone());
        assertThat(store.midi(job.id())).isEmpty();
        assertThat(store.find(JobId.draw(random))).isEqualTo(new JobLookup.Unknown());
    }

    @Test
    void noKeyOfAJobIsWithoutAnEnd() {
        // Given
        GenerationJob done = submitted();
        store.complete(
                done.id(), granted(done.id(), "jobs-0@1", "one").fence(), null, MIDI, RESULT);
        GenerationJob waiting = submitted();
        // When
        StringRedisTemplate template = new StringRedisTemplate(redis.connections());
        // Then
        assertThat(template.keys("*:job:*"))
                .hasSizeGreaterThanOrEqualTo(6)
                .allSatisfy(key -> assertThat(template.getExpire(key)).isPositive());
        assertThat(found(waiting.id()).state()).isEqualTo(new JobState.Queued());
    }

    @Test
    void quotaRefillsSteadily() {
        // Given
        Quota.Policy policy = new Quota.Policy("submit", 3, Duration.ofSeconds(30));
        // When
        List<Boolean> burst = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            burst.add(store.take("client", policy).allowed());
        }
        Quota refused = store.take("client", policy);
        clock.advance(Duration.ofSeconds(10));
        // Then
        assertThat(burst).containsExactly(true, true, true, false);
        assertThat(refused)
                .isEqualTo(new Quota(false, 0, Duration.ofSeconds(30), Duration.ofSeconds(10)));
        assertThat(store.take("client", policy).allowed()).isTrue();
        assertThat(store.take("client", policy).allowed()).isFalse();
        assertThat(store.take("other", policy).remaining()).isEqualTo(2);
    }

    @Test
    void everythingSurvivesARestartOfRedis() {
        // Given
        GenerationJob job = submitted();
        Claim.Granted claim = granted(job.id(), "jobs-0@1", "one");
        // When
        redis.stopServer();
        redis.startServer();
        // Then
        assertThat(store.complete(job.id(), claim.fence(), null, MIDI, RESULT))
                .isEqualTo(WriteAnswer.ACCEPTED);
        assertThat(store.midi(job.id())).contains(MIDI);
    }

    private WriteAnswer told(
            GenerationJob job, Claim.Granted claim, Progress progress, @Nullable NotesChunk notes) {
        return store.progress(
                        List.of(new JobProgress(job.id(), claim.fence(), progress, notes)), LEASE)
                .getFirst();
    }

    private static NotesChunk chunk(int from) {
        return new NotesChunk(
                from, List.of(new NotesChunk.ComposedNote(0, 24, 60, 80, 0)), 24, 120);
    }

    private GenerationJob submitted() {
        GenerationJob job = job();
        assertThat(store.submit(new Submission(job, "client", null, limits)))
                .isEqualTo(new Submission.Submitted());
        return job;
    }

    private GenerationJob job() {
        return job(new Length.Notes(500));
    }

    private GenerationJob job(Length length) {
        return new GenerationJob(
                JobId.draw(random),
                GenerationRequest.of(new Start.Random(), length),
                "piano",
                42,
                SamplingRequest.of(Sampling.DEFAULT),
                clock.instant(),
                clock.instant().plusSeconds(300),
                null);
    }

    private Claim.Granted granted(JobId id, String delivery, String worker) {
        Claim claim = store.claim(id, delivery, worker, LEASE);
        assertThat(claim).isInstanceOf(Claim.Granted.class);
        return (Claim.Granted) claim;
    }

    private JobSnapshot found(JobId id) {
        JobLookup lookup = store.find(id);
        assertThat(lookup).isInstanceOf(JobLookup.Found.class);
        return ((JobLookup.Found) lookup).job();
    }

    private static ModelDescription piano() {
        return new ModelDescription(
                "piano",
                "Piano",
                "cd".repeat(32),
                2_000_000,
                List.of(new ModelDescription.Instrument("Piano", 0, 21, 108)),
                List.of("unknown", "Bach"),
                Sampling.DEFAULT,
                "test");
    }

    private static void sleep() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
