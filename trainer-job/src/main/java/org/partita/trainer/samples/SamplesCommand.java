package org.partita.trainer.samples;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import org.partita.music.Score;
import org.partita.music.event.EventCodec;
import org.partita.music.event.GridScore;
import org.partita.music.event.Quantiser;
import org.partita.music.midi.MidiFormatException;
import org.partita.music.midi.MidiReader;
import org.partita.trainer.data.MidiInput;
import org.partita.trainer.data.Preparation;
import org.partita.trainer.data.PreparedPiece;
import org.partita.trainer.report.JsonReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code trainer samples}: composed pieces beside real ones. */
@Command(
        name = "samples",
        mixinStandardHelpOptions = true,
        description = {
            "Compose many pieces, or take composed ones, and describe them by numbers beside real"
                    + " music: statistics by start, the nine features of mgeval, drift of long"
                    + " pieces, endings, validity.",
            "With --train, also how much of them stands in the training music note for note, and"
                    + " the same for the real music.",
            "--exclude-licence, --require and --programs choose from directories of real and of"
                    + " training music; prepared music and composed pieces are taken whole."
        })
public final class SamplesCommand implements Callable<Integer> {

    private static final String LAUNCHER = "partita.launcher";
    private static final String COMPOSED = "composed";

    /** Faulty files that are named in the report. */
    private static final int MOST_FAULTS = 20;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--real",
            required = true,
            paramLabel = "DIR",
            description = "Directory of real music to compare with. May be repeated.")
    private List<Path> real = List.of();

    @Option(
            names = "--train",
            paramLabel = "PATH",
            description =
                    "Training music as `prepare` wrote it, or a directory of .mid files. May be"
                            + " repeated.")
    private List<Path> train = List.of();

    @Mixin private MidiInput input = new MidiInput();

    @Option(
            names = "--pieces",
            paramLabel = "DIR",
            description =
                    "Composed .mid files; or its folders random, note, long and lengths of them."
                            + " Nothing is composed then.")
    private @Nullable Path pieces;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "The bundle that composes (default: the first shipped one).")
    private @Nullable Path model;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where composed pieces, report.md and its plots go.")
    private @Nullable Path out;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Pieces, half for each start (default ${DEFAULT-VALUE}).")
    private int count;

    @Option(
            names = "--notes",
            paramLabel = "N",
            defaultValue = "300",
            description = "Notes of each (default ${DEFAULT-VALUE}).")
    private int notes;

    @Option(
            names = "--long",
            paramLabel = "N",
            defaultValue = "10",
            description = "Long pieces, for drift (default ${DEFAULT-VALUE}).")
    private int longPieces;

    @Option(
            names = "--long-notes",
            paramLabel = "N",
            defaultValue = "5120",
            description = "Notes of each (default ${DEFAULT-VALUE}).")
    private int longNotes;

    @Option(
            names = "--validity",
            paramLabel = "N",
            defaultValue = "1200",
            description =
                    "Files to check; those beyond the others have lengths of all kinds (default"
                            + " ${DEFAULT-VALUE}).")
    private int validity;

    @Option(names = "--temperature", paramLabel = "X", description = "Default: the model's.")
    private @Nullable Double temperature;

    @Option(names = "--top-k", paramLabel = "N", description = "Default: the model's.")
    private @Nullable Integer topK;

    @Option(names = "--top-p", paramLabel = "X", description = "Default: the model's.")
    private @Nullable Double topP;

    @Option(names = "--min-p", paramLabel = "X", description = "Default: the model's.")
    private @Nullable Double minP;

    @Mixin private JsonReport json = new JsonReport();

    @Override
    public Integer call() throws IOException, InterruptedException {
        // Composing takes hours: what can be wrong with the rest is found before it.
        Path composedIn = pieces == null ? placeToCompose() : pieces;
        input.requireDirectories("--pieces", pieces == null ? List.of() : List.of(pieces));
        List<PreparedPiece> training = input.piecesOf("--train", train);
        List<GridScore> human = scores(input.read("--real", real).music().pieces());
        if (human.size() < 2) {
            throw new IOException("--real must hold at least 2 usable MIDI files: " + real);
        }
        if (pieces == null) {
            compose(composedIn);
        }
        Map<String, List<Path>> files = files(composedIn);
        List<Report.Fault> faulty = new ArrayList<>();
        Map<String, List<GridScore>> composed = new LinkedHashMap<>();
        List<GridScore> longOnes = new ArrayList<>();
        for (var group : files.entrySet()) {
            List<GridScore> scores = read(group.getKey(), group.getValue(), faulty);
            longOnes.addAll(scores);
            boolean measured =
                    !group.getKey().equals(SampleSet.LONG)
                            && !group.getKey().equals(SampleSet.LENGTHS);
            if (measured && !scores.isEmpty()) {
                composed.put(group.getKey(), scores);
            }
        }
        if (composed.isEmpty()) {
            throw new IOException("--pieces holds no usable MIDI file: " + composedIn);
        }
        int all = files.values().stream().mapToInt(List::size).sum();
        Report.ValidityReport valid =
                new Report.ValidityReport(
                        all,
                        all - faulty.size(),
                        faulty.subList(0, Math.min(MOST_FAULTS, faulty.size())));
        Report report = report(files, composed, longOnes, human, training, valid);
        write(report, composed, human);
        return 0;
    }

    private Path placeToCompose() {
        if (out == null) {
            throw new ParameterException(
                    spec.commandLine(), "--out is missing: where the composed pieces shall go");
        }
        if (System.getProperty(LAUNCHER) == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "without --pieces the trainer must be started by ./partita, which composes");
        }
        if (count < 2 || notes < 1 || longPieces < 0 || longNotes < 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--count must be at least 2, --notes and --long-notes at least 1, --long at"
                            + " least 0");
        }
        Path directory = out.resolve("pieces");
        if (Files.exists(directory)) {
            throw new ParameterException(
                    spec.commandLine(),
                    directory
                            + " is there already: name another --out, or measure what it holds with"
                            + " --pieces "
                            + directory);
        }
        return directory;
    }

    private void compose(Path directory) throws IOException, InterruptedException {
        SampleSet set =
                new SampleSet(
                        directory,
                        Objects.requireNonNull(System.getProperty(LAUNCHER)),
                        model,
                        sampling());
        set.compose(count, notes);
        if (longPieces > 0) {
            set.composeLong(longPieces, longNotes);
        }
        int others = validity - count - longPieces;
        if (others > 0) {
            set.composeLengths(others);
        }
    }

    private List<String> sampling() {
        List<String> options = new ArrayList<>();
        add(options, "--temperature", temperature);
        add(options, "--top-k", topK);
        add(options, "--top-p", topP);
        add(options, "--min-p", minP);
        return options;
    }

    private static void add(List<String> options, String name, @Nullable Number value) {
        if (value != null) {
            options.addAll(List.of(name, value.toString()));
        }
    }

    /** MIDI files by folder; those of a directory without such folders are one group. */
    private static Map<String, List<Path>> files(Path directory) throws IOException {
        Map<String, List<Path>> files = new LinkedHashMap<>();
        for (String group :
                List.of(SampleSet.RANDOM, SampleSet.NOTE, SampleSet.LONG, SampleSet.LENGTHS)) {
            if (Files.isDirectory(directory.resolve(group))) {
                files.put(group, Preparation.midiFiles(directory.resolve(group)));
            }
        }
        if (!files.containsKey(SampleSet.RANDOM) && !files.containsKey(SampleSet.NOTE)) {
            files.clear();
            files.put(COMPOSED, Preparation.midiFiles(directory));
        }
        return files;
    }

    /** What can be read; what is wrong with the files joins the faults. */
    private static List<GridScore> read(String group, List<Path> files, List<Report.Fault> faulty)
            throws IOException {
        List<GridScore> scores = new ArrayList<>();
        try (ProgressBar bar = new ProgressBar("read " + group, files.size())) {
            for (Path file : files) {
                List<String> faults = new ArrayList<>(Validity.faults(file));
                try {
                    GridScore score = Quantiser.quantise(MidiReader.read(file));
                    if (score.notes().isEmpty()) {
                        faults.add("holds no notes");
                    } else {
                        scores.add(score);
                    }
                } catch (MidiFormatException | IllegalArgumentException unusable) {
                    faults.add("cannot be measured: " + unusable.getMessage());
                }
                if (!faults.isEmpty()) {
                    faulty.add(new Report.Fault(String.valueOf(file.getFileName()), faults));
                }
                bar.step();
            }
        }
        return scores;
    }

    private Report report(
            Map<String, List<Path>> files,
            Map<String, List<GridScore>> composed,
            List<GridScore> longOnes,
            List<GridScore> human,
            List<PreparedPiece> training,
            Report.ValidityReport valid)
            throws IOException {
        JsonNode provenance = provenance(files);
        Analysis analysis = new Analysis(composed, human);
        List<Report.Copying> originality = List.of();
        if (!training.isEmpty()) {
            originality = analysis.originality(Originality.of(training, scores(training)));
        }
        Map<String, Object> asked = new LinkedHashMap<>();
        provenance
                .path("request")
                .path("sampling")
                .properties()
                .forEach(entry -> asked.put(entry.getKey(), entry.getValue().numberValue()));
        return new Report(
                provenance.path("modelSha256").asString(""),
                asked,
                analysis.notes(),
                human.size(),
                names(real),
                names(train),
                analysis.statistics(),
                analysis.openings(),
                analysis.features(),
                Analysis.drift(longOnes, human),
                valid,
                originality,
                analysis.endings());
    }

    private static List<String> names(List<Path> paths) {
        return paths.stream().map(Path::toString).toList();
    }

    /** What the first piece says of its making. */
    private static JsonNode provenance(Map<String, List<Path>> files) throws IOException {
        JsonMapper mapper = JsonMapper.shared();
        for (Path file : files.values().stream().flatMap(List::stream).limit(1).toList()) {
            try {
                Score score = MidiReader.read(file);
                for (String text : score.texts()) {
                    if (text.startsWith(Validity.PROVENANCE)) {
                        return mapper.readTree(text);
                    }
                }
            } catch (MidiFormatException | JacksonException unusable) {
                // Among the faults.
            }
        }
        return mapper.createObjectNode();
    }

    private static List<GridScore> scores(List<PreparedPiece> pieces) {
        return pieces.stream()
                .map(piece -> EventCodec.decode(piece.events(), piece.conditions()))
                .toList();
    }

    private void write(Report report, Map<String, List<GridScore>> composed, List<GridScore> human)
            throws IOException {
        String text = Markdown.of(report);
        PrintWriter screen = spec.commandLine().getOut();
        screen.print(text);
        screen.flush();
        if (out != null) {
            Files.createDirectories(out);
            StringBuilder page = new StringBuilder(text).append("\n## Plots\n\n");
            for (var plot : plots(report, composed, human).entrySet()) {
                Files.writeString(out.resolve(plot.getKey()), plot.getValue());
                page.append("![](%s)%n".formatted(plot.getKey()));
            }
            Files.writeString(out.resolve("report.md"), page);
        }
        json.write(report);
    }

    private static Map<String, String> plots(
            Report report, Map<String, List<GridScore>> composed, List<GridScore> human) {
        Map<String, String> plots = new LinkedHashMap<>();
        List<GridScore> ours = composed.values().stream().flatMap(List::stream).toList();
        List<GridScore> theirs =
                human.stream().map(piece -> Bars.middleNotes(piece, report.notes())).toList();
        for (Statistic statistic : Statistic.values()) {
            plots.put(
                    statistic.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".svg",
                    Plot.histogram(
                            statistic.title(), values(statistic, ours), values(statistic, theirs)));
        }
        Report.DriftReport drift = report.drift();
        if (drift != null) {
            plots.put(
                    "entropy-drift.svg",
                    Plot.lines(
                            "pitch-class entropy by stretch",
                            list(drift.composed().stream(), Report.Stretch::pitchClassEntropy),
                            list(drift.real().stream(), Report.Stretch::pitchClassEntropy),
                            drift.entropyBand()));
            plots.put(
                    "bits-drift.svg",
                    Plot.lines(
                            "DEFLATE bits a note by stretch",
                            list(drift.composed().stream(), Report.Stretch::bitsANote),
                            list(drift.real().stream(), Report.Stretch::bitsANote),
                            drift.bitsBand()));
        }
        return plots;
    }

    private static double[] values(Statistic statistic, List<GridScore> pieces) {
        return pieces.stream().mapToDouble(statistic::of).toArray();
    }

    private static List<Double> list(
            Stream<Report.Stretch> stretches, Function<Report.Stretch, Double> value) {
        return stretches.map(value).toList();
    }
}
