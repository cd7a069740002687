package org.partita.trainer.training;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Trains in a directory, which receives checkpoints, metrics and the loss curve, and tells a screen
 * how it goes.
 */
public final class Training {

    private final Path directory;
    private final TrainingConfig config;
    private final int threads;
    private final PrintWriter screen;

    /**
     * @param threads of libtorch on the CPU
     */
    public Training(Path directory, TrainingConfig config, int threads, PrintWriter screen) {
        this.directory = directory;
        this.config = config;
        this.threads = threads;
        this.screen = screen;
    }

    /**
     * Trains on some pieces until the budget is used up; parameters as {@link TrainingRun}'s.
     *
     * @return what was reached
     */
    public Checkpoint run(
            Repertoire learnt,
            DataSummary data,
            Repertoire held,
            @Nullable Start start,
            @Nullable Checkpoint checkpoint,
            Budget budget,
            TrainingRun.Rhythm rhythm)
            throws IOException, InterruptedException {
        torch.set_num_threads(threads);
        boolean terminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        int resumedAt = checkpoint == null ? 0 : checkpoint.state().update();
        Files.createDirectories(directory);
        long zero = System.nanoTime();
        try (RunLog log = new RunLog(directory, screen, terminal, resumedAt);
                TrainingRun training =
                        new TrainingRun(
                                directory,
                                config,
                                learnt,
                                data,
                                held,
                                start,
                                checkpoint,
                                log,
                                () -> (System.nanoTime() - zero) / 1e9)) {
            // Not before the run has found that it can be.
            Files.writeString(directory.resolve("config.json"), config.toJson() + "\n");
            screen.printf(
                    "%,d parameters on %s; %,d pieces, %,d notes, %,d events%n",
                    training.network().parameters().size(),
                    training.network().device().str().getString(),
                    data.pieces(),
                    data.notes(),
                    data.events());
            screen.flush();
            training.run(budget, rhythm);
        }
        Checkpoint reached = Checkpoint.latest(directory);
        Checkpoint.State end = reached.state();
        screen.printf(
                "%d updates, %,d events, %.2f epochs, %.1f minutes; checkpoint in %s%n",
                end.update(), end.events(), end.epochs(), end.seconds() / 60, directory);
        screen.flush();
        return reached;
    }
}
