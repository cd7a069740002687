package org.partita.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingConfigTest {

    @TempDir private Path directory;

    @Test
    void fileThatNamesSomeValuesLeavesTheOthersAlone() throws IOException {
        Path file = write("{\"hidden\": 64, \"learningRate\": 0.001}");

        TrainingConfig config = TrainingConfig.read(file);

        assertThat(config)
                .isEqualTo(
                        TrainingConfig.DEFAULTS.with(
                                Map.of("hidden", "64", "learningRate", "0.001")));
        assertThat(config.hidden()).isEqualTo(64);
    }

    @Test
    void printedConfigurationIsReadBack() throws IOException {
        Path file = write(TinyTraining.VARIED.toJson());

        assertThat(TrainingConfig.read(file)).isEqualTo(TinyTraining.VARIED);
    }

    @Test
    void unknownNameIsNamed() throws IOException {
        Path file = write("{\"hiden\": 64}");

        assertThatThrownBy(() -> TrainingConfig.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage(file + ": no value is named hiden; --print-config shows all names");
    }

    @Test
    void brokenJsonNamesItsFile() throws IOException {
        Path file = write("{\"hidden\": ");

        assertThatThrownBy(() -> TrainingConfig.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + ": ");
    }

    @Test
    void valuesOutOfRangeAreRefusedWithTheirNames() {
        assertRefused("lanes", "0", "lanes must be positive: 0.0");
        assertRefused("layerDropout", "1", "layerDropout out of range [0, 1): 1.0");
        assertRefused("transposed", "1.5", "transposed out of range 0..1: 1.5");
        assertRefused("hidden", "0", "hidden must be at least 1: 0");
        assertRefused("weightDecay", "-1", "weightDecay must not be negative: -1.0");
    }

    private static void assertRefused(String name, String value, String message) {
        assertThatThrownBy(() -> TrainingConfig.DEFAULTS.with(Map.of(name, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private Path write(String json) throws IOException {
        return Files.writeString(directory.resolve("config.json"), json);
    }
}
