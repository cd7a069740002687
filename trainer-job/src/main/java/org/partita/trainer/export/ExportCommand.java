package org.partita.trainer.export;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.partita.music.event.FrameDistribution;
import org.partita.music.model.BundleFiles;
import org.partita.music.model.EventFormat;
import org.partita.music.model.ModelManifest;
import org.partita.music.model.NetworkShape;
import org.partita.music.model.SamplingDefaults;
import org.partita.music.model.TrainingSource;
import org.partita.trainer.bundle.ManifestFile;
import org.partita.trainer.data.PreparedMusic;
import org.partita.trainer.data.PreparedPiece;
import org.partita.trainer.evaluate.Conditioning;
import org.partita.trainer.network.NetworkConfig;
import org.partita.trainer.network.Weights;
import org.partita.trainer.report.GivenCommand;
import org.partita.trainer.report.JsonReport;
import org.partita.trainer.samples.SamplesSummary;
import org.partita.trainer.training.Checkpoint;
import org.partita.trainer.training.ValidationResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code trainer export}: a checkpoint to a model bundle. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Write a checkpoint's averaged weights as a model bundle: ONNX graphs, manifest, frame"
                    + " distribution and model card.",
            "The graphs are compared with libtorch before the bundle takes its place."
        })
public final class ExportCommand implements Callable<Integer> {

    private static final int LANES = 4;
    private static final int LONGEST_NOTICE = 2000;

