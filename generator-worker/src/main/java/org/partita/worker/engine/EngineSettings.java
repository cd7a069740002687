package org.partita.worker.engine;

/**
 * How an engine uses the machine.
 *
 * @param threads decode threads, best one a core
 * @param lanesPerThread most pieces a thread steps together
 * @param loopLanes pieces that the loop graph steps together, where there is one; its results may
 *     depend on it
 */
public record EngineSettings(int threads, int lanesPerThread, int loopLanes) {

    /** Where more lanes a thread stopped paying off on the machine this was measured on. */
    public static final int DEFAULT_LANES_PER_THREAD = 16;

    /** One shape for every worker, so that each gives the same bytes. */
    public static final int DEFAULT_LOOP_LANES = 128;

    public EngineSettings {
        if (threads < 1 || threads > 1024) {
            throw new IllegalArgumentException("threads out of range 1..1024: " + threads);
        }
        if (loopLanes < 1 || loopLanes > 1024) {
            throw new IllegalArgumentException("loopLanes out of range 1..1024: " + loopLanes);
        }
        if (lanesPerThread < 1 || lanesPerThread > 1024) {
            throw new IllegalArgumentException(
                    "lanesPerThread out of range 1..1024: " + lanesPerThread);
        }
    }

    public EngineSettings(int threads, int lanesPerThread) {
        this(threads, lanesPerThread, DEFAULT_LOOP_LANES);
    }

    /** Room for at least so many pieces, as many on each thread. */
    public static EngineSettings ofLanes(int threads, int lanes) {
        return new EngineSettings(threads, Math.ceilDiv(lanes, threads));
    }

    /** Most pieces at the same time. */
    public int lanes() {
        return threads * lanesPerThread;
    }

    /** One thread for each core the JVM may use. */
    public static EngineSettings forThisMachine() {
        return new EngineSettings(
                Runtime.getRuntime().availableProcessors(), DEFAULT_LANES_PER_THREAD);
    }
}
