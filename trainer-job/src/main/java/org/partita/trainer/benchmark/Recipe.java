package org.partita.trainer.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.partita.trainer.training.TrainingConfig;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How to train for a set.
 *
 * @param updates length of the training, after which the learning rate has fallen
 * @param config everything else
 */
record Recipe(int updates, TrainingConfig config) {

    /** Longer names first: a set takes the first that its own name begins with. */
    private static final List<String> NAMES =
            List.of(
                    "jsb-chorales-16th-satb",
                    "jsb-chorales",
                    "nottingham",
                    "piano-midi-de",
                    "musedata");

    /** The best that was found for this set, or for one of its protocol where it is another. */
    static Recipe of(BenchmarkSet set) throws IOException {
        String name =
                NAMES.stream()
                        .filter(set.name()::startsWith)
                        .findFirst()
                        .orElse(set.fourVoices() ? "jsb-chorales-16th-satb" : "jsb-chorales");
        try (InputStream in = Recipe.class.getResourceAsStream(name + ".json")) {
            JsonNode recipe =
                    JsonMapper.shared().readTree(Objects.requireNonNull(in, "recipe of " + name));
            return new Recipe(
                    recipe.path("updates").asInt(),
                    TrainingConfig.DEFAULTS.with(recipe.path("config")));
        }
    }
}
