package org.partita.trainer.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.partita.trainer.training.TrainingConfig;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is known of a set of the literature, or of the one most like it.
 *
 * @param name of the set of the literature
 * @param updates length of the training, after which the learning rate has fallen
 * @param config everything else of the training
 * @param ngrams published results of n-grams on its test pieces, by way of counting, pieces and
 *     order; empty unless the training pieces are the published ones
 */
record Recipe(
        String name,
        int updates,
        TrainingConfig config,
        Map<String, Map<String, Map<Integer, Double>>> ngrams) {

    /** Longer names first: a set takes the first that its own name contains. */
    static final List<String> NAMES =
            List.of(
                    "jsb-chorales-16th-satb",
                    "jsb-chorales",
                    "nottingham",
                    "piano-midi-de",
                    "musedata");

    /**
     * The set with the same training pieces, else one of that name, else one of the same protocol.
     */
    static Recipe of(BenchmarkSet set) throws IOException {
        Recipe namesake = null;
        String sha256 = set.trainSha256();
        for (String name : NAMES) {
            JsonNode known = read(name);
            if (known.path("trainSha256").asString().equals(sha256)) {
                return of(name, known, ngrams(known));
            }
            if (namesake == null && set.name().contains(name)) {
                namesake = of(name, known, Map.of());
            }
        }
        if (namesake != null) {
            return namesake;
        }
        String alike = set.fourVoices() ? "jsb-chorales-16th-satb" : "jsb-chorales";
        return of(alike, read(alike), Map.of());
    }

    private static Recipe of(
            String name, JsonNode known, Map<String, Map<String, Map<Integer, Double>>> ngrams) {
        return new Recipe(
                name,
                known.path("updates").asInt(),
                TrainingConfig.DEFAULTS.with(known.path("config")),
                ngrams);
    }

    static Map<String, Map<String, Map<Integer, Double>>> ngrams(JsonNode known) {
        return known.has("ngrams")
                ? JsonMapper.shared().convertValue(known.path("ngrams"), new TypeReference<>() {})
                : Map.of();
    }

    static JsonNode read(String name) throws IOException {
        try (InputStream in = Recipe.class.getResourceAsStream(name + ".json")) {
            return JsonMapper.shared().readTree(Objects.requireNonNull(in, "recipe of " + name));
        }
    }
}
