package org.partita.worker.workbench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.partita.worker.engine.ExecutionProvider;
import org.partita.worker.engine.ModelBundle;

/** A model with 8-bit weights, made by the trainer and there as long as it is measured. */
final class EightBitModel implements AutoCloseable {

    private final Path directory;
    private final ModelBundle bundle;

    private EightBitModel(Path directory) throws IOException {
        this.directory = directory;
        this.bundle = ModelBundle.load(directory, ExecutionProvider.CPU);
    }

    /** That of a model with 32-bit weights; empty if the trainer cannot be asked for it. */
    static Optional<EightBitModel> of(Path model) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("partita-8-bit-");
        if (OtherProcesses.quantize(model, directory)) {
            return Optional.of(new EightBitModel(directory));
        }
        Files.delete(directory);
        return Optional.empty();
    }

    EngineCases cases(double seconds) {
        return new EngineCases(directory, bundle, seconds);
    }

    @Override
    public void close() throws IOException {
        bundle.close();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
