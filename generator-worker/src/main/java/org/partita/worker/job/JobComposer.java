package org.partita.worker.job;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.partita.protocol.Claim;
import org.partita.protocol.Fence;
import org.partita.protocol.GenerationJob;
import org.partita.protocol.GenerationResult;
import org.partita.protocol.JobError;
import org.partita.protocol.JobId;
import org.partita.protocol.JobState;
import org.partita.protocol.LaneStore;
import org.partita.protocol.NotesChunk;
import org.partita.protocol.Sampling;
import org.partita.protocol.WriteAnswer;
import org.partita.worker.engine.Composing;
import org.partita.worker.engine.Composition;
import org.partita.worker.engine.Engine;
import org.partita.worker.engine.EngineException;
import org.partita.worker.engine.UnusableRequestException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * What a lane does with a job it was delivered: claims it, composes it, has its notes told while it
 * grows, stores the piece, and only then acknowledges the delivery. Stateless; used by all lanes.
 *
 * <p>When the store is away the lane keeps the job and tries on: nothing that was composed is lost.
 */
final class JobComposer {

    private static final Logger LOG = LoggerFactory.getLogger(JobComposer.class);

    /** How often a lane looks at its piece, its deadline and its lock. */
    private static final Duration LOOK_INTERVAL = Duration.ofMillis(250);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /** A piece that did not advance for so long hangs: its lock is not renewed any more. */
    private static final Duration HANGING = Duration.ofSeconds(10);

    private final LaneStore store;
    private final Teller teller;
    private final Engines engines;
    private final DeadLetters deadLetters;
    private final Clock clock;
    private final String worker;
    private final Duration lease;

    JobComposer(
            LaneStore store,
            Teller teller,
            Engines engines,
            DeadLetters deadLetters,
            Clock clock,
            String worker,
            Duration lease) {
        this.store = store;
        this.teller = teller;
        this.engines = engines;
        this.deadLetters = deadLetters;
        this.clock = clock;
        this.worker = worker;
        this.lease = lease;
    }

    /**
     * Sees a delivery to its end.
     *
     * @param givingBack whether the worker wants to be rid of unfinished jobs
     */
    void handle(Delivery delivery, BooleanSupplier givingBack) throws InterruptedException {
        JobId id;
        try {
            id = delivery.id();
        } catch (IllegalArgumentException e) {
            LOG.atWarn().addKeyValue("delivery", delivery.name()).log("a message names no job");
            delivery.accept();
            return;
        }
        // One name for all tries of this claim: one that timed out may have been carried out.
        String claimant = worker + "/" + UUID.randomUUID();
        Claim claim =
                untilDone(
                        () -> store.claim(id, delivery.name(), claimant, lease),
                        delivery,
                        givingBack);
        switch (claim) {
            case null -> delivery.release();
            case Claim.Granted granted -> {
                LOG.atInfo()
                        .addKeyValue("job", id)
                        .addKeyValue("attempt", granted.attempt())
                        .log("job begun");
                new Attempt(granted.job(), granted.fence(), delivery, givingBack)
                        .compose(granted.attempt() == JobState.MAX_ATTEMPTS);
            }
            case Claim.Poisoned poisoned ->
                    new Attempt(poisoned.job(), poisoned.fence(), delivery, givingBack)
                            .bury(poisoned.error());
            case Claim.Finished _, Claim.Doubled _, Claim.Unknown _ -> delivery.accept();
        }
    }

    /**
     * Asks the store, or the broker, until it answers, keeping the job meanwhile.
     *
     * @return {@code null} if the worker gave up waiting
     */
    private static <T> @Nullable T untilDone(
            Supplier<T> question, Delivery delivery, BooleanSupplier givingBack)
            throws InterruptedException {
        Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
        for (boolean first = true; ; first = false) {
            try {
                return question.get();
            } catch (DataAccessException | KafkaException e) {
                if (first) {
                    LOG.atWarn()
                            .addKeyValue("reason", String.valueOf(e.getMessage()))
                            .log("no answer; trying on");
                }
            }
            if (givingBack.getAsBoolean()) {
                return null;
            }
            backoff.sleep();
            delivery.renew();
        }
    }

    /** A job that was claimed, until it is seen to its end. */
    private final class Attempt {

        private final GenerationJob job;
        private final Fence fence;
        private final Delivery delivery;
        private final BooleanSupplier givingBack;

        Attempt(GenerationJob job, Fence fence, Delivery delivery, BooleanSupplier givingBack) {
            this.job = job;
            this.fence = fence;
            this.delivery = delivery;
            this.givingBack = givingBack;
        }

        /** The dead letter first: whoever claims the job after a failure in between does so too. */
        void bury(JobError error) throws InterruptedException {
            LOG.atError().addKeyValue("job", job.id()).log("job given up as poison");
            Boolean buried =
                    untilDone(() -> {
                        deadLetters.bury(job, error);
                        return true;
                    });
            if (buried == null) {
                giveBack();
            } else {
                fail(error);
            }
        }

