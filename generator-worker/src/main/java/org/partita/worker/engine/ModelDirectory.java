package org.partita.worker.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.partita.music.model.BundleFiles;

/** A directory of model bundles, one directory each. */
public final class ModelDirectory {

    private static final String HOME = "partita.home";

    private ModelDirectory() {}

    /**
     * Where the bundles lie that came with the program: in a source tree, in a release, or in the
     * working directory's {@code models}. The system property {@value #HOME} names the first two.
     */
    public static Path shipped() {
        Path home = Path.of(System.getProperty(HOME, "."));
        Path sources = home.resolve("generator-worker/models");
        return Files.isDirectory(sources) ? sources : home.resolve("models");
    }

    /** The directories that hold a bundle, by name. */
    public static List<Path> bundles(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(entry -> Files.exists(entry.resolve(BundleFiles.MANIFEST)))
                    .sorted()
                    .toList();
        }
    }

    /**
     * The first bundle that came with the program.
     *
     * @throws IOException if there is none
     */
    public static Path firstShipped() throws IOException {
        Path directory = shipped();
        List<Path> bundles = bundles(directory);
        if (bundles.isEmpty()) {
            throw new IOException("no model in " + directory.toAbsolutePath());
        }
        return bundles.getFirst();
    }
}
