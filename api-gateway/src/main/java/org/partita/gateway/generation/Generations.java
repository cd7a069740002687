package org.partita.gateway.generation;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.partita.gateway.client.Client;
import org.partita.gateway.client.LimitProperties;
import org.partita.gateway.problem.ProblemException;
import org.partita.gateway.problem.ProblemType;
import org.partita.gateway.queue.JobQueue;
import org.partita.gateway.queue.QueueUnavailableException;
import org.partita.protocol.GenerationJob;
import org.partita.protocol.GenerationRequest;
import org.partita.protocol.InvalidRequestException;
import org.partita.protocol.JobId;
import org.partita.protocol.JobLookup;
import org.partita.protocol.JobSnapshot;
import org.partita.protocol.JobState;
import org.partita.protocol.JobStore;
import org.partita.protocol.ModelDescription;
import org.partita.protocol.SamplingRequest;
import org.partita.protocol.Submission;
import org.partita.protocol.Violation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** The generations: made, found, waited for and called off. */
@Component
final class Generations {

    private static final Logger LOG = LoggerFactory.getLogger(Generations.class);
    private static final Pattern TRACEPARENT =
            Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final Duration GLANCE = Duration.ofSeconds(1);

    private final JobStore store;
    private final JobQueue queue;
    private final ModelCatalog models;
    private final EventBell bell;
    private final LimitProperties limits;
    private final GenerationProperties properties;
    private final Clock clock;
    private final RandomGenerator random;
    private final MeterRegistry meters;

    Generations(
            JobStore store,
            JobQueue queue,
            ModelCatalog models,
            EventBell bell,
            LimitProperties limits,
            GenerationProperties properties,
            Clock clock,
            RandomGenerator random,
            MeterRegistry meters) {
        this.store = store;
        this.queue = queue;
        this.models = models;
        this.bell = bell;
        this.limits = limits;
        this.properties = properties;
        this.clock = clock;
        this.random = random;
        this.meters = meters;
    }

    /**
     * A submission's end.
     *
     * @param replayed whether it is the answer to an earlier, equal one
     */
    record Accepted(JobId id, boolean replayed) {}

    /**
     * Accepts a request. When this returns, both Redis and Kafka have the job.
     *
     * @throws ProblemException if it is not accepted; nothing remains of it then, unless Redis went
     *     away while it answered
     */
    Accepted submit(
            GenerationRequest request,
            Client client,
            @Nullable String idempotencyKey,
            @Nullable String traceparent) {
        GenerationJob job = decide(request, traceparent);
        Submission.Outcome outcome =
                store.submit(
                        new Submission(job, client.name(), idempotencyKey, limits.submission()));
        return switch (outcome) {
            case Submission.Submitted _ -> {
                send(job);
                count("accepted");
                LOG.atInfo().addKeyValue("job", job.id()).log("accepted");
                yield new Accepted(job.id(), false);
            }
            case Submission.Replayed replayed -> {
                count("replayed");
                yield new Accepted(replayed.first(), true);
            }
            case Submission.InProgress _ ->
                    throw refused(
                            "conflict",
                            new ProblemException(
                                            ProblemType.IDEMPOTENCY_CONFLICT,
                                            "the first request with this Idempotency-Key is not"
                                                    + " answered yet")
                                    .retryAfter(GLANCE));
            case Submission.KeyReused _ ->
                    throw refused(
                            "conflict",
                            new ProblemException(
                                    ProblemType.IDEMPOTENCY_KEY_REUSED,
                                    "this Idempotency-Key came with another body before"));
            case Submission.TooManyUnfinished held ->
                    throw refused(
                            "limited",
                            new ProblemException(
                                            ProblemType.QUOTA_EXCEEDED,
                                            "%d generations are unfinished, %d are allowed at the same time"
                                                    .formatted(
                                                            held.unfinished(),
                                                            limits.unfinishedPerClient()))
                                    .with("violated-policies", List.of("unfinished"))
                                    .retryAfter(Duration.ofSeconds(5)));
            case Submission.QueueFull full ->
                    throw refused(
                            "full",
                            new ProblemException(
                                            ProblemType.TEMPORARY_REDUCED_CAPACITY,
                                            "%d generations are waiting".formatted(full.queued()))
                                    .retryAfter(full.retryAfter()));
        };
    }

    private ProblemException refused(String outcome, ProblemException problem) {
        count(outcome);
        return problem;
    }

