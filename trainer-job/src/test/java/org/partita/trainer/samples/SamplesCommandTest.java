package org.partita.trainer.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.partita.music.event.GridNote;
import org.partita.music.midi.MidiWriter;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SamplesCommandTest {

    @TempDir private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void composedPiecesAreReportedByStartBesideRealOnes() throws IOException {
        music("pieces/random", 3, 1, 80);
        music("pieces/note", 3, 4, 80);
        music("pieces/long", 1, 7, 4 * Drift.NOTES);
        music("real", 4, 100, 5 * Drift.NOTES);
        music("train", 2, 1, 80);
        Path json = directory.resolve("report.json");

        int status =
                samples(
                        "--pieces",
                        at("pieces"),
                        "--real",
                        at("real"),
                        "--train",
                        at("train"),
                        "--out",
                        at("report"),
                        "--json",
                        json.toString());

        assertThat(err.toString()).isEmpty();
        assertThat(status).isZero();
        JsonNode report = JsonMapper.shared().readTree(json.toFile());
        assertThat(report.path("groups").findValuesAsString("pieces"))
                .containsExactly("3", "3", "6");
        assertThat(report.path("features").size()).isEqualTo(9);
        assertThat(report.path("drift").path("composed").size()).isEqualTo(4);
        assertThat(report.path("validity").path("valid").asInt()).isEqualTo(7);
        // Two of the three random pieces are the training music.
        JsonNode random = report.path("originality").get(0);
        assertThat(random.path("meanShare").asDouble()).isGreaterThan(0.6);
        assertThat(random.path("longestRun").asInt()).isEqualTo(80);
        String page = Files.readString(directory.resolve("report/report.md"));
        assertThat(page).contains("pitch-class entropy", "entropy-drift.svg");
        assertThat(directory.resolve("report/entropy-drift.svg")).isNotEmptyFile();
        assertThat(SamplesSummary.of(json))
                .contains(
                        "| pitch-class entropy | ",
                        "| feature of mgeval | overlap area | KL, nats |",
                        "| random | ",
                        "7 of 7 files have no fault.",
                        "--pieces " + at("pieces"));
    }

    @Test
    void onlyAReportOfSamplesCanBeSummedUp() throws IOException {
        Path other = Files.writeString(directory.resolve("other.json"), "{\"pieces\": 3}");
        Path words = Files.writeString(directory.resolve("words.json"), "words");

        assertThatThrownBy(() -> SamplesSummary.of(other))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is no report of samples");
        assertThatThrownBy(() -> SamplesSummary.of(words))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is no report of samples");
    }

    @Test
    void filesThatCannotBeMeasuredAreAmongTheFaults() throws IOException {
        music("pieces", 2, 1, 80);
        Files.write(
                directory.resolve("pieces/silent.mid"),
                MidiWriter.write(StatisticTest.piece(List.of()).toScore()));
        Files.writeString(directory.resolve("pieces/words.mid"), "this is no music");
        music("real", 2, 100, 80);
        Path json = directory.resolve("report.json");

        int status =
                samples("--pieces", at("pieces"), "--real", at("real"), "--json", json.toString());

        assertThat(status).as(err.toString()).isZero();
        JsonNode validity = JsonMapper.shared().readTree(json.toFile()).path("validity");
        assertThat(validity.path("valid").asInt()).isEqualTo(2);
        assertThat(validity.path("faulty").findValuesAsString("file"))
                .containsExactly("silent.mid", "words.mid");
        assertThat(validity.toString()).contains("holds no notes", "cannot be measured");
    }

    @Test
    void directoriesWithoutMusicAreRefusedBeforeAnythingIsMeasured() throws IOException {
        music("pieces", 2, 1, 80);
        music("real", 2, 100, 80);
        music("short", 2, 100, 5);

        assertThat(samples("--pieces", at("pieces"), "--real", at("short"))).isEqualTo(1);
        assertThat(err.toString()).contains("--real holds no usable MIDI file: " + at("short"));
        assertThat(out.toString()).contains("skipped 2: fewer than 16 notes");

        assertThat(samples("--pieces", at("pieces"), "--real", at("real"), "--train", at("short")))
                .isEqualTo(1);
        assertThat(err.toString()).contains("--train holds no usable MIDI file: " + at("short"));
    }

    @Test
    void anOddNumberOfPiecesIsComposedWhole() throws IOException, InterruptedException {
        Path calls = directory.resolve("calls");
        Path launcher =
                Files.writeString(
                        directory.resolve("launcher"),
                        "#!/bin/sh\necho \"$*\" >> '%s'\n".formatted(calls));
        assertThat(launcher.toFile().setExecutable(true)).isTrue();

        new SampleSet(directory.resolve("set"), launcher.toString(), null, List.of())
                .compose(5, 80);

        assertThat(Files.readAllLines(calls))
                .satisfiesExactly(
                        random -> assertThat(random).contains("--count 2 --start random"),
                        note -> assertThat(note).contains("--count 3 --start note:21-108"));
    }

    @Test
    void composingNeedsAPlaceForThePieces() throws IOException {
        music("real", 2, 1, 80);

        assertThat(samples("--real", at("real"))).isEqualTo(2);

        assertThat(err.toString()).contains("--out is missing");
    }

    private int samples(String... arguments) {
        return new CommandLine(new SamplesCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private String at(String folder) {
        return directory.resolve(folder).toString();
    }

    private void music(String folder, int pieces, long firstSeed, int notes) throws IOException {
        Path at = Files.createDirectories(directory.resolve(folder));
        for (int i = 0; i < pieces; i++) {
            SplittableRandom random = new SplittableRandom(firstSeed + i);
            List<GridNote> melody = new ArrayList<>();
            int step = 0;
            for (int n = 0; n < notes; n++) {
                melody.add(StatisticTest.note(50 + random.nextInt(24), step, 12));
                step += 12 * (1 + random.nextInt(3));
            }
            Files.write(
                    at.resolve(firstSeed + i + ".mid"),
                    MidiWriter.write(StatisticTest.piece(melody).toScore()));
        }
    }
}
