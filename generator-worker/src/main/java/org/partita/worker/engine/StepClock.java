package org.partita.worker.engine;

/** Told whenever a part of a step has ended. */
interface StepClock {

    /** Does not look. */
    StepClock NONE = _ -> {};

    /** What a step consists of. */
    enum Part {
        FEEDING,
        GRAPHS,
        ATTENTION,
        SAMPLING,
        HEADS
    }

    void ended(Part part);
}
