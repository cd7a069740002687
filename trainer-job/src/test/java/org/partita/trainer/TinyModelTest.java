package org.partita.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.partita.music.model.BundleFiles;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From MIDI files to a model bundle by the commands themselves. */
class TinyModelTest {

    private static final List<String> TINY =
            List.of(
                    "hidden=32",
                    "layers=2",
                    "heads=2",
                    "keySize=8",
                    "valueSize=8",
                    "window=16",
                    "noteSize=16",
                    "velocityHidden=8",
                    "lanes=4",
                    "segment=16",
                    "learningRate=0.01",
                    "warmUpUpdates=10",
                    "averageDecay=0.9",
                    "inputDropout=0",
                    "layerDropout=0",
                    "outputDropout=0",
                    "transposed=0",
                    "silentStart=0",
                    "randomStart=0",
                    "knownEnd=0",
                    "endings=0",
                    "unknownStyle=1");

    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-11-29T12:00:00Z"), ZoneOffset.UTC);

    @TempDir private Path directory;

    @Test
    void modelThatLearntItsMusicByHeartIsExportedWithoutLoss() throws IOException {
        // Given
        String music = path("music");

        // When
        String bundle = exported(200);
        trainer("evaluate", bundle, music, "--conditions", "--json", path("evaluation.json"));

        Path empty = Files.createDirectories(directory.resolve("empty"));
        assertThat(failure("evaluate", bundle, music, "--baseline", empty.toString()))
                .contains("--baseline holds no usable MIDI file: " + empty);

        // Then: ONNX Runtime finds the music as likely as libtorch did
        double learnt =
                json("training.json").path("validation").path(0).path("nllPerNote").asDouble();
        JsonNode evaluation = json("evaluation.json");
        assertThat(learnt).isLessThan(1);
        assertThat(evaluation.path("notes").asInt()).isEqualTo(72);
        assertThat(evaluation.path("nats").path("perNote").asDouble())
                .isCloseTo(learnt, within(1e-4));
        JsonNode meters = evaluation.path("conditions");
        assertThat(meters.path(0).path("perNote").asDouble()).isCloseTo(learnt, within(1e-4));
        assertThat(meters.path(1).path("truthLikelier").asInt()).isEqualTo(1);
        try (Stream<Path> files = Files.list(Path.of(bundle))) {
            long bytes = 0;
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
            assertThat(bytes).isLessThan(1_000_000);
        }
    }

    @Test
    void cardShowsWhatWasMeasuredWithTheCommands() throws IOException {
        // Given
        String bundle = exported(2);
        trainer(
                "evaluate",
                bundle,
                path("music"),
                "--baseline",
                path("music.prepared"),
                "--conditions",
                "--json",
                path("evaluation.json"));

        // When
        trainer(
                export(
                        "--name",
                        "tiny",
                        "--title",
                        "It's tiny",
                        "--evaluation",
                        path("evaluation.json")));

        // Then
        String card = Files.readString(Path.of(bundle, "MODEL_CARD.md"));
        assertThat(card)
                .contains(
                        "./partita trainer evaluate %s %s --baseline %s"
                                .formatted(bundle, path("music"), path("music.prepared")),
                        "| meter | another length of bar | 1 | ",
                        "--title 'It'\\''s tiny' --evaluation " + path("evaluation.json"));
        double best = json("evaluation.json").path("baseline").path("bestOrder").asDouble();
        assertThat(card).contains(" (order %.0f) |".formatted(best));
    }

    @Test
    void twoExportsAreTheSameBytes() throws IOException {
        // Given
        String bundle = exported(2);
        Map<String, String> first = hashes(Path.of(bundle));

        // When
        trainer(export("--name", "tiny"));

        // Then
        assertThat(hashes(Path.of(bundle))).isEqualTo(first).hasSizeGreaterThan(8);
        assertThat(json("bundle/manifest.json").path("createdAt").asString())
                .isEqualTo("2026-11-29T12:00:00Z");
    }

