package org.partita.standalone;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What an installation is made of.
 *
 * @param data where everything is kept
 * @param http where the gateway listens
 * @param kafka a broker of somebody else's; {@code null} starts one
 * @param redis a Redis of somebody else's; {@code null} starts one
 * @param brokerPort of the started broker; 0 takes {@value #BROKER_PORT} or, if in use, a free one
 * @param redisPort of the started Redis; 0 takes {@value #REDIS_PORT} or, if in use, a free one
 * @param site directory of the built site; {@code null} serves none
 * @param models directory of model bundles
 * @param worker how the worker composes; {@code null} starts none
 */
record Settings(
        Path data,
        Address http,
        @Nullable Address kafka,
        @Nullable Address redis,
        int brokerPort,
        int redisPort,
        @Nullable Path site,
        Path models,
        @Nullable WorkerSettings worker) {

    static final int BROKER_PORT = 19_092;
    static final int REDIS_PORT = 16_379;

    /**
     * How the worker composes.
     *
     * @param threads that compose; 0 leaves it to the worker
     * @param lanes pieces composed at the same time; 0 leaves it to the worker
     */
    record WorkerSettings(int threads, int lanes) {}
}
