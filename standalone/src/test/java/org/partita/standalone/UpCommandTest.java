package org.partita.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class UpCommandTest {

    @ParameterizedTest
    @CsvSource({"--port, 70000", "--port, 0", "--kafka-port, -1", "--redis-port, http"})
    void refusesWhatIsNoPortNamingOptionAndRange(String option, String port) {
        // Given
        StringWriter errors = new StringWriter();
        CommandLine command = Partita.commandLine().setErr(new PrintWriter(errors));
        // When
        int status = command.execute("up", option + "=" + port);
        // Then
        assertThat(status).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(errors.toString()).contains(option, "'" + port + "'", "1..65535");
    }

    @Test
    void tellsAHostThatIsNotThereFromAPortInUse(@TempDir Path data) {
        // Given
        String host = "no.such.host.invalid";
        StringWriter errors = new StringWriter();
        CommandLine command = Partita.commandLine().setErr(new PrintWriter(errors));
        // When
        int status = command.execute("up", "--address=" + host, "--data=" + data);
        // Then
        assertThat(status).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(errors.toString()).contains("There is no host " + host, "--address");
    }
}
