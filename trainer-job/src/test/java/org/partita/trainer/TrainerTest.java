package org.partita.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TrainerTest {

    @TempDir private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void helpNamesTheCommands() {
        assertThat(trainer("--help")).isZero();

        assertThat(out.toString()).contains("prepare", "train", "--help");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void everyCommandHelps() {
        for (String command : Trainer.commandLine(Clock.systemUTC()).getSubcommands().keySet()) {
            assertThat(trainer(command, "--help")).as(command).isZero();

            assertThat(out.toString()).as(command).contains("Usage: trainer " + command);
        }
    }

    @Test
    void unknownOptionIsNamed() {
        assertThat(trainer("prepare", "--loud", "--out", "x", directory.toString())).isEqualTo(2);

        assertThat(err.toString()).contains("--loud").contains("'trainer prepare --help'");
        assertThat(err.toString().lines()).hasSizeLessThan(5);
    }

    @Test
    void unknownCommandIsNamed() {
        assertThat(trainer("compose")).isEqualTo(2);

        assertThat(err.toString()).contains("compose");
    }

    @Test
    void missingDirectoryIsNamed() {
        Path missing = directory.resolve("missing");

        int code = trainer("prepare", missing.toString(), "--out", file("music"));

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains("DIR is not a directory: " + missing);
    }

    @Test
    void impossibleProgramIsAWrongCallEverywhere() {
        String here = directory.toString();

        assertThat(trainer("prepare", here, "--out", file("music"), "--programs", "200"))
                .isEqualTo(2);
        assertThat(err.toString()).startsWith("program out of range 0..127: 200");
        assertThat(trainer("samples", "--real", here, "--pieces", here, "--programs", "200"))
                .isEqualTo(2);
        assertThat(err.toString()).startsWith("program out of range 0..127: 200");
    }

    @Test
    void directoryWithoutMusicIsOneSentence() {
        int code = trainer("prepare", directory.toString(), "--out", file("music"));

        assertThat(code).isEqualTo(1);
        assertThat(err.toString())
                .contains("No usable MIDI file in")
                .contains(directory.toString());
    }

    @Test
    void trainingWithoutDataIsOneSentence() {
        int code = trainer("train", "--run", file("run"), "--updates", "1");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).startsWith("--data is required");
    }

    @Test
    void missingDataFileIsOneSentence() {
        int code = trainer("train", "--data", file("none"), "--run", file("run"), "--updates", "1");

        assertThat(code).isEqualTo(1);
        assertThat(err.toString().lines()).containsExactly("no such file: " + file("none"));
    }

    @Test
    void fileThatIsNotPreparedMusicIsOneSentence() throws IOException {
        Files.writeString(directory.resolve("words"), "words");

        int code =
                trainer("train", "--data", file("words"), "--run", file("run"), "--updates", "1");

        assertThat(code).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly(file("words") + " is not prepared music or is damaged");
    }

    @Test
    void trainingWithoutAnEndIsRefused() throws IOException {
        SampleMusic.write(directory.resolve("a.mid"), SampleMusic.arpeggios(40, 2));
        trainer("prepare", directory.toString(), "--out", file("music"));

        int code = trainer("train", "--data", file("music"), "--run", file("run"));

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).startsWith("say when to end: --updates, --minutes or --until");
    }

    @Test
    void wrongSettingIsNamed() {
        int code = trainer("train", "--set", "segment=0", "--print-config");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).startsWith("--set: segment must be positive: 0");
    }

    @Test
    void nothingToResumeIsOneSentence() throws IOException {
        SampleMusic.write(directory.resolve("a.mid"), SampleMusic.arpeggios(40, 2));
        trainer("prepare", directory.toString(), "--out", file("music"));

        int code =
                trainer(
                        "train",
                        "--resume",
                        "--data",
                        file("music"),
                        "--run",
                        file("run"), //
                        "--updates",
                        "1");

        assertThat(code).isEqualTo(1);
        assertThat(err.toString().lines()).containsExactly("no checkpoint in " + file("run"));
    }

    @Test
    void resumingKeepsTheConfiguration() {
        for (String option : List.of("--set=seed=2", "--config=c.json", "--from=bundle")) {
            assertThat(trainer("train", "--resume", "--data=d", "--run=r", option)).isEqualTo(2);

            assertThat(err.toString())
                    .startsWith("--resume keeps the run's configuration and weights")
                    .contains(option.substring(0, option.indexOf('=')) + " out");
        }
    }

    @Test
    void wrongOptionsOfABenchmarkAreWrongCalls() throws IOException {
        String set =
                Files.writeString(
                                directory.resolve("tiny.json"),
                                "{\"train\":[[[60],[62]]],\"valid\":[[[60]]]}")
                        .toString();

        assertWrong("--updates must be at least 1: 0", "benchmark", set, "--updates", "0");
        assertWrong("--minutes must be above 0: 0.0", "benchmark", set, "--minutes", "0");
        assertWrong(
                "--validation-minutes must be at least 0: -1.0",
                "benchmark",
                set,
                "--validation-minutes",
                "-1");
        assertWrong("--set: ", "benchmark", set, "--set", "hidden=0", "--run", file("run"));
        assertWrong("--set seed: name seeds by --seeds", "benchmark", set, "--set", "seed=2");
        assertWrong(
                "--updates has no use beside --checkpoint",
                "benchmark",
                set,
                "--checkpoint",
                file("run"),
                "--updates",
                "9");
        assertWrong("--orders is for --ngram alone", "benchmark", set, "--orders", "3");
    }

    private void assertWrong(String message, String... arguments) {
        assertThat(trainer(arguments)).as(message).isEqualTo(2);
        assertThat(err.toString()).startsWith(message);
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    private int trainer(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine commandLine = Trainer.commandLine(Clock.systemUTC());
        return commandLine
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
