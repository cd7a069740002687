package org.partita.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RunLogTest {

    private static final Losses HUNDRED_EVENTS = new Losses(200, 50, 50, 100, 50);

    @TempDir private Path directory;

    @Test
    void validationIsNoTimeOfTrainingWhereverItFalls() throws IOException {
        // Given: an update a second, and half a minute of validation in the middle of a line
        try (RunLog log = log()) {
            for (int update = 1; update <= 40; update++) {
                double seconds = update <= 30 ? update : 30.0 + update;
                log.updated(update, 0.5, seconds, HUNDRED_EVENTS, 0.001, 1);
                if (update == 30) {
                    log.validated(validation(30, 60), false);
                }
            }
        }

        // Then
        String second = Files.readAllLines(directory.resolve("metrics.jsonl")).getLast();
        JsonNode line = JsonMapper.shared().readTree(second);
        assertThat(line.path("update").asInt()).isEqualTo(40);
        assertThat(line.path("eventsPerSecond").asDouble()).isCloseTo(100, within(1e-6));
    }

    @Test
    void validationsOfWholePiecesStandApartAlsoAfterAResumption() throws IOException {
        try (RunLog log = log()) {
            log.validated(validation(1, 10), false);
            log.validated(validation(2, 20), false);
            log.validated(validation(2, 30), true);
        }

        try (RunLog resumed = log()) {
            resumed.saved(3);
        }

        String picture = Files.readString(directory.resolve("loss.svg"));
        assertThat(picture).containsOnlyOnce("<circle");
        assertThat(picture)
                .containsPattern("<path d=\"M[0-9. ]+L[0-9. ]+\" fill=\"none\" stroke=\"#c0392b\"");
    }

    private RunLog log() throws IOException {
        return new RunLog(directory, new PrintWriter(new StringWriter()), false, 3);
    }

    private static ValidationResult validation(int update, double seconds) {
        return ValidationResult.of(update, seconds, 1, HUNDRED_EVENTS);
    }
}
