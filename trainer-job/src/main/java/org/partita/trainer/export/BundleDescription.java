package org.partita.trainer.export;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.partita.music.Instrument;
import org.partita.music.event.Conditions;
import org.partita.music.event.EventContext;
import org.partita.music.event.EventSequence;
import org.partita.music.event.GridPart;
import org.partita.music.event.Vocabulary;
import org.partita.music.model.ModelInstrument;
import org.partita.music.model.TrainingSource;
import org.partita.trainer.data.PreparedPiece;

/** What a manifest says of the music a model was trained on, counted from the music itself. */
final class BundleDescription {

    static final String NOT_STATED = "not stated";

    private static final String HOST = "https://github.com/";

    private BundleDescription() {}

    /** The instruments, those with the most notes first, with the keys they were heard on. */
    static List<ModelInstrument> instruments(List<PreparedPiece> pieces) {
        Map<Integer, int[]> heard = new HashMap<>();
        for (PreparedPiece piece : pieces) {
            count(piece, heard);
        }
        return heard.entrySet().stream()
                .sorted(
                        Comparator.comparingInt((Map.Entry<Integer, int[]> e) -> -e.getValue()[0])
                                .thenComparing(Map.Entry.comparingByKey()))
                .limit(Vocabulary.MAX_PARTS)
                .map(entry -> instrument(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Adds notes, lowest and highest pitch of each instrument; drums count as program 128. */
    private static void count(PreparedPiece piece, Map<Integer, int[]> heard) {
        Conditions conditions = piece.conditions();
        EventSequence events = piece.events();
        EventContext context = new EventContext(conditions);
        for (int i = 0; i < events.size(); i++) {
            int token = events.token(i);
            if (Vocabulary.isPitch(token)) {
                GridPart part = conditions.parts().get(context.part());
                int key = part.percussion() ? Vocabulary.PITCHES : part.program();
                int[] range = heard.computeIfAbsent(key, _ -> new int[] {0, 127, 0});
                range[0]++;
                range[1] = Math.min(range[1], token);
                range[2] = Math.max(range[2], token);
            }
            context.accept(token, events.durationClass(i), events.velocityClass(i));
        }
    }

    private static ModelInstrument instrument(int key, int[] range) {
        boolean drums = key == Vocabulary.PITCHES;
        String name = drums ? "Drums" : Instrument.ofProgram(key).title();
        return new ModelInstrument(drums ? 0 : key, drums, name, range[1], range[2]);
    }

    /**
     * The collections the pieces come from, one source for each licence in each, the largest first.
     *
     * @param attributions lines to pass on, by collection
     */
    static List<TrainingSource> sources(
            List<PreparedPiece> pieces, Map<String, List<String>> attributions) {
        Map<List<String>, List<PreparedPiece>> bySource =
                new TreeMap<>(Comparator.comparing((List<String> key) -> String.join("\n", key)));
        for (PreparedPiece piece : pieces) {
            List<String> key =
                    List.of(
                            orNotStated(piece.source().repository()),
                            orNotStated(piece.source().licence()));
            bySource.computeIfAbsent(key, _ -> new ArrayList<>()).add(piece);
        }
        List<TrainingSource> sources = new ArrayList<>();
        bySource.forEach((key, group) -> {
            String repository = key.get(0);
            long notes = group.stream().mapToLong(p -> p.events().noteCount()).sum();
            sources.add(
                    new TrainingSource(
                            repository,
                            repository.matches("[\\w.-]+/[\\w.-]+")
                                    ? HOST + repository
                                    : repository,
                            key.get(1),
                            attributions.getOrDefault(repository, List.of()),
                            group.size(),
                            notes));
        });
        sources.sort(Comparator.comparingLong(TrainingSource::notes).reversed());
        return sources;
    }

    static String orNotStated(String text) {
        return text.isBlank() ? NOT_STATED : text;
    }
}
