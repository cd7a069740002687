package org.partita.worker.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.partita.music.Score;
import org.partita.music.midi.MidiReader;
import org.partita.music.midi.MidiWriter;
import org.partita.protocol.GenerationRequest;
import org.partita.protocol.Length;
import org.partita.protocol.Sampling;
import org.partita.protocol.Start;
import org.partita.worker.engine.Engine;
import org.partita.worker.engine.EngineSettings;
import org.partita.worker.engine.ExecutionProvider;
import org.partita.worker.engine.ModelBundle;
import picocli.CommandLine;

class ReproduceCommandTest {

    @TempDir private Path directory;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @SuppressWarnings("NullAway.Init")
    private Path models;

    @SuppressWarnings("NullAway.Init")
    private Path file;

    @BeforeEach
    void compose() throws Exception {
        models = Path.of(Objects.requireNonNull(getClass().getResource("/models")).toURI());
        file = directory.resolve("piece.mid");
        try (ModelBundle model = ModelBundle.load(models.resolve("random"), ExecutionProvider.CPU);
                Engine engine = new Engine(model, new EngineSettings(2, 4))) {
            GenerationRequest request =
                    GenerationRequest.of(new Start.ChosenNote(62), new Length.Seconds(8));
            Files.write(
                    file,
                    engine.compose(request, 99, new Sampling(0.8, 30, 0.9, 0.02))
                            .await(Duration.ofMinutes(1))
                            .midi());
        }
    }

    @Test
    void composesTheSameBytesAgain() throws Exception {
        Path again = directory.resolve("again.mid");

        int exit = run(file.toString(), "--output", again.toString());

        assertThat(err.toString()).isEmpty();
        assertThat(exit).isZero();
        assertThat(again).hasSameBinaryContentAs(file);
        assertThat(out.toString()).startsWith("same bytes");
    }

    @Test
    void noticesAFileThatWasChanged() throws Exception {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 5] ^= 1;
        Files.write(file, bytes);

        assertThat(run(file.toString())).isEqualTo(1);
        assertThat(out.toString()).startsWith("other bytes");
    }

    @Test
    void saysWhatAFileLacks() throws Exception {
        Score score = MidiReader.read(file);
        Files.write(
                file,
                MidiWriter.write(
                        new Score(
                                score.ticksPerQuarter(),
                                score.parts(),
                                score.tempos(),
                                score.meters(),
                                List.of("a song"))));

        assertThat(run(file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("does not say how it was composed");
    }

    private int run(String... arguments) {
        CommandLine command =
                new CommandLine(new ReproduceCommand())
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true));
        String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--models";
        all[arguments.length + 1] = models.toString();
        return command.execute(all);
    }
}
