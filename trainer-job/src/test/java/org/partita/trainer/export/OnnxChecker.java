package org.partita.trainer.export;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** ONNX's own checker in a child process. */
final class OnnxChecker {

    private static final Path LIBRARIES = Path.of("target", "onnx-checker");
    private static final Path PROGRAM =
            Path.of("src", "test", "resources", "onnx-checker", "CheckModels.java");

    private OnnxChecker() {}

    /** What the checker says; one line "valid FILE" for each file that it finds no fault with. */
    static String check(Path temporary, Path... models) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-cp");
        command.add(LIBRARIES + "/*");
        command.add(PROGRAM.toString());
        for (Path model : models) {
            command.add(model.toString());
        }
        Path output = temporary.resolve("checker.txt");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("the checker did not end within a minute");
        }
        return java.nio.file.Files.readString(output, StandardCharsets.UTF_8);
    }
}
