package org.partita.worker.workbench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.partita.worker.Workbench;
import tools.jackson.databind.json.JsonMapper;

/** What is measured in processes of their own. */
final class OtherProcesses {

    /** Where the launcher says that it lies. */
    private static final String LAUNCHER = "partita.launcher";

    static final String READY = "ready";

    private OtherProcesses() {}

    /**
     * Libtorch on one event at a time, by the trainer; empty where the program was not started by
     * its launcher, which knows how to start the trainer.
     */
    static Optional<Rate> libtorch(Path model, double seconds)
            throws IOException, InterruptedException {
        return trainer("step-benchmark", model.toString(), "--seconds", Double.toString(seconds))
                .map(JsonMapper.shared()::readTree)
                .map(rate ->
                        new Rate(
                                rate.path("events").asLong(),
                                rate.path("wallSeconds").asDouble(),
                                rate.path("cpuSeconds").asDouble(),
                                0));
    }

    /** Has the trainer write the model with 8-bit weights; false where there is no launcher. */
    static boolean quantize(Path model, Path target) throws IOException, InterruptedException {
        return trainer("quantize", model.toString(), "--out", target.toString()).isPresent();
    }

    /** The last line that the trainer printed; empty where there is no launcher. */
    private static Optional<String> trainer(String... arguments)
            throws IOException, InterruptedException {
        String launcher = System.getProperty(LAUNCHER);
        if (launcher == null) {
            return Optional.empty();
        }
        List<String> command = new ArrayList<>(List.of(launcher, "trainer"));
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            String last = lines.lines().reduce("", (_, line) -> line);
            if (process.waitFor() != 0) {
                throw new IOException("the trainer's " + arguments[0] + " failed");
            }
            return Optional.of(last);
        }
    }

    /** Events a second of so many processes together, each with one thread, at the same time. */
    static double workers(int count, int lanes, Path model, double seconds)
            throws IOException, InterruptedException {
        List<Process> workers = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                workers.add(worker(lanes, model, seconds));
            }
            List<BufferedReader> answers = new ArrayList<>();
            for (Process worker : workers) {
                BufferedReader lines = worker.inputReader(StandardCharsets.UTF_8);
                answers.add(lines);
                if (!READY.equals(lines.readLine())) {
                    throw new IOException("a worker process did not start");
                }
            }
            for (Process worker : workers) {
                worker.getOutputStream().write('\n');
                worker.getOutputStream().flush();
            }
            double sum = 0;
            for (BufferedReader answer : answers) {
                String line = answer.readLine();
                if (line == null) {
                    throw new IOException("a worker process failed");
                }
                sum += Double.parseDouble(line);
            }
            return sum;
        } finally {
            for (Process worker : workers) {
                worker.getOutputStream().close();
                worker.waitFor();
            }
        }
    }

    private static Process worker(int lanes, Path model, double seconds) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        Workbench.class.getName(),
                        "bench",
                        "--model",
                        model.toString(),
                        "--seconds",
                        Double.toString(seconds),
                        "--as-one-of-many",
                        Integer.toString(lanes)));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    /** The other side: says that it is ready and waits for the start. */
    static void awaitStart() {
        System.out.println(READY);
        try {
            int _ = System.in.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
