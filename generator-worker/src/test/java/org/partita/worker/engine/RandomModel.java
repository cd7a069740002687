package org.partita.worker.engine;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/** A small model bundle of random weights (width 16, window 33), exported like a trained one. */
public final class RandomModel {

    private RandomModel() {}

    public static Path directory() {
        try {
            return Path.of(
                            Objects.requireNonNull(
                                            RandomModel.class.getResource(
                                                    "/models/random/manifest.json"))
                                    .toURI())
                    .resolveSibling(".");
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static ModelBundle load() throws IOException {
        return ModelBundle.load(directory().normalize(), ExecutionProvider.CPU);
    }
}
