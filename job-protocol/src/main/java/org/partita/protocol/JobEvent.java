package org.partita.protocol;

import java.util.Set;

/**
 * One thing that happened to a job, as its stream keeps it.
 *
 * @param id place in the stream, e.g. {@code 1700000000000-0}; later events have higher ids
 * @param type {@code queued}, {@code started}, {@code notes}, {@code progress} or a terminal status
 * @param data a JSON object; of {@code notes}, see {@link NotesChunk}
 */
public record JobEvent(String id, String type, String data) {

    private static final Set<String> LAST = Set.of("succeeded", "failed", "canceled", "expired");

    /** Whether nothing can follow. */
    public boolean last() {
        return LAST.contains(type);
    }
}
