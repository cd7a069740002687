package org.partita.trainer.export;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.partita.music.model.BundleFiles;
import org.partita.music.model.ModelManifest;
import org.partita.trainer.bundle.ManifestFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code trainer quantize}: a bundle to one that composes with 8-bit weights. */
@Command(
        name = "quantize",
        mixinStandardHelpOptions = true,
        description = {
            "Write a copy of a model bundle whose steps on the CPU multiply by 8-bit integers:"
                    + " faster where few pieces are composed at once.",
            "`evaluate` tells what that costs in likelihood, `partita bench` what it gains."
        })
public final class QuantizeCommand implements Callable<Integer> {

    /**
     * The step, whole and in the parts that compose on the CPU. The heads of duration and velocity
     * are too small to gain, the rest is for whole sequences and for CUDA.
     */
    private static final List<String> GRAPHS =
            List.of(BundleFiles.STEP, BundleFiles.RECURRENCE, BundleFiles.OUTPUT);

    private final Clock clock;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "BUNDLE", description = "Directory of a model bundle.")
    private Path bundle = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Bundle to write.")
    private Path out = Path.of("");

    public QuantizeCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        ModelManifest manifest = ManifestFile.readIntact(bundle);
        NewBundle target = new NewBundle(spec.commandLine(), out);
        if (Files.exists(out) && Files.isSameFile(out, bundle)) {
            throw new ParameterException(
                    spec.commandLine(), "--out is the bundle itself, which would be lost: " + out);
        }
        String commit = GitCommit.ofTheWorkingDirectory();
        ModelManifest written = target.write(part -> write(part, manifest, commit));
        PrintWriter screen = spec.commandLine().getOut();
        screen.printf("model   %s (%.12s)%n", written.name(), written.fingerprint());
        screen.printf("from    %.12s%n", manifest.fingerprint());
        for (String graph : GRAPHS) {
            screen.printf("%,12d bytes %s%n", Files.size(out.resolve(graph)), graph);
        }
        screen.flush();
        return 0;
    }

    private ModelManifest write(Path part, ModelManifest manifest, String commit)
            throws IOException {
        for (String file : manifest.files().keySet()) {
            Files.copy(bundle.resolve(file), part.resolve(file));
        }
        EightBitProducts products =
                new EightBitProducts(Files.readAllBytes(bundle.resolve(BundleFiles.WEIGHTS)));
        for (String graph : GRAPHS) {
            byte[] bytes = Files.readAllBytes(bundle.resolve(graph));
            ModelProto rewritten = products.rewrite(ModelProto.parseFrom(bytes));
            Files.write(part.resolve(graph), rewritten.toByteArray());
        }
        Path card = part.resolve(BundleFiles.MODEL_CARD);
        if (Files.exists(card)) {
            Files.writeString(card, noted(Files.readString(card), manifest));
        }
        // Numbers that were measured with other weights are left out.
        ModelManifest changed =
                manifest.rewritten(
                        Map.of(),
                        commit,
                        clock.instant(),
                        BundleFiles.hashes(part, manifest.files().keySet()));
        ManifestFile.write(part, changed);
        return changed;
    }

    private static String noted(String card, ModelManifest manifest) {
        return """
        > **8-bit weights.** Made by `trainer quantize` of the bundle %s: its steps on the CPU
        > multiply by 8-bit integers. All numbers below are of that bundle's 32-bit weights.

        %s\
        """
                .formatted(manifest.fingerprint(), card);
    }
}