    private final Clock clock;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "CHECKPOINT",
            description = "A run's directory (its newest checkpoint) or one checkpoint in it.")
    private Path source = Path.of("");

    @Option(
            names = "--data",
            required = true,
            paramLabel = "FILE",
            description = "The prepared music that it was trained on.")
    private Path data = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Bundle to write.")
    private Path out = Path.of("");

    @Option(
            names = "--name",
            required = true,
            paramLabel = "NAME",
            description = "Name by which requests choose the model, such as piano.")
    private String name = "";

    @Option(
            names = "--title",
            paramLabel = "TEXT",
            description = "Name for people (default: the name).")
    private @Nullable String title;

    @Option(
            names = "--frames",
            paramLabel = "N",
            defaultValue = "65536",
            description =
                    "How many different frames random starts draw from (default"
                            + " ${DEFAULT-VALUE}).")
    private int frames;

    @Option(
            names = "--temperature",
            defaultValue = "1.0",
            description = "Sampling default (default ${DEFAULT-VALUE}).")
    private double temperature;

    @Option(
            names = "--top-k",
            defaultValue = "0",
            description = "Sampling default, 0 = all (default ${DEFAULT-VALUE}).")
    private int topK;

    @Option(
            names = "--top-p",
            defaultValue = "1",
            description = "Sampling default (default ${DEFAULT-VALUE}).")
    private double topP;

    @Option(
            names = "--min-p",
            defaultValue = "0",
            description = "Sampling default (default ${DEFAULT-VALUE}).")
    private double minP;

    @Option(
            names = "--tempo",
            defaultValue = "100",
            paramLabel = "BPM",
            description = "Quarter notes a minute by default (default ${DEFAULT-VALUE}).")
    private double tempo;

    @Option(
            names = "--evaluation",
            paramLabel = "FILE",
            description =
                    "A report of `evaluate --json` for manifest and card. May be repeated; the"
                            + " first gives the manifest's numbers.")
    private List<Path> evaluations = List.of();

    @Option(
            names = "--samples",
            paramLabel = "FILE",
            description =
                    "A report of `samples --json` for the card. May be repeated. The pieces are of"
                            + " a bundle that was exported before; a card changes no piece.")
    private List<Path> samples = List.of();

    @Option(
            names = "--attribution",
            paramLabel = "COLLECTION=TEXT",
            description = "A line to pass on with the weights. May be repeated.")
    private List<String> attributions = List.of();

    @Option(
            names = "--notices",
            paramLabel = "DIR",
            description = "Directory of licence notices for the card.")
    private @Nullable Path notices;

    @Option(
            names = "--remarks",
            paramLabel = "FILE",
            description = "Markdown for the card's list of known weaknesses.")
    private @Nullable Path remarks;

    @Option(
            names = "--history",
            paramLabel = "FILE",
            description = "The commands that prepared and trained, for the card.")
    private @Nullable Path history;

    @Mixin private JsonReport json = new JsonReport();

    /** What the command prints. */
    private record Report(
            String name,
            String fingerprint,
            int update,
            long parameters,
            int frames,
            Parity parity,
            Map<String, Long> bytes,
            long totalBytes) {}

    /** What goes into the bundle, checked. */
    private record Contents(
            Checkpoint checkpoint,
            PreparedMusic music,
            List<TrainingSource> sources,
            SamplingDefaults defaults,
            ModelCard.Supplement supplement,
            String commit) {

        Checkpoint.State state() {
            return checkpoint.state();
        }

        NetworkConfig config() {
            return state().config().network();
        }

        Weights weights() {
            return checkpoint.average();
        }
    }

    public ExportCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        NewBundle target = new NewBundle(spec.commandLine(), out);
        Contents contents = contents();
        Report report = target.write(part -> write(part, contents));
        print(report);
        json.write(report);
        return 0;
    }

    private Report write(Path part, Contents contents) throws IOException {
        Parity parity = writeGraphs(part, contents);
        if (!parity.holds()) {
            throw new IOException("The graphs differ from libtorch: " + parity);
        }
        int distinctFrames = writeFrames(part, contents.music());
        ModelManifest manifest = describe(part, contents, parity);
        Map<String, Long> bytes = sizes(part);
        return new Report(
                name,
                manifest.fingerprint(),
                contents.state().update(),
                contents.weights().size(),
                distinctFrames,
                parity,
                bytes,
                bytes.values().stream().mapToLong(Long::longValue).sum());
    }

    /** Everything that is named, before anything is written. */
    private Contents contents() throws IOException, InterruptedException {
        Checkpoint checkpoint = Checkpoint.open(source);
        Checkpoint.State state = checkpoint.state();
        if (!BundleFiles.hash(data).equals(state.data().sha256())) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--data is not what the checkpoint was trained on: " + data);
        }
        if (!state.config().canBeExported()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "a run without musicalFeatures or chainedHeads is for comparison alone");
        }
        if (frames < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--frames must be at least 1: " + frames);
        }
        ModelManifest.requireName(name);
        SamplingDefaults defaults = new SamplingDefaults(temperature, topK, topP, minP, tempo);
        PreparedMusic music = PreparedMusic.load(data);
        return new Contents(
                checkpoint,
                music,
                BundleDescription.sources(music.pieces(), attributionsByCollection(music)),
                defaults,
                supplement(),
                GitCommit.ofTheWorkingDirectory());
    }

    private static Parity writeGraphs(Path part, Contents contents) throws IOException {
        NetworkConfig config = contents.config();
        NetworkGraphs graphs =
                new NetworkGraphs(
                        config,
                        contents.weights(),
                        provenance(contents.state(), contents.commit()));
        graphs.write(part);
        graphs.writeLoop(part);
        return Parity.measure(
                config,
                contents.weights(),
                part,
                TeacherForcing.of(contents.music().pieces(), LANES, Parity.steps(config)));
    }

    /** Writes what random starts draw from and tells how many frames that is. */
    private int writeFrames(Path part, PreparedMusic music) throws IOException {
        FrameDistribution.Counter counter = new FrameDistribution.Counter();
        music.pieces().forEach(piece -> counter.add(piece.events()));
        FrameDistribution distribution = counter.mostFrequent(frames);
        try (OutputStream file =
                new BufferedOutputStream(Files.newOutputStream(part.resolve(BundleFiles.FRAMES)))) {
            distribution.write(file);
        }
        return distribution.size();
    }

    /** Writes card and manifest. */
    private ModelManifest describe(Path part, Contents contents, Parity parity) throws IOException {
        NetworkConfig config = contents.config();
        List<PreparedPiece> pieces = contents.music().pieces();
        ModelManifest manifest =
                new ModelManifest(
                        ModelManifest.FORMAT_VERSION,
                        name,
                        title == null ? name : title,
                        EventFormat.CURRENT,
                        new NetworkShape(
                                config.hidden(),
                                config.layers(),
                                config.ringSlots(),
                                config.keyWidth(),
                                config.valueSize(),
                                config.noteSize(),
                                contents.weights().size()),
                        BundleDescription.instruments(pieces),
                        contents.music().styles(),
                        contents.defaults(),
                        contents.sources(),
                        metrics(contents.state(), contents.supplement().evaluations()),
                        contents.commit(),
                        clock.instant(),
                        BundleFiles.hashes(part, BundleFiles.REQUIRED));
        Files.writeString(
                part.resolve(BundleFiles.MODEL_CARD),
                ModelCard.write(manifest, contents.state(), pieces, parity, contents.supplement()));
        ModelManifest complete = withFiles(manifest, part);
        ManifestFile.write(part, complete);
        return complete;
    }

    /** What the card says beyond the checkpoint, from the files that were named. */
    private ModelCard.Supplement supplement() throws IOException {
        List<ModelCard.Evaluation> measured = new ArrayList<>();
        for (Path evaluation : evaluations) {
            measured.add(evaluation(evaluation));
        }
        List<String> composed = new ArrayList<>();
        for (Path report : samples) {
            composed.add(SamplesSummary.of(report));
        }
        return new ModelCard.Supplement(
                measured,
                composed,
                notices == null ? Map.of() : noticesIn(notices),
                remarks == null ? "" : Files.readString(remarks),
                history == null ? "" : Files.readString(history),
                GivenCommand.of(spec));
    }

    /** Results on music that was not trained on: of the training itself, or measured since. */
    private static Map<String, Double> metrics(
            Checkpoint.State state, List<ModelCard.Evaluation> measured) {
        Map<String, Double> metrics = new TreeMap<>();
        if (!state.validation().isEmpty()) {
            ValidationResult last = state.validation().getLast();
            metrics.put("validNllPerNote", last.nllPerNote());
            metrics.put("validNllPerEvent", last.nllPerEvent());
        }
        if (!measured.isEmpty()) {
            ModelCard.Evaluation first = measured.getFirst();
            metrics.put("validNllPerNote", first.perNote());
            metrics.put("validNllPerEvent", first.perEvent());
            metrics.put("validNllPerSecond", first.perSecond());
            if (first.bestOrder() > 0) {
                metrics.put("validBestNgramNllPerNote", first.baselinePerNote());
            }
        }
        return metrics;
    }

    private static ModelManifest withFiles(ModelManifest manifest, Path bundle) throws IOException {
        List<String> files = new ArrayList<>(BundleFiles.REQUIRED);
        files.add(BundleFiles.LOOP);
        files.add(BundleFiles.MODEL_CARD);
        return manifest.rewritten(
                manifest.metrics(),
                manifest.gitCommit(),
                manifest.createdAt(),
                BundleFiles.hashes(bundle, files));
    }

    private Map<String, List<String>> attributionsByCollection(PreparedMusic music) {
        Map<String, List<String>> byCollection = new TreeMap<>();
        for (String attribution : attributions) {
            int equals = attribution.indexOf('=');
            String collection = equals < 0 ? "" : attribution.substring(0, equals);
            boolean known =
                    music.pieces().stream()
                            .map(PreparedPiece::source)
                            .anyMatch(origin -> origin.repository().equals(collection));
            if (!known) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--attribution reads COLLECTION=TEXT, with a collection of the data: "
                                + attribution);
            }
            byCollection
                    .computeIfAbsent(collection, _ -> new ArrayList<>())
                    .add(attribution.substring(equals + 1));
        }
        return byCollection;
    }

    private static Map<String, String> provenance(Checkpoint.State state, String commit) {
        Map<String, String> provenance = new LinkedHashMap<>();
        provenance.put("data.sha256", state.data().sha256());
        provenance.put("data.notes", Long.toString(state.data().notes()));
        provenance.put("training.update", Integer.toString(state.update()));
        provenance.put("training.seed", Long.toString(state.config().seed()));
        provenance.put("git.commit", commit);
        return provenance;
    }

    private static ModelCard.Evaluation evaluation(Path file) throws IOException {
        JsonNode report = JsonMapper.shared().readTree(Files.readString(file));
        List<String> directories = new ArrayList<>();
        report.path("directories").forEach(node -> directories.add(node.asString()));
        JsonNode baseline = report.path("baseline");
        int best = baseline.path("bestOrder").asInt(0);
        double nats = 0;
        for (JsonNode order : baseline.path("orders")) {
            if (order.path("order").asInt() == best) {
                nats = order.path("nats").path("perNote").asDouble();
            }
        }
        List<Conditioning.Row> told =
                JsonMapper.shared()
                        .convertValue(report.path("conditions"), new TypeReference<>() {});
        return new ModelCard.Evaluation(
                report.path("command").asString(""),
                directories,
                report.path("pieces").asInt(),
                report.path("notes").asLong(),
                report.path("nats").path("perNote").asDouble(),
                report.path("nats").path("perEvent").asDouble(),
                report.path("nats").path("perSecond").asDouble(),
                best,
                nats,
                told == null ? List.of() : told);
    }

    /** Short notices whole, of long ones the first line: licences that everybody has. */
    private static Map<String, String> noticesIn(Path directory) throws IOException {
        Map<String, String> notices = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String text = Files.readString(file).strip();
                notices.put(
                        file.getFileName().toString(),
                        text.length() <= LONGEST_NOTICE
                                ? text
                                : text.lines().findFirst().orElse(""));
            }
        }
        return notices;
    }

    private static Map<String, Long> sizes(Path bundle) throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        try (Stream<Path> files = Files.list(bundle)) {
            for (Path file : files.toList()) {
                sizes.put(file.getFileName().toString(), Files.size(file));
            }
        }
        return sizes;
    }

    private void print(Report report) {
        PrintWriter screen = spec.commandLine().getOut();
        Parity parity = report.parity();
        screen.printf("model        %s (%.12s)%n", report.name(), report.fingerprint());
        screen.printf("update       %,d%n", report.update());
        screen.printf("parameters   %,d%n", report.parameters());
        screen.printf("frames       %,d%n", report.frames());
        screen.printf(
                "parity       %d events x %d pieces, largest logit %.2f, largest relative difference:%n",
                parity.steps(), parity.lanes(), parity.largestLogit());
        screen.printf("             libtorch - sequence.onnx  %.2e%n", parity.torchToSequence());
        screen.printf("             libtorch - step.onnx      %.2e%n", parity.torchToStep());
        screen.printf("             step - sequence           %.2e%n", parity.stepToSequence());
        report.bytes().forEach((file, size) -> screen.printf("%,12d bytes %s%n", size, file));
        screen.printf("%,12d bytes in %s%n", report.totalBytes(), out);
        screen.flush();
    }
}
