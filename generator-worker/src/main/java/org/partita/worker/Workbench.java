package org.partita.worker;

import org.partita.worker.workbench.BenchCommand;
import org.partita.worker.workbench.ComposeCommand;
import org.partita.worker.workbench.ReproduceCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The engine on the command line, without queue and store. */
@Command(
        name = "partita",
        mixinStandardHelpOptions = true,
        subcommands = {BenchCommand.class, ComposeCommand.class, ReproduceCommand.class})
public final class Workbench {

    private Workbench() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Workbench()).execute(args));
    }
}
