package org.partita.trainer.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.partita.music.model.BundleFiles;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * The directory of a bundle that is being written: it takes its place, or that of an older bundle,
 * only when it is whole.
 */
final class NewBundle {

    private final Path target;
    private final Path part;

    /**
     * @throws ParameterException if there is something in its place that is no bundle
     */
    NewBundle(CommandLine command, Path directory) throws IOException {
        target = directory.toAbsolutePath().normalize();
        part = target.resolveSibling(target.getFileName() + ".part");
        if (Files.exists(target) && !Files.exists(target.resolve(BundleFiles.MANIFEST))) {
            try (Stream<Path> entries = Files.list(target)) {
                if (entries.findAny().isPresent()) {
                    throw new ParameterException(
                            command,
                            "--out holds something that is not a model bundle: " + directory);
                }
            }
        }
    }

    /** Writes the files of a bundle into a directory. */
    interface Writer<T> {
        T write(Path directory) throws IOException;
    }

    /** Has the files written and puts them into their place; until then what was there stays. */
    <T> T write(Writer<T> writer) throws IOException {
        delete(part);
        Files.createDirectories(part);
        try {
            T result = writer.write(part);
            delete(target);
            Files.move(part, target);
            return result;
        } finally {
            delete(part);
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        // A bundle has no directories inside; anything deeper is not ours to remove.
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : entries.toList()) {
                Files.delete(entry);
            }
        }
        Files.delete(directory);
    }
}
