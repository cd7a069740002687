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
import org.partita.protocol.LaneStore;
import org.partita.protocol.NotesChunk;
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
                compose(granted, delivery, givingBack);
            }
            case Claim.Poisoned poisoned -> bury(poisoned, delivery, givingBack);
            case Claim.Finished _, Claim.Doubled _, Claim.Unknown _ -> delivery.accept();
        }
    }

    /** The dead letter first: whoever claims the job after a failure in between buries it again. */
    private void bury(Claim.Poisoned claim, Delivery delivery, BooleanSupplier givingBack)
            throws InterruptedException {
        JobId id = claim.job().id();
        LOG.atError().addKeyValue("job", id).log("job given up as poison");
        JobId buried =
                untilDone(
                        () -> {
                            deadLetters.bury(claim.job(), claim.error());
                            return id;
                        },
                        delivery,
                        givingBack);
        if (buried == null) {
            giveBack(id, claim.fence(), delivery);
        } else {
            fail(id, claim.fence(), claim.error(), delivery, givingBack);
        }
    }

    private void compose(Claim.Granted claim, Delivery delivery, BooleanSupplier givingBack)
            throws InterruptedException {
        GenerationJob job = claim.job();
        Fence fence = claim.fence();
        Engine engine = engines.find(job.model());
        if (engine == null) {
            fail(
                    job.id(),
                    fence,
                    new JobError(JobError.Code.MODEL_UNKNOWN, "no model is called " + job.model()),
                    delivery,
                    givingBack);
            return;
        }
        Composing piece;
        try {
            piece = engine.compose(job.request(), job.seed(), job.sampling());
        } catch (UnusableRequestException e) {
            fail(job.id(), fence, e.error(), delivery, givingBack);
            return;
        }
        try (Teller.Telling telling = teller.begin(job.id(), fence, piece)) {
            watch(job, fence, piece, telling, delivery, givingBack);
        } catch (EngineException | CancellationException e) {
            // Not acknowledged: the next attempt may do better, and the store counts them.
            LOG.atWarn().addKeyValue("job", job.id()).setCause(e).log("composing failed");
            Thread.sleep(FIRST_PAUSE);
            delivery.release();
        } finally {
            piece.cancel();
        }
    }

    private void watch(
            GenerationJob job,
            Fence fence,
            Composing piece,
            Teller.Telling telling,
            Delivery delivery,
            BooleanSupplier givingBack)
            throws InterruptedException {
        long events = 0;
        long advancedAt = System.nanoTime();
        while (true) {
            try {
                Composition composition = piece.await(LOOK_INTERVAL);
                telling.close();
                complete(job, fence, telling.rest(), composition, delivery, givingBack);
                return;
            } catch (TimeoutException e) {
                // Not finished: time to look around.
            } catch (CancellationException e) {
                if (telling.refusal() == null) {
                    throw e;
                }
            }
            switch (telling.refusal()) {
                case null -> {}
                case CANCELED -> {
                    LOG.atInfo().addKeyValue("job", job.id()).log("job canceled");
                    delivery.accept();
                    return;
                }
                case ACCEPTED, FENCED -> {
                    fenced(job.id(), delivery);
                    return;
                }
            }
            if (givingBack.getAsBoolean()) {
                telling.close();
                giveBack(job.id(), fence, delivery);
                return;
            }
            if (!clock.instant().isBefore(job.deadline())) {
                telling.close();
                fail(
                        job.id(),
                        fence,
                        new JobError(
                                JobError.Code.DEADLINE_EXCEEDED,
                                "the deadline passed while the piece was composed"),
                        delivery,
                        givingBack);
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

    private void complete(
            GenerationJob job,
            Fence fence,
            @Nullable NotesChunk rest,
            Composition composition,
            Delivery delivery,
            BooleanSupplier givingBack)
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
                untilDone(
                        () -> store.complete(job.id(), fence, rest, midi, result),
                        delivery,
                        givingBack);
        switch (answer) {
            case null -> delivery.release();
            case ACCEPTED -> {
                LOG.atInfo()
                        .addKeyValue("job", job.id())
                        .addKeyValue("notes", result.notes())
                        .log("job done");
                delivery.accept();
            }
            case CANCELED -> delivery.accept();
            case FENCED -> fenced(job.id(), delivery);
        }
    }

    private void fail(
            JobId id, Fence fence, JobError error, Delivery delivery, BooleanSupplier givingBack)
            throws InterruptedException {
        LOG.atInfo()
                .addKeyValue("job", id)
                .addKeyValue("code", error.code().written())
                .log("job failed");
        WriteAnswer answer = untilDone(() -> store.fail(id, fence, error), delivery, givingBack);
        switch (answer) {
            case null -> delivery.release();
            case ACCEPTED, CANCELED -> delivery.accept();
            case FENCED -> fenced(id, delivery);
        }
    }

    /** The job is someone else's by now; this record, if it still is ours, must find them. */
    private static void fenced(JobId id, Delivery delivery) {
        LOG.atWarn().addKeyValue("job", id).log("write refused: another lane holds the job");
        delivery.release();
    }

    private void giveBack(JobId id, Fence fence, Delivery delivery) {
        LOG.atInfo().addKeyValue("job", id).log("job given back");
        try {
            store.release(id, fence);
        } catch (DataAccessException e) {
            // Whoever gets the record takes the job over; it only counts as an attempt.
            LOG.atDebug().setCause(e).log("the store is away");
        }
        delivery.release();
    }

    /**
     * Asks the store, or the broker, until it answers, keeping the job meanwhile.
     *
     * @return {@code null} if the worker gave up waiting
     */
    private <T> @Nullable T untilDone(
            Supplier<T> question, Delivery delivery, BooleanSupplier givingBack)
            throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                return question.get();
            } catch (DataAccessException | KafkaException e) {
                if (pause.equals(FIRST_PAUSE)) {
                    LOG.atWarn()
                            .addKeyValue("reason", String.valueOf(e.getMessage()))
                            .log("no answer; trying on");
                }
            }
            if (givingBack.getAsBoolean()) {
                return null;
            }
            Thread.sleep(pause);
            delivery.renew();
            pause = pause.multipliedBy(2);
            if (pause.compareTo(LONGEST_PAUSE) > 0) {
                pause = LONGEST_PAUSE;
            }
        }
    }
}
