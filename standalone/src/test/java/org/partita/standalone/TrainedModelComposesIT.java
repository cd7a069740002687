package org.partita.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.partita.music.Note;
import org.partita.music.Score;
import org.partita.music.event.Grid;
import org.partita.music.event.GridMeter;
import org.partita.music.event.GridNote;
import org.partita.music.event.GridPart;
import org.partita.music.event.GridScore;
import org.partita.music.event.GridTempo;
import org.partita.music.midi.MidiReader;
import org.partita.music.midi.MidiWriter;
import org.partita.protocol.GenerationRequest;
import org.partita.protocol.Length;
import org.partita.protocol.Sampling;
import org.partita.protocol.Start;
import org.partita.worker.engine.Composition;
import org.partita.worker.engine.Engine;
import org.partita.worker.engine.EngineSettings;
import org.partita.worker.engine.ExecutionProvider;
import org.partita.worker.engine.ModelBundle;

/** From music that a test writes, through the trainer's commands, to a piece by the worker. */
class TrainedModelComposesIT {

    /** Packaged before this module wherever the whole project is built. */
    private static final Path TRAINER = Path.of("..", "trainer-job", "target", "trainer-job.jar");

    private static final int BAR = 4 * Grid.STEPS_PER_QUARTER;
    private static final int EIGHTH = Grid.STEPS_PER_QUARTER / 2;
    private static final int[] FIGURE = {12, 16, 19, 24, 19, 16, 12, 16};
    private static final int[] ROOTS = {40, 45, 47, 40};

    private static final List<String> TINY =
            List.of(
                    "hidden=32",
                    "layers=3",
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
                    "silentStart=0.2",
                    "randomStart=0",
                    "knownEnd=0",
                    "unknownStyle=1");

    @TempDir private Path directory;

    @Test
    void modelContinuesTheMusicItLearntByHeart()
            throws IOException, InterruptedException, TimeoutException {
        assumeTrue(Files.isRegularFile(TRAINER), "trainer-job is packaged");

        // Given: a model that knows one study, and the study's first four bars
        Path music = Files.createDirectories(directory.resolve("music"));
        Files.write(music.resolve("study.mid"), study(8));
        Path bundle = trained(music);
        GenerationRequest request =
                GenerationRequest.of(
                        new Start.Midi(Base64.getEncoder().encodeToString(study(4))),
                        new Length.Notes(36));

        // When
        Composition piece;
        Composition again;
        try (ModelBundle model = ModelBundle.load(bundle, ExecutionProvider.CPU);
                Engine engine = new Engine(model, new EngineSettings(1, 2))) {
            Sampling greedy = new Sampling(0, 0, 1, 0);
            piece = engine.compose(request, 1, greedy).await(Duration.ofMinutes(1));
            again = engine.compose(request, 1, greedy).await(Duration.ofMinutes(1));
        }

        // Then: as many notes as asked for, most of them where the study has them
        Score score = MidiReader.read(piece.midi(), "piece");
        List<Note> notes = score.parts().getFirst().notes();
        assertThat(score.noteCount()).isEqualTo(36);
        Set<String> expected = places(MidiReader.read(study(4), "study"));
        assertThat(places(score)).filteredOn(expected::contains).hasSizeGreaterThan(28);
        assertThat(notes).extracting(Note::pitch).contains(40, 45, 47);
        assertThat(again.midi()).isEqualTo(piece.midi());
    }

    /** Start in sixteenths and pitch of every note. */
    private static Set<String> places(Score score) {
        return score.parts().stream()
                .flatMap(part -> part.notes().stream())
                .map(note ->
                        note.start().value() * 4 / score.ticksPerQuarter() + ":" + note.pitch())
                .collect(Collectors.toSet());
    }

    /** Broken chords over a bass that comes back every four bars, nine notes a bar. */
    private static byte[] study(int bars) {
        List<GridNote> notes = new ArrayList<>();
        for (int bar = 0; bar < bars; bar++) {
            int root = ROOTS[bar % ROOTS.length];
            notes.add(new GridNote(0, root, 96, bar * BAR, BAR));
            for (int i = 0; i < FIGURE.length; i++) {
                int start = bar * BAR + i * EIGHTH;
                notes.add(new GridNote(0, root + FIGURE[i], 64, start, EIGHTH));
            }
        }
        GridScore score =
                new GridScore(
                        List.of(GridPart.PIANO),
                        notes,
                        List.of(GridMeter.COMMON_TIME),
                        List.of(new GridTempo(0, 500_000)));
        return MidiWriter.write(score.toScore());
    }

    private Path trained(Path music) throws IOException, InterruptedException {
        String prepared = directory.resolve("music.prepared").toString();
        String run = directory.resolve("run").toString();
        Path bundle = directory.resolve("bundle");
        trainer("prepare", music.toString(), "--out", prepared);
        List<String> training = new ArrayList<>(List.of("train", "--data", prepared));
        training.addAll(List.of("--run", run, "--updates", "250"));
        TINY.forEach(setting -> training.addAll(List.of("--set", setting)));
        trainer(training.toArray(String[]::new));
        trainer("export", run, "--data", prepared, "--out", bundle.toString(), "--name", "tiny");
        return bundle;
    }

    /** Runs a command of the packaged trainer in a JVM of its own, as people do. */
    private void trainer(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx1g", "-jar", TRAINER.toString()));
        command.addAll(List.of(arguments));
        Path words = directory.resolve("trainer.txt");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(words.toFile());
        // Threads that wait by spinning starve each other where the cores are busy.
        builder.environment().put("OMP_NUM_THREADS", "1");
        builder.environment().put("OMP_WAIT_POLICY", "PASSIVE");
        builder.environment().put("OPENBLAS_NUM_THREADS", "1");
        Process process = builder.start();
        try {
            assertThat(process.waitFor(4, TimeUnit.MINUTES)).as("ends in time").isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(words)).isZero();
    }
}