        /**
         * @param last whether no other attempt follows
         */
        void compose(boolean last) throws InterruptedException {
            Engine engine = engines.find(job.model());
            if (engine == null) {
                fail(
                        new JobError(
                                JobError.Code.MODEL_UNKNOWN, "no model is called " + job.model()));
                return;
            }
            Composing piece;
            try {
                Sampling sampling = job.sampling().resolve(engine.model().defaultSampling());
                piece = engine.compose(job.request(), job.seed(), sampling);
            } catch (UnusableRequestException e) {
                fail(e.error());
                return;
            }
            try (Teller.Telling telling = teller.begin(job.id(), fence, piece)) {
                watch(piece, telling);
            } catch (EngineException | CancellationException e) {
                LOG.atWarn().addKeyValue("job", job.id()).setCause(e).log("composing failed");
                if (last && e instanceof EngineException) {
                    fail(
                            new JobError(
                                    JobError.Code.GENERATION_FAILED,
                                    "the model failed in every attempt"));
                } else {
                    // Not acknowledged: the next attempt may do better, and the store counts them.
                    Thread.sleep(FIRST_PAUSE);
                    delivery.release();
                }
            } finally {
                piece.cancel();
            }
        }

        private void watch(Composing piece, Teller.Telling telling) throws InterruptedException {
            long events = 0;
            long advancedAt = System.nanoTime();
            while (!endsBefore(telling)) {
                Composition composition = look(piece, telling);
                if (composition != null) {
                    telling.close();
                    complete(telling.rest(), composition);
                    return;
                }
                if (piece.events() > events) {
                    events = piece.events();
                    advancedAt = System.nanoTime();
                }
                if (System.nanoTime() - advancedAt < HANGING.toNanos()) {
                    delivery.renew();
                }
            }
        }

        /** The piece, if it is finished within a look. */
        private @Nullable Composition look(Composing piece, Teller.Telling telling)
                throws InterruptedException {
            try {
                return piece.await(LOOK_INTERVAL);
            } catch (TimeoutException e) {
                return null;
            } catch (CancellationException e) {
                if (telling.refusal() == null) {
                    throw e;
                }
                return null;
            }
        }

        /** Whether the piece is not to be finished; if so, its job is seen to its end. */
        private boolean endsBefore(Teller.Telling telling) throws InterruptedException {
            WriteAnswer refusal = telling.refusal();
            if (refusal == WriteAnswer.CANCELED) {
                LOG.atInfo().addKeyValue("job", job.id()).log("job canceled");
                delivery.accept();
            } else if (refusal != null) {
                fenced();
            } else if (givingBack.getAsBoolean()) {
                telling.close();
                giveBack();
            } else if (!clock.instant().isBefore(job.deadline())) {
                telling.close();
                fail(
                        new JobError(
                                JobError.Code.DEADLINE_EXCEEDED,
                                "the deadline passed while the piece was composed"));
            } else {
                return false;
            }
            return true;
        }

        private void complete(@Nullable NotesChunk rest, Composition composition)
                throws InterruptedException {
            byte[] midi = composition.midi();
            GenerationResult result =
                    new GenerationResult(
                            composition.sha256(),
                            midi.length,
                            composition.score().noteCount(),
                            composition.provider(),
                            composition.modelSha256());
            WriteAnswer answer =
                    untilDone(() -> store.complete(job.id(), fence, rest, midi, result));
            if (answer == WriteAnswer.ACCEPTED) {
                LOG.atInfo()
                        .addKeyValue("job", job.id())
                        .addKeyValue("notes", result.notes())
                        .log("job done");
            }
            settle(answer);
        }

        private void fail(JobError error) throws InterruptedException {
            LOG.atInfo()
                    .addKeyValue("job", job.id())
                    .addKeyValue("code", error.code().written())
                    .log("job failed");
            settle(untilDone(() -> store.fail(job.id(), fence, error)));
        }

        /** Ends the delivery as the store's answer to the job's end says. */
        private void settle(@Nullable WriteAnswer answer) {
            switch (answer) {
                case null -> delivery.release();
                case ACCEPTED, CANCELED -> delivery.accept();
                case FENCED -> fenced();
            }
        }

        /** The job is someone else's by now; this record, if it still is ours, must find them. */
        private void fenced() {
            LOG.atWarn()
                    .addKeyValue("job", job.id())
                    .log("write refused: another lane holds the job");
            delivery.release();
        }

        private void giveBack() {
            LOG.atInfo().addKeyValue("job", job.id()).log("job given back");
            try {
                store.release(job.id(), fence);
            } catch (DataAccessException e) {
                // Whoever gets the record takes the job over; it only counts as an attempt.
                LOG.atDebug().setCause(e).log("the store is away");
            }
            delivery.release();
        }

        private <T> @Nullable T untilDone(Supplier<T> question) throws InterruptedException {
            return JobComposer.untilDone(question, delivery, givingBack);
        }
    }
}
