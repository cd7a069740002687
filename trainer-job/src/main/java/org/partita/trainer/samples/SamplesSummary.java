package org.partita.trainer.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a model card says of a report that {@code trainer samples --json} wrote. */
public final class SamplesSummary {

    private final Formatter text = new Formatter(Locale.ROOT);

    private SamplesSummary() {}

    /**
     * Tables and the command that made them, as Markdown.
     *
     * @throws IOException if the file is no such report
     */
    public static String of(Path json) throws IOException {
        Report report;
        String command;
        try {
            JsonNode tree = JsonMapper.shared().readTree(Files.readString(json));
            report = JsonMapper.shared().treeToValue(tree, Report.class);
            command = tree.path("command").asString("");
        } catch (JacksonException e) {
            throw new IOException(json + " is no report of samples: " + e.getOriginalMessage(), e);
        }
        if (report.groups() == null || report.groups().isEmpty()) {
            throw new IOException(json + " is no report of samples");
        }
        SamplesSummary summary = new SamplesSummary();
        summary.text.format(
                "Pieces of %d notes%s beside %d real pieces; `docs/samples.md` says what the words"
                        + " mean.\n\n",
                report.notes(),
                report.sampling().isEmpty() ? "" : ", sampling " + report.sampling(),
                report.realPieces());
        summary.statistics(report.groups());
        summary.features(report.features());
        summary.originality(report.originality());
        summary.endings(report.endings());
        summary.text.format(
                "%,d of %,d files have no fault.\n",
                report.validity().valid(), report.validity().files());
        if (!command.isEmpty()) {
            summary.text.format("\n```\n%s\n```\n", command);
        }
        return summary.text.toString();
    }

    private void statistics(List<Report.Group> groups) {
        text.format(
                "| median (mean) | %s | real median | real 5–95 %% |\n",
                groups.stream()
                        .map(group -> "%s, %,d pieces".formatted(group.name(), group.pieces()))
                        .collect(Collectors.joining(" | ")));
        text.format("|---|%s---:|---:|\n", "---:|".repeat(groups.size()));
        for (int i = 0; i < groups.getFirst().statistics().size(); i++) {
            Report.Row real = groups.getFirst().statistics().get(i);
            text.format("| %s ", real.name());
            for (Report.Group group : groups) {
                Report.Row row = group.statistics().get(i);
                text.format("| %.3f (%.3f) ", row.median(), row.mean());
            }
            text.format(
                    "| %.3f | %.3f–%.3f |\n", real.realMedian(), real.realLow(), real.realHigh());
        }
        text.format("\n");
    }

    private void features(List<Report.FeatureRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        text.format("| feature of mgeval | overlap area | KL, nats |\n|---|---:|---:|\n");
        for (Report.FeatureRow row : rows) {
            text.format("| %s | %.3f | %.3f |\n", row.name(), row.overlapArea(), row.divergence());
        }
        text.format("\n");
    }

    private void originality(List<Report.Copying> rows) {
        if (rows.isEmpty()) {
            return;
        }
        text.format(
                "| shared with the training music | shingles | longest run, 95 %% of pieces (95 %%"
                        + " confidence) | without repetition |\n|---|---:|---:|---:|\n");
        for (Report.Copying row : rows) {
            text.format(
                    "| %s | %.1f %% | %.0f notes (%.0f–%.0f) | %.0f notes (%.0f–%.0f) |\n",
                    row.name(),
                    100 * row.meanShare(),
                    row.run95(),
                    row.run95Interval().getFirst(),
                    row.run95Interval().getLast(),
                    row.distinct95(),
                    row.distinct95Interval().getFirst(),
                    row.distinct95Interval().getLast());
        }
        text.format("\n");
    }

    private void endings(List<Report.Endings> rows) {
        text.format(
                "| endings | on the tonic | held | close like a cadence |\n|---|---:|---:|---:|\n");
        for (Report.Endings row : rows) {
            text.format(
                    "| %s | %.0f %% | %.0f %% | %.0f %% |\n",
                    row.name(), 100 * row.onTonic(), 100 * row.held(), 100 * row.closes());
        }
        text.format("\n");
    }
}
