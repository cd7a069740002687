package org.partita.music.model;

import java.io.IOException;
import java.nio.file.Path;

/** A file of a model bundle is not the one that the manifest names. */
public final class CorruptBundleException extends IOException {

    CorruptBundleException(Path file, String reason) {
        super(file + " " + reason);
    }
}
