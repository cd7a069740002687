package org.partita.worker.job;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.partita.worker.engine.EngineSettings;
import org.partita.worker.engine.ModelDirectory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a worker does with its machine.
 *
 * @param models directory of model bundles, one directory each; {@code null} takes the shipped ones
 * @param lanes jobs composed at the same time; 0 takes 16 a decode thread, at most 64. Each has a
 *     consumer in the share group, of which a broker allows 200 unless told otherwise
 * @param threads decode threads; 0 takes one a core
 * @param lease how long a job counts as held after a lane last wrote to the store
 * @param drain how long jobs may go on after the worker was told to stop, before they are given
 *     back
 */
@ConfigurationProperties("partita.worker")
record WorkerProperties(
        @Nullable Path models,
        @DefaultValue("0") int lanes,
        @DefaultValue("0") int threads,
        @DefaultValue("30s") Duration lease,
        @DefaultValue("10s") Duration drain) {

    /** Leaves room in the share group for other workers. */
    private static final int MOST_LANES_UNASKED = 64;

    WorkerProperties {
        requireRange("lanes", lanes, 0, 200);
        requireRange("threads", threads, 0, 1024);
        threads = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
        lanes =
                lanes > 0
                        ? lanes
                        : Math.min(
                                EngineSettings.DEFAULT_LANES_PER_THREAD * threads,
                                MOST_LANES_UNASKED);
        if (lease.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException(
                    "partita.worker.lease must be at least 1s: " + lease);
        }
    }

    private static void requireRange(String name, int value, int low, int high) {
        if (value < low || value > high) {
            throw new IllegalArgumentException(
                    "partita.worker.%s out of range %d..%d: %d".formatted(name, low, high, value));
        }
    }

    /** Where the bundles are. */
    Path modelDirectory() {
        return models == null ? ModelDirectory.shipped() : models;
    }
}
