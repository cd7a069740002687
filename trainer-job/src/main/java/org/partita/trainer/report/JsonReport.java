package org.partita.trainer.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The option {@code --json} of a command, and the file that it names. */
public final class JsonReport {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the report here.")
    private @Nullable Path file;

    /** Writes the report if a file was named. */
    public void write(Object report) throws IOException {
        if (file != null) {
            Files.writeString(file, MAPPER.writeValueAsString(report) + "\n");
        }
    }
}
