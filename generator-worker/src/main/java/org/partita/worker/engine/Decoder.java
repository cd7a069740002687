package org.partita.worker.engine;

import ai.onnxruntime.OrtException;
import java.util.function.Predicate;

/** The lanes of one decode thread and what moves them on. Confined to that thread. */
interface Decoder extends AutoCloseable {

    /** Most lanes at the same time. */
    int capacity();

    /** Lanes there are. */
    int lanes();

    /** Adds a lane; there must be room. */
    void add(Lane lane);

    /**
     * Moves every lane on.
     *
     * @return events heard by all of them together
     */
    long step() throws OrtException;

    /** Lets those lanes go for which {@code gone} says so; it is asked once for each. */
    void removeIf(Predicate<Lane> gone);

    @Override
    void close();
}
