package org.partita.protocol;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The message in the queue: a request with what was left open decided, so that the piece is a pure
 * function of it and of the model bundle.
 *
 * @param id the job; also the Kafka record key
 * @param request what the client asked for
 * @param model name of the bundle to compose with
 * @param seed of the random numbers, 0..2^53-1
 * @param sampling settings; one that is open, since nobody knew the model when the job was
 *     accepted, is the model's default
 * @param submittedAt when it was accepted
 * @param deadline after this it expires in the queue or fails while running
 * @param traceparent W3C trace context of the submission
 */
public record GenerationJob(
        JobId id,
        GenerationRequest request,
        String model,
        long seed,
        SamplingRequest sampling,
        Instant submittedAt,
        Instant deadline,
        @Nullable String traceparent) {

    public GenerationJob {
        GenerationRequest.checkModelName(model);
        GenerationRequest.SEED.check(seed);
        if (!deadline.isAfter(submittedAt)) {
            throw new IllegalArgumentException("deadline must lie after submission: " + deadline);
        }
    }
}
