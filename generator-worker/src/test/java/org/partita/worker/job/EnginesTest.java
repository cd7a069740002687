package org.partita.worker.job;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.partita.worker.engine.RandomModel;

class EnginesTest {

    @TempDir private Path models;

    @Test
    void twoModelsOfOneNameAreRefused() throws IOException {
        for (String directory : new String[] {"random", "random-old"}) {
            Files.createDirectory(models.resolve(directory));
            Files.copy(
                    RandomModel.directory().resolve("manifest.json"),
                    models.resolve(directory).resolve("manifest.json"));
        }

        assertThatThrownBy(() -> new Engines(models, 1, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("random-old")
                .hasMessageContaining("both called random");
    }

    @Test
    void noModelIsRefused() {
        assertThatThrownBy(() -> new Engines(models, 1, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no model in");
    }
}
