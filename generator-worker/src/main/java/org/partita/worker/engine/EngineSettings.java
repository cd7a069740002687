package org.partita.worker.engine;

/**
 * How an engine uses the machine.
 *
 * @param threads decode threads, best one a core
 * @param lanesPerThread most pieces a thread steps together
 */
public record EngineSettings(int threads, int lanesPerThread) {

    /** Where more lanes a thread stopped paying off on the machine this was measured on. */
    public static final int DEFAULT_LANES_PER_THREAD = 16;

    public EngineSettings {
        if (threads < 1 || threads > 1024) {
            throw new IllegalArgumentException("threads out of range 1..1024: " + threads);
        }
        if (lanesPerThread < 1 || lanesPerThread > 1024) {
            throw new IllegalArgumentException(
                    "lanesPerThread out of range 1..1024: " + lanesPerThread);
        }
    }

    /** One thread for each core the JVM may use. */
    public static EngineSettings forThisMachine() {
        return new EngineSettings(
                Runtime.getRuntime().availableProcessors(), DEFAULT_LANES_PER_THREAD);
    }
}
