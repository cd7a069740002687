package org.partita.music.midi;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Real music on this machine, where the system property {@code partita.corpora} names its folder.
 */
final class Corpora {

    private Corpora() {}

    /**
     * All MIDI files under the folder in a fixed order; without one the calling test is skipped.
     */
    static List<Path> midiFiles() throws IOException {
        String folder = System.getProperty("partita.corpora", "");
        if (folder.isEmpty()) {
            String reason = "skipped: no -Dpartita.corpora=DIR with real MIDI files";
            System.out.println(reason);
            assumeTrue(false, reason);
        }
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            return files.filter(file -> file.toString().endsWith(".mid")).sorted().toList();
        }
    }
}
