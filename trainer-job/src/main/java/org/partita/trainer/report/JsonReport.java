package org.partita.trainer.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The option {@code --json} of a command, and the file that it names: command, then report. */
public final class JsonReport {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the report here.")
    private @Nullable Path file;

    /** Writes the report if a file was named. */
    public void write(Record report) throws IOException {
        if (file != null) {
            ObjectNode tree = MAPPER.createObjectNode();
            tree.put("command", GivenCommand.of(spec));
            tree.setAll((ObjectNode) MAPPER.valueToTree(report));
            Files.writeString(file, MAPPER.writeValueAsString(tree) + "\n");
        }
    }
}
