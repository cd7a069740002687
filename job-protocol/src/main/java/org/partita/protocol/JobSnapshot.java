package org.partita.protocol;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job as it was at one moment.
 *
 * @param state where it is in its life
 * @param progress how far it is, in {@code unit}
 * @param unit {@code notes}, {@code bars} or {@code seconds}
 * @param place in the queue, while queued
 * @param request what is composed, as JSON with what was decided and without prompt data
 */
public record JobSnapshot(
        JobId id,
        JobState state,
        String model,
        long seed,
        Instant submittedAt,
        Instant deadline,
        @Nullable Instant startedAt,
        Progress progress,
        String unit,
        @Nullable QueuePlace place,
        String request) {}
