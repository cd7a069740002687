package org.partita.trainer.report;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The command that runs, as it was given, so that what it wrote says how to write it again. */
public final class GivenCommand {

    private static final Pattern PLAIN = Pattern.compile("[\\p{Alnum}_./:=,+@%-]+");

    private GivenCommand() {}

    /** One line for a POSIX shell; empty if the command was not given on a command line. */
    public static String of(CommandSpec spec) {
        @Nullable ParseResult parsed = spec.root().commandLine().getParseResult();
        if (parsed == null || parsed.originalArgs().isEmpty()) {
            return "";
        }
        return parsed.originalArgs().stream()
                .map(GivenCommand::quoted)
                .collect(Collectors.joining(" ", "./partita trainer ", ""));
    }

    private static String quoted(String argument) {
        return PLAIN.matcher(argument).matches()
                ? argument
                : "'" + argument.replace("'", "'\\''") + "'";
    }
}
