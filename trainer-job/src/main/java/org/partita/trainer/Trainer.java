package org.partita.trainer;

import org.partita.trainer.benchmark.BenchmarkCommand;
import org.partita.trainer.data.PrepareCommand;
import org.partita.trainer.evaluate.EvaluateCommand;
import org.partita.trainer.export.ExportCommand;
import org.partita.trainer.samples.SamplesCommand;
import org.partita.trainer.training.TrainCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The trainer's command line. */
@Command(
        name = "trainer",
        mixinStandardHelpOptions = true,
        description = "Make a model that composes: prepare MIDI files, train, evaluate, export.",
        subcommands = {
            PrepareCommand.class,
            TrainCommand.class,
            EvaluateCommand.class,
            ExportCommand.class,
            BenchmarkCommand.class,
            SamplesCommand.class
        })
public final class Trainer {

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Trainer())
                .setExecutionExceptionHandler((exception, commandLine, _) -> {
                    commandLine.getErr().println(problem(exception));
                    return 1;
                });
    }

    private static String problem(Exception exception) {
        String message = exception.getMessage();
        return exception.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }
}
