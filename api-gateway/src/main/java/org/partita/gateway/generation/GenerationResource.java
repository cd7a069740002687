package org.partita.gateway.generation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.partita.gateway.problem.ProblemType;
import org.partita.protocol.GenerationResult;
import org.partita.protocol.JobError;
import org.partita.protocol.JobSnapshot;
import org.partita.protocol.JobState;
import org.partita.protocol.QueuePlace;

/**
 * A generation as clients see it.
 *
 * @param status the name of its state
 * @param request what is composed, with everything decided and without prompt data
 * @param queue its place in the queue, while it waits
 * @param result what is known of the piece, once succeeded
 * @param error why it failed, as a problem document
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record GenerationResource(
        String id,
        String status,
        Instant createdAt,
        Instant deadline,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        String model,
        long seed,
        @JsonRawValue String request,
        Progress progress,
        @Nullable Queue queue,
        @Nullable GenerationResult result,
        @Nullable ErrorDocument error,
        Links links) {

    /**
     * How far it is.
     *
     * @param done so far, in {@code unit}
     * @param total in all, in {@code unit}
     * @param unit {@code notes}, {@code bars} or {@code seconds}
     */
    record Progress(int done, int total, String unit) {}

    /**
     * Its place.
     *
     * @param position jobs before it
     * @param etaSeconds estimated seconds until it begins; absent while no worker lives
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Queue(long position, @Nullable Long etaSeconds) {}

    /** A problem document (RFC 9457). */
    record ErrorDocument(String type, String title, int status, String detail) {}

    /** Where to go on, relative to the API's origin. */
    record Links(String self, String events, String midi, String cancel) {}

    static GenerationResource of(JobSnapshot job) {
        String self = "/v1/generations/" + job.id().value();
        return new GenerationResource(
                job.id().value(),
                job.state().status(),
                job.submittedAt(),
                job.deadline(),
                job.startedAt(),
                job.state() instanceof JobState.Terminal terminal ? terminal.at() : null,
                job.model(),
                job.seed(),
                job.request(),
                new Progress(job.progress().done(), job.progress().total(), job.unit()),
                queue(job.place()),
                job.state() instanceof JobState.Succeeded succeeded ? succeeded.result() : null,
                job.state() instanceof JobState.Failed failed ? error(failed.error()) : null,
                new Links(self, self + "/events", self + "/midi", self));
    }

    static @Nullable Queue queue(@Nullable QueuePlace place) {
        return place == null ? null : new Queue(place.position(), secondsUp(place.untilStart()));
    }

    static @Nullable Long secondsUp(@Nullable Duration duration) {
        return duration == null ? null : Math.ceilDiv(duration.toMillis(), 1000L);
    }

    private static ErrorDocument error(JobError error) {
        ProblemType type =
                switch (error.code()) {
                    case GENERATION_FAILED -> ProblemType.GENERATION_FAILED;
                    case PROMPT_UNUSABLE -> ProblemType.PROMPT_UNUSABLE;
                    case MODEL_UNKNOWN -> ProblemType.MODEL_UNKNOWN;
                    case STYLE_UNKNOWN -> ProblemType.STYLE_UNKNOWN;
                    case DEADLINE_EXCEEDED -> ProblemType.DEADLINE_EXCEEDED;
                    case POISON -> ProblemType.POISON;
                };
        return new ErrorDocument(
                type.uri().toString(), type.title(), type.status().value(), error.detail());
    }
}
