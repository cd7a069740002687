package org.partita.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir Path folder;

    @Test
    void isTakenOnlyOnce() {
        // Given
        try (DataDirectory _ = DataDirectory.open(folder)) {
            // When
            assertThatExceptionOfType(StartRefusedException.class)
                    .isThrownBy(() -> DataDirectory.open(folder))
                    // Then
                    .withMessageContaining("process " + ProcessHandle.current().pid())
                    .withMessageContaining("--data DIR");
        }
    }

    @Test
    void isFreeAgainOnceClosed() {
        // Given
        DataDirectory.open(folder).close();

        // When
        try (DataDirectory again = DataDirectory.open(folder)) {
            // Then
            assertThat(again.kafka()).isDirectory();
            assertThat(again.redis()).isDirectory();
            assertThat(again.log("kafka").getParent()).isDirectory();
        }
    }

    @Test
    void behindALinkIsNamedByItsRealPath() throws IOException {
        // Given
        Path real = Files.createDirectory(folder.resolve("real"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);

        // When
        try (DataDirectory directory = DataDirectory.open(link)) {
            // Then
            assertThat(directory.redis()).isEqualTo(real.toRealPath().resolve("redis"));
        }
    }

    @Test
    void refusesAPlaceThatIsAFile() throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("file"), "in the way");

        // When
        assertThatExceptionOfType(StartRefusedException.class)
                .isThrownBy(() -> DataDirectory.open(file))
                // Then
                .withMessageContaining(file.toString())
                .withMessageContaining("--data DIR");
    }
}
