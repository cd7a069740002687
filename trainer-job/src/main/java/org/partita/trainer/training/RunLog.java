package org.partita.trainer.training;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes down how a run goes: {@code metrics.jsonl}, one JSON object a line, the picture {@code
 * loss.svg}, and on the screen a progress bar, or lines where there is no terminal.
 */
final class RunLog implements RunListener, AutoCloseable {

    private static final int UPDATES_A_LINE = 20;
    private static final int BAR_STEPS = 1000;

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Path directory;
    private final PrintWriter screen;
    private final BufferedWriter metrics;
    private final @Nullable ProgressBar bar;
    private final List<LossCurve.Point> training = new ArrayList<>();
    private final List<LossCurve.Point> glances = new ArrayList<>();
    private final List<LossCurve.Point> wholes = new ArrayList<>();
    private Losses recent = Losses.ZERO;
    private double recentSince = Double.NaN;
    private double previousSeconds;

    /**
     * @param resumedAt update that the run goes on from; what the old metrics say beyond it is
     *     dropped
     */
    RunLog(Path directory, PrintWriter screen, boolean terminal, int resumedAt) throws IOException {
        this.directory = directory;
        this.screen = screen;
        Path file = directory.resolve("metrics.jsonl");
        keepUntil(file, resumedAt);
        metrics =
                Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        bar =
                terminal
                        ? new ProgressBarBuilder()
                                .setTaskName("train")
                                .setInitialMax(BAR_STEPS)
                                .setUpdateIntervalMillis(500)
                                .build()
                        : null;
    }

    @Override
    public void updated(
            int update,
            double progress,
            double seconds,
            Losses losses,
            double rate,
            double gradient) {
        if (Double.isNaN(recentSince)) {
            recentSince = previousSeconds == 0 ? seconds : previousSeconds;
        }
        previousSeconds = seconds;
        recent = recent.plus(losses);
        if (update % UPDATES_A_LINE != 0) {
            return;
        }
        double eventsPerSecond = recent.events() / Math.max(1e-9, seconds - recentSince);
        Map<String, Object> line = new TreeMap<>();
        line.put("update", update);
        line.put("seconds", seconds);
        line.put("eventsPerSecond", eventsPerSecond);
        line.put("rate", rate);
        line.put("gradient", gradient);
        line.put("trainPerNote", recent.perNote());
        line.put("trainPerEvent", recent.perEvent());
        line.put("trainToken", recent.tokenPerEvent());
        line.put("trainDuration", recent.durationPerNote());
        line.put("trainVelocity", recent.velocityPerNote());
        write(line);
        training.add(new LossCurve.Point(seconds / 60, recent.perNote()));
        String words =
                "update %d, %.0f events/s, %.3f %s (token %.3f duration %.3f velocity %.3f)"
                        .formatted(
                                update,
                                eventsPerSecond,
                                recent.perNote(),
                                unit(recent.notes()),
                                recent.tokenPerEvent(),
                                recent.durationPerNote(),
                                recent.velocityPerNote());
        if (bar == null) {
            screen.printf("%5.1f %% %6.1f min  %s%n", progress * 100, seconds / 60, words);
            screen.flush();
        } else {
            bar.setExtraMessage(words);
            bar.stepTo((long) (progress * BAR_STEPS));
        }
        recent = Losses.ZERO;
        recentSince = Double.NaN;
    }

    @Override
    public void validated(ValidationResult result, boolean whole) {
        Map<String, Object> line = new TreeMap<>();
        line.put("update", result.update());
        line.put("seconds", result.seconds());
        line.put("whole", whole);
        line.put("validPerNote", result.nllPerNote());
        line.put("validPerEvent", result.nllPerEvent());
        line.put("validToken", result.tokenPerEvent());
        line.put("validDuration", result.durationPerNote());
        line.put("validVelocity", result.velocityPerNote());
        write(line);
        (whole ? wholes : glances)
                .add(new LossCurve.Point(result.seconds() / 60, result.nllPerNote()));
        screen.printf(
                "validation after update %d: %.4f %s, %.4f nats/event"
                        + " (token %.4f duration %.4f velocity %.4f)%n",
                result.update(),
                result.nllPerNote(),
                unit(result.notes()),
                result.nllPerEvent(),
                result.tokenPerEvent(),
                result.durationPerNote(),
                result.velocityPerNote());
        screen.flush();
        // Validation is not training time of the next line, wherever in the line it fell.
        recentSince += result.seconds() - previousSeconds;
        previousSeconds = result.seconds();
    }

    /** A benchmark has symbols and no notes. */
    private static String unit(long notes) {
        return notes == 0 ? "nats/symbol" : "nats/note";
    }

    @Override
    public void saved(int update) {
        try {
            Files.writeString(
                    directory.resolve("loss.svg"), LossCurve.svg(training, glances, wholes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (bar == null) {
            screen.printf("saved after update %d%n", update);
            screen.flush();
        }
    }

    @Override
    public void close() throws IOException {
        if (bar != null) {
            bar.close();
        }
        metrics.close();
    }

    private void write(Map<String, Object> line) {
        try {
            metrics.write(MAPPER.writeValueAsString(line));
            metrics.newLine();
            metrics.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void keepUntil(Path file, int update) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        List<String> kept = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            JsonNode node;
            try {
                node = MAPPER.readTree(line);
            } catch (JacksonException e) {
                // A run that was killed can leave half a line.
                continue;
            }
            if (node.path("update").asInt() > update) {
                continue;
            }
            kept.add(line);
            double minutes = node.path("seconds").asDouble() / 60;
            if (node.has("trainPerNote")) {
                training.add(new LossCurve.Point(minutes, node.path("trainPerNote").asDouble()));
            } else if (node.has("validPerNote")) {
                (node.path("whole").asBoolean(false) ? wholes : glances)
                        .add(new LossCurve.Point(minutes, node.path("validPerNote").asDouble()));
            }
        }
        Files.write(file, kept);
    }
}
