package org.partita.trainer.samples;

import static org.assertj.core.api.Assertions.assertThat;

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
