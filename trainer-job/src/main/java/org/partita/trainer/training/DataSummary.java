package org.partita.trainer.training;

import java.util.List;
import org.partita.trainer.data.PreparedMusic;

/**
 * What a model was trained on, as its card tells it.
 *
 * @param directories the scanned directories
 * @param filters what was left out
 * @param sha256 of the prepared file
 * @param pieces number of pieces
 * @param notes number of notes
 * @param events number of events
 * @param styles style labels by index
 */
public record DataSummary(
        List<String> directories,
        List<String> filters,
        String sha256,
        int pieces,
        long notes,
        long events,
        List<String> styles) {

    static DataSummary of(PreparedMusic music, String sha256) {
        return new DataSummary(
                music.directories(),
                music.filters(),
                sha256,
                music.pieces().size(),
                music.notes(),
                music.events(),
                music.styles());
    }
}