    /**
     * A generation as it is now.
     *
     * @throws ProblemException 404 or 410 if there is none
     */
    JobSnapshot find(JobId id) {
        return switch (store.find(id)) {
            case JobLookup.Found found -> found.job();
            case JobLookup.Gone _ ->
                    throw new ProblemException(
                            ProblemType.GONE, "this generation ended and has been forgotten");
            case JobLookup.Unknown _ -> throw unknown();
        };
    }

    static ProblemException unknown() {
        return new ProblemException(ProblemType.NOT_FOUND, "there is no such generation");
    }

    /** Waits until a generation has ended, but not longer than this. */
    JobSnapshot await(JobId id, Duration atMost) throws InterruptedException {
        Instant end = clock.instant().plus(atMost);
        try (EventBell.Ear ear = bell.listen(id)) {
            while (true) {
                JobSnapshot job = find(id);
                Duration left = Duration.between(clock.instant(), end);
                if (job.state() instanceof JobState.Terminal
                        || !left.isPositive()
                        || !bell.isRunning()) {
                    return job;
                }
                ear.await(left.compareTo(GLANCE) < 0 ? left : GLANCE);
            }
        }
    }

    JobSnapshot cancel(JobId id) {
        store.cancel(id);
        return find(id);
    }

    private GenerationJob decide(GenerationRequest request, @Nullable String traceparent) {
        String model = request.model() != null ? request.model() : properties.defaultModel();
        Optional<ModelDescription> described = models.find(model);
        SamplingRequest sampling =
                described
                        .map(description -> request.sampling().resolve(description.sampling()))
                        .map(SamplingRequest::of)
                        // No worker is there to tell; the one that composes will know.
                        .orElse(request.sampling());
        List<String> known = models.models().stream().map(ModelDescription::name).toList();
        if (!known.isEmpty() && !known.contains(model)) {
            throw new InvalidRequestException(
                    List.of(
                            new Violation(
                                    "/model",
                                    "unknown model "
                                            + model
                                            + "; known: "
                                            + String.join(", ", known))));
        }
        described.ifPresent(description -> checkStyle(request.style(), description));
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Integer deadline = request.deadlineSeconds();
        Long seed = request.seed();
        return new GenerationJob(
                JobId.draw(random),
                request,
                model,
                seed != null ? seed : random.nextLong(GenerationRequest.SEED.max() + 1),
                sampling,
                now,
                now.plusSeconds(
                        deadline != null ? deadline : GenerationRequest.DEFAULT_DEADLINE_SECONDS),
                traceparent != null && TRACEPARENT.matcher(traceparent).matches()
                        ? traceparent
                        : newTraceparent());
    }

    private static void checkStyle(@Nullable String style, ModelDescription model) {
        // No style listed: an older worker, whose model itself will judge.
        if (style != null && !model.styles().isEmpty() && !model.styles().contains(style)) {
            throw new InvalidRequestException(
                    List.of(
                            new Violation(
                                    "/style",
                                    "style %s is none of the model %s; it knows %s"
                                            .formatted(
                                                    style,
                                                    model.name(),
                                                    String.join(", ", model.styles())))));
        }
    }

    private String newTraceparent() {
        byte[] ids = new byte[24];
        random.nextBytes(ids);
        HexFormat hex = HexFormat.of();
        return "00-" + hex.formatHex(ids, 0, 16) + "-" + hex.formatHex(ids, 16, 24) + "-00";
    }

    private void send(GenerationJob job) {
        try {
            queue.send(job);
        } catch (QueueUnavailableException e) {
            // The record may have arrived all the same. If a worker already has it, it stays;
            // otherwise it is as if it had never been, and a late record will find no job.
            if (store.withdraw(job.id())) {
                count("unavailable");
                LOG.atWarn()
                        .addKeyValue("cause", String.valueOf(e.getCause()))
                        .log("the broker did not confirm a job");
                throw new ProblemException(
                                ProblemType.SERVICE_UNAVAILABLE, "the queue does not answer")
                        .retryAfter(Duration.ofSeconds(5));
            }
            return;
        }
        try {
            store.markSent(job.id());
        } catch (DataAccessException e) {
            // Both have the job. The sweeper will send it once more, which is harmless.
            LOG.atWarn().addKeyValue("job", job.id()).log("sent, but the outbox still has it");
        }
    }

    private void count(String outcome) {
        meters.counter("partita.jobs.submitted", "outcome", outcome).increment();
    }
}
