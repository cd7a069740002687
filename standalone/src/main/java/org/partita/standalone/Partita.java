package org.partita.standalone;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the launcher's own programs. */
@Command(
        name = "partita",
        description = "Composes music on request.",
        subcommands = UpCommand.class,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
final class Partita {

    private Partita() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Partita())
                .registerConverter(Address.class, Partita::address)
                .setExecutionExceptionHandler(Partita::refuse);
    }

    private static Address address(String text) {
        try {
            return Address.parse(text);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.TypeConversionException(e.getMessage());
        }
    }

    private static int refuse(
            Exception exception, CommandLine command, CommandLine.ParseResult arguments)
            throws Exception {
        if (exception instanceof StartRefusedException) {
            command.getErr().println(exception.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        throw exception;
    }
}
