package org.partita.worker.workbench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.partita.music.midi.MidiFormatException;
import org.partita.music.midi.MidiReader;
import org.partita.protocol.GenerationRequest;
import org.partita.protocol.Sampling;
import org.partita.worker.engine.Composition;
import org.partita.worker.engine.Engine;
import org.partita.worker.engine.EngineException;
import org.partita.worker.engine.EngineSettings;
import org.partita.worker.engine.ExecutionProvider;
import org.partita.worker.engine.ModelBundle;
import org.partita.worker.engine.ModelDirectory;
import org.partita.worker.engine.Provenance;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Composes the piece of a MIDI file again, from what the file says of its own making. */
@Command(
        name = "reproduce",
        mixinStandardHelpOptions = true,
        description = "Compose the piece in a file again and compare the bytes.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:the same bytes",
            "1:other bytes",
            "2:the file, or the model it names, cannot be used"
        })
public final class ReproduceCommand implements Callable<Integer> {

    private static final int SAME = 0;
    private static final int DIFFERENT = 1;
    private static final int UNUSABLE = 2;
    private static final Duration PATIENCE = Duration.ofHours(1);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE.mid", description = "A piece composed by Partita.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path file;

    @Option(
            names = "--models",
            paramLabel = "DIR",
            description = "Directory of model bundles (default: the shipped ones).")
    private @Nullable Path models;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to write the piece that was composed again.")
    private @Nullable Path output;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        try {
            return reproduce();
        } catch (MidiFormatException e) {
            err.println(file + ": " + e.reason());
        } catch (IOException | TimeoutException | IllegalArgumentException | EngineException e) {
            err.println(file + ": " + e.getMessage());
        }
        return UNUSABLE;
    }

    private int reproduce() throws IOException, InterruptedException, TimeoutException {
        byte[] original = Files.readAllBytes(file);
        Optional<Provenance> found =
                Provenance.find(MidiReader.read(original, file.toString()).texts());
        if (found.isEmpty()) {
            throw new IllegalArgumentException("does not say how it was composed");
        }
        Provenance provenance = found.get();
        PrintWriter out = spec.commandLine().getOut();
        Composition again;
        try (ModelBundle model = ModelBundle.load(bundleOf(provenance), ExecutionProvider.best());
                Engine engine = new Engine(model, new EngineSettings(1, 1))) {
            GenerationRequest request = provenance.request();
            Long seed = request.seed();
            if (seed == null) {
                throw new IllegalArgumentException("does not name its seed");
            }
            again =
                    engine.compose(request, seed, request.sampling().resolve(Sampling.DEFAULT))
                            .await(PATIENCE);
        }
        if (output != null) {
            Files.write(output, again.midi());
        }
        if (Arrays.equals(original, again.midi())) {
            out.println("same bytes: SHA-256 " + again.sha256());
            return SAME;
        }
        out.println(
                "other bytes; composed on %s, here on %s"
                        .formatted(provenance.provider(), again.provider()));
        return DIFFERENT;
    }

    private Path bundleOf(Provenance provenance) throws IOException {
        Path directory = models == null ? ModelDirectory.shipped() : models;
        for (Path bundle : ModelDirectory.bundles(directory)) {
            if (ModelBundle.describe(bundle).fingerprint().equals(provenance.modelSha256())) {
                return bundle;
            }
        }
        throw new IllegalArgumentException(
                "was composed by the model %s with SHA-256 %s, which is not in %s"
                        .formatted(
                                provenance.request().model(), provenance.modelSha256(), directory));
    }
}
