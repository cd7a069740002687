package org.partita.worker.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.partita.music.midi.MidiReader;
import org.partita.protocol.GenerationRequest;
import org.partita.protocol.Length;
import org.partita.protocol.Sampling;
import org.partita.protocol.Start;
import org.partita.worker.engine.Engine;
import org.partita.worker.engine.EngineSettings;
import org.partita.worker.engine.ExecutionProvider;
import org.partita.worker.engine.ModelBundle;
import picocli.CommandLine;

class ComposeCommandTest {

    @TempDir private Path directory;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @SuppressWarnings("NullAway.Init")
    private Path model;

    @BeforeEach
    void findModel() throws Exception {
        model =
                Path.of(Objects.requireNonNull(getClass().getResource("/models")).toURI())
                        .resolve("random");
    }

    @Test
    void writesTheBytesThatTheEngineGivesForEachSeed() throws Exception {
        int exit = run("--count", "5", "--seed", "40", "--notes", "30", "--start", "note:60");

        assertThat(err.toString()).isEmpty();
        assertThat(exit).isZero();
        assertThat(names())
                .containsExactly(
                        "000040.mid", "000041.mid", "000042.mid", "000043.mid", "000044.mid");
        assertThat(directory.resolve("out/000042.mid")).hasBinaryContent(alone(42));
    }

    @Test
    void composesTheRequestsOfAFileUnderTheirSeeds() throws IOException {
        Path requests = directory.resolve("requests.jsonl");
        Files.writeString(
                requests,
                """
                {"start":{"kind":"note","pitch":50},"length":{"notes":20},"seed":7}
                {"start":{"kind":"random"},"length":{"bars":3},"meter":"3/4","seed":900}
                """);

        int exit = run("--requests", requests.toString());

        assertThat(err.toString()).isEmpty();
        assertThat(exit).isZero();
        assertThat(names()).containsExactly("000007.mid", "000900.mid");
        assertThat(MidiReader.read(directory.resolve("out/000007.mid")).noteCount()).isEqualTo(20);
        assertThat(MidiReader.read(directory.resolve("out/000900.mid")).meters().getFirst())
                .satisfies(meter -> assertThat(meter.numerator()).isEqualTo(3));
    }

    @Test
    void namesTheLineOfARequestThatCannotBeUsed() throws IOException {
        Path requests = directory.resolve("requests.jsonl");
        Files.writeString(
                requests,
                """
                {"start":{"kind":"random"},"length":{"notes":20},"seed":7}
                {"start":{"kind":"random"},"length":{"notes":0},"seed":8}
                """);

        assertThat(run("--requests", requests.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("line 2").contains("1..20000");
    }

    @Test
    void refusesTwoLengthsAndUnknownStarts() {
        assertThat(run("--notes", "5", "--bars", "5")).isEqualTo(2);
        assertThat(run("--start", "loud")).isEqualTo(2);

        assertThat(err.toString())
                .contains("only one of --notes, --bars and --seconds")
                .contains("--start reads");
    }

    @Test
    void mixedStartsWalkTheWholePiano() {
        StartPlan plan = StartPlan.parse("mixed");

        List<Start> starts = IntStream.range(0, 176).mapToObj(plan::start).toList();

        assertThat(starts).filteredOn(Start.Random.class::isInstance).hasSize(88);
        assertThat(starts)
                .filteredOn(Start.ChosenNote.class::isInstance)
                .map(start -> ((Start.ChosenNote) start).pitch())
                .containsExactlyElementsOf(IntStream.rangeClosed(21, 108).boxed().toList());
    }

    private byte[] alone(long seed) throws Exception {
        try (ModelBundle bundle = ModelBundle.load(model, ExecutionProvider.best());
                Engine engine = new Engine(bundle, new EngineSettings(1, 1))) {
            GenerationRequest request =
                    GenerationRequest.of(new Start.ChosenNote(60), new Length.Notes(30));
            var defaults = bundle.manifest().defaults();
            return engine.compose(
                            request,
                            seed,
                            new Sampling(
                                    defaults.temperature(),
                                    defaults.topK(),
                                    defaults.topP(),
                                    defaults.minP()))
                    .await(Duration.ofMinutes(1))
                    .midi();
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("out"))) {
            return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
        }
    }

    private int run(String... arguments) {
        CommandLine command =
                new CommandLine(new ComposeCommand())
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true));
        String[] all =
                Stream.concat(
                                Stream.of(arguments),
                                Stream.of(
                                        "--model",
                                        model.toString(),
                                        "--out",
                                        directory.resolve("out").toString()))
                        .toArray(String[]::new);
        return command.execute(all);
    }
}
