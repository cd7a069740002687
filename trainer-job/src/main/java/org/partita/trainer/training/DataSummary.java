package org.partita.trainer.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.partita.trainer.data.PreparedMusic;
import org.partita.trainer.data.PreparedPiece;

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
 * @param notesByLicence how many notes came under which licence
 * @param notesByRepository how many notes came from which collection
 * @param attributions one line for each work whose licence asks to be named: composer, title,
 *     licence, collection
 */
public record DataSummary(
        List<String> directories,
        List<String> filters,
        String sha256,
        int pieces,
        long notes,
        long events,
        List<String> styles,
        Map<String, Long> notesByLicence,
        Map<String, Long> notesByRepository,
        List<String> attributions) {

    static DataSummary of(PreparedMusic music, String sha256) {
        Map<String, Long> byLicence = new TreeMap<>();
        Map<String, Long> byRepository = new TreeMap<>();
        TreeSet<String> attributions = new TreeSet<>();
        for (PreparedPiece piece : music.pieces()) {
            PreparedPiece.Source source = piece.source();
            long notes = piece.events().noteCount();
            byLicence.merge(orNotStated(source.licence()), notes, Long::sum);
            byRepository.merge(orNotStated(source.repository()), notes, Long::sum);
            if (source.licence().startsWith("CC-BY")) {
                attributions.add(
                        String.join(
                                " | ",
                                source.composer(),
                                source.title(),
                                source.licence(),
                                source.repository()));
            }
        }
        return new DataSummary(
                music.directories(),
                music.filters(),
                sha256,
                music.pieces().size(),
                music.notes(),
                music.events(),
                music.styles(),
                byLicence,
                byRepository,
                new ArrayList<>(attributions));
    }

    private static String orNotStated(String value) {
        return value.isEmpty() ? "not stated" : value;
    }
}
