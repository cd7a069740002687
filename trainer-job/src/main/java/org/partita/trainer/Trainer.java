package org.partita.trainer;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.ZoneId;
import org.partita.trainer.benchmark.BenchmarkCommand;
import org.partita.trainer.data.PrepareCommand;
import org.partita.trainer.evaluate.EvaluateCommand;
import org.partita.trainer.export.ExportCommand;
import org.partita.trainer.export.QuantizeCommand;
import org.partita.trainer.export.StepBenchmarkCommand;
import org.partita.trainer.samples.SamplesCommand;
import org.partita.trainer.training.TrainCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.UnmatchedArgumentException;

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
            QuantizeCommand.class,
            BenchmarkCommand.class,
            SamplesCommand.class,
            StepBenchmarkCommand.class
        })
public final class Trainer {

    public static void main(String[] arguments) {
        System.exit(commandLine(Clock.system(ZoneId.systemDefault())).execute(arguments));
    }

    /** All commands, with the trainer's own way to report errors: 2 = wrong call, 1 = failed. */
    static CommandLine commandLine(Clock clock) {
        return new CommandLine(new Trainer(), factory(clock))
                .setParameterExceptionHandler((exception, _) -> {
                    CommandLine command = exception.getCommandLine();
                    command.getErr().println(exception.getMessage());
                    UnmatchedArgumentException.printSuggestions(exception, command.getErr());
                    command.getErr()
                            .printf(
                                    "'%s --help' explains the options.%n",
                                    command.getCommandSpec().qualifiedName());
                    return command.getCommandSpec().exitCodeOnInvalidInput();
                })
                .setExecutionExceptionHandler((exception, commandLine, _) -> {
                    commandLine.getErr().println(problem(exception));
                    return 1;
                });
    }

    /** Makes commands, giving the time to those that want it. */
    private static IFactory factory(Clock clock) {
        IFactory others = CommandLine.defaultFactory();
        return new IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                if (type == TrainCommand.class) {
                    return type.cast(new TrainCommand(clock));
                }
                if (type == ExportCommand.class) {
                    return type.cast(new ExportCommand(clock));
                }
                if (type == QuantizeCommand.class) {
                    return type.cast(new QuantizeCommand(clock));
                }
                return others.create(type);
            }
        };
    }

    /** One sentence: what we say ourselves as it is, what libraries say behind its kind. */
    private static String problem(Exception exception) {
        String message = exception.getMessage();
        String sentence = message == null ? "no reason given" : message;
        return switch (exception) {
            case NoSuchFileException missing -> "no such file: " + missing.getFile();
            case AccessDeniedException denied -> "no permission for " + denied.getFile();
            case IOException plain when plain.getClass() == IOException.class -> sentence;
            case IllegalArgumentException _ -> sentence;
            default -> exception.getClass().getSimpleName() + ": " + sentence;
        };
    }
}
