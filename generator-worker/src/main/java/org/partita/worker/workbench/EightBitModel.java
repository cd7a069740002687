package org.partita.worker.workbench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.partita.worker.engine.EngineException;
import org.partita.worker.engine.ExecutionProvider;
import org.partita.worker.engine.ModelBundle;

/** A model with 8-bit weights, made by the trainer and there as long as it is measured. */
final class EightBitModel implements AutoCloseable {

    private final Path directory;
    private final ModelBundle bundle;

    private EightBitModel(Path directory, ModelBundle bundle) {
        this.directory = directory;
        this.bundle = bundle;
    }

    /**
     * That of a model with 32-bit weights.
     *
     * @param excuse told why there is none
     */
    static Optional<EightBitModel> of(Path model, Consumer<String> excuse)
            throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("partita-8-bit-");
        Optional<EightBitModel> made = Optional.empty();
        try {
            if (OtherProcesses.quantize(model, directory)) {
                ModelBundle bundle = ModelBundle.load(directory, ExecutionProvider.CPU);
                made = Optional.of(new EightBitModel(directory, bundle));
            } else {
                excuse.accept("start this through ./partita");
            }
        } catch (IOException | EngineException e) {
            excuse.accept(e.getMessage());
        } finally {
            if (made.isEmpty()) {
                delete(directory);
            }
        }
        return made;
    }

    EngineCases cases(double seconds) {
        return new EngineCases(directory, bundle, seconds);
    }

    @Override
    public void close() throws IOException {
        try (bundle) {
            delete(directory);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