    @Test
    void eightBitWeightsPredictNearlyAsWell() throws IOException {
        // Given
        String music = path("music");
        String bundle = exported(200);
        String quantized = path("quantized");

        // When
        trainer("quantize", bundle, "--out", quantized);

        // Then
        trainer("evaluate", bundle, music, "--json", path("before.json"));
        trainer("evaluate", quantized, music, "--json", path("after.json"));
        double before = json("before.json").path("nats").path("perNote").asDouble();
        double after = json("after.json").path("nats").path("perNote").asDouble();
        assertThat(after).isNotEqualTo(before).isCloseTo(before, within(0.05 * before));
        JsonNode manifest = json("quantized/manifest.json");
        assertThat(manifest.path("name").asString()).isEqualTo("tiny");
        assertThat(manifest.path("metrics").isEmpty()).isTrue();
        assertThat(Files.readString(Path.of(quantized, "MODEL_CARD.md")))
                .startsWith("> **8-bit weights.**");
    }

    @Test
    void quantizeRefusesWhatItWouldSpoil() throws IOException {
        // Given
        String music = path("music");
        String bundle = exported(2);
        trainer("quantize", bundle, "--out", path("quantized"));

        // When, Then
        assertThat(failure("quantize", path("quantized"), "--out", path("twice")))
                .contains("no products with 32-bit weights");
        assertThat(failure("quantize", bundle, "--out", music))
                .contains("--out holds something that is not a model bundle");
        assertThat(failure("quantize", bundle, "--out", bundle))
                .contains("--out is the bundle itself");
        trainer("evaluate", bundle, music);
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left.map(Path::getFileName).map(Path::toString))
                    .contains("music", "bundle")
                    .noneMatch(name -> name.startsWith("twice") || name.endsWith(".part"));
        }
    }

    @Test
    void exportRefusesBadOptionsBeforeItWritesAnything() throws IOException {
        // Given
        trained(2);

        // When, Then
        assertThat(failure(export("--name", "No Name"))).contains("name");
        assertThat(failure(export("--name", "tiny", "--temperature", "-1")))
                .contains("temperature");
        assertThat(failure(export("--name", "tiny", "--attribution", "nobody=me")))
                .contains("--attribution");
        assertThat(failure(export("--name", "tiny", "--frames", "-1")))
                .contains("--frames must be at least 1");
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left.map(Path::getFileName).map(Path::toString))
                    .noneMatch(name -> name.startsWith("bundle"));
        }
    }

    /** Writes music, prepares it and trains on it. */
    private void trained(int updates) throws IOException {
        Path music = directory.resolve("music");
        SampleMusic.write(music.resolve("study.mid"), SampleMusic.arpeggios(40, 8));
        String prepared = path("music.prepared");
        trainer("prepare", music.toString(), "--out", prepared);
        trainer(train(prepared, updates));
    }

    /** The bundle of such a training. */
    private String exported(int updates) throws IOException {
        trained(updates);
        trainer(export("--name", "tiny"));
        return path("bundle");
    }

    /** How the training becomes that bundle. */
    private String[] export(String... options) {
        List<String> arguments = new ArrayList<>(List.of("export", path("run")));
        arguments.addAll(List.of("--data", path("music.prepared"), "--out", path("bundle")));
        arguments.addAll(List.of(options));
        return arguments.toArray(String[]::new);
    }

    private static Map<String, String> hashes(Path bundle) throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        try (Stream<Path> files = Files.list(bundle)) {
            for (Path file : files.toList()) {
                hashes.put(String.valueOf(file.getFileName()), BundleFiles.hash(file));
            }
        }
        return hashes;
    }

    private static String failure(String... arguments) {
        StringWriter words = new StringWriter();
        assertThat(execute(words, arguments)).isNotZero();
        return words.toString();
    }

    private String[] train(String prepared, int updates) {
        List<String> arguments = new ArrayList<>(List.of("train", "--data", prepared));
        arguments.addAll(List.of("--valid", prepared, "--run", path("run")));
        arguments.addAll(List.of("--updates", String.valueOf(updates)));
        arguments.addAll(List.of("--json", path("training.json")));
        for (String setting : TINY) {
            arguments.add("--set");
            arguments.add(setting);
        }
        return arguments.toArray(String[]::new);
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    private JsonNode json(String name) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(directory.resolve(name)));
    }

    private static void trainer(String... arguments) {
        StringWriter words = new StringWriter();
        assertThat(execute(words, arguments)).as(words.toString()).isZero();
    }

    private static int execute(StringWriter words, String... arguments) {
        PrintWriter screen = new PrintWriter(words, true);
        return Trainer.commandLine(CLOCK).setOut(screen).setErr(screen).execute(arguments);
    }
}
