package org.partita.trainer.data;

import org.partita.music.event.Conditions;
import org.partita.music.event.EventSequence;

/**
 * A piece ready for training.
 *
 * @param source where it came from
 * @param conditions instruments, meters, tempos and style
 * @param events legal events that end with END
 */
public record PreparedPiece(Source source, Conditions conditions, EventSequence events) {

    /** The same notes of which something else is known. */
    public PreparedPiece withConditions(Conditions others) {
        return new PreparedPiece(source, others, events);
    }

    /** The same piece of which no style is known. */
    public PreparedPiece withoutStyle() {
        return withConditions(conditions.withStyle(Conditions.UNKNOWN_STYLE));
    }

    /**
     * Where a piece came from; empty strings where that is not known.
     *
     * @param path its file, relative to the directory that was scanned
     * @param composer as the corpus spells it
     * @param title of the piece
     * @param licence SPDX id or the corpus' own words
     * @param repository collection it was taken from
     */
    public record Source(
            String path, String composer, String title, String licence, String repository) {}
}
