package org.partita.trainer.samples;

import java.util.Formatter;
import java.util.Locale;

/** The report for people. */
final class Markdown {

    private final Formatter text = new Formatter(Locale.ROOT);

    private Markdown() {}

    static String of(Report report) {
        Markdown page = new Markdown();
        page.text.format("# Composed pieces beside real music\n");
        page.text.format("\n");
        page.text.format(
                "Model %s, sampling %s; %d notes a piece in the median; %d real pieces, of which"
                        + " excerpts of that length count.\n",
                report.modelSha256().isEmpty() ? "unknown" : "`" + report.modelSha256() + "`",
                report.sampling().isEmpty() ? "as the model says" : report.sampling(),
                report.notes(),
                report.realPieces());
        for (Report.Group group : report.groups()) {
            page.statistics("Whole pieces", group);
        }
        for (Report.Group group : report.openings()) {
            page.statistics("First %d notes".formatted(Analysis.OPENING), group);
        }
        page.features(report);
        page.drift(report);
        page.originality(report);
        page.endings(report);
        page.validity(report.validity());
        return page.text.toString();
    }

    private void statistics(String what, Report.Group group) {
        text.format("\n");
        text.format("## %s: %s, %d pieces\n", what, group.name(), group.pieces());
        text.format("\n");
        text.format(
                "| statistic | mean | median | real median | real 5–95 %% | mean inside | median"
                        + " inside | pieces inside |\n");
        text.format("|---|---:|---:|---:|---:|---|---|---:|\n");
        for (Report.Row row : group.statistics()) {
            text.format(
                    "| %s | %.3f | %.3f | %.3f | %.3f–%.3f | %s | %s | %.0f %% |\n",
                    row.name(),
                    row.mean(),
                    row.median(),
                    row.realMedian(),
                    row.realLow(),
                    row.realHigh(),
                    row.meanInside() ? "yes" : "no",
                    row.medianInside() ? "yes" : "no",
                    100 * row.piecesInside());
        }
    }

    private void features(Report report) {
        if (report.features().isEmpty()) {
            return;
        }
        text.format("\n");
        text.format("## Distances by feature\n");
        text.format("\n");
        text.format(
                "| feature | overlap area | KL, nats | overlap area with the composed music's own |"
                        + " overlap area of real halves |\n");
        text.format("|---|---:|---:|---:|---:|\n");
        for (Report.FeatureRow row : report.features()) {
            text.format(
                    "| %s | %.3f | %.3f | %.3f | %.3f |\n",
                    row.name(),
                    row.overlapArea(),
                    row.divergence(),
                    row.overlapOfOwn(),
                    row.halvesOverlapArea());
        }
    }

    private void drift(Report report) {
        Report.DriftReport drift = report.drift();
        if (drift == null) {
            return;
        }
        text.format("\n");
        text.format(
                "## Drift: %d long pieces, %d real ones, stretches of %d notes\n",
                drift.pieces(), drift.realPieces(), Drift.NOTES);
        text.format("\n");
        text.format(
                "| | first stretch | last stretch | change over ten stretches | real 5–95 %% |\n");
        text.format("|---|---:|---:|---:|---:|\n");
        Report.Stretch first = drift.composed().getFirst();
        Report.Stretch last = drift.composed().getLast();
        text.format(
                "| pitch-class entropy, bits | %.3f | %.3f | %+.3f | %.3f–%.3f |\n",
                first.pitchClassEntropy(),
                last.pitchClassEntropy(),
                drift.entropySlope(),
                drift.entropyBand().get(0),
                drift.entropyBand().get(1));
        text.format(
                "| DEFLATE, bits a note | %.3f | %.3f | %+.3f | %.3f–%.3f |\n",
                first.bitsANote(),
                last.bitsANote(),
                drift.bitsSlope(),
                drift.bitsBand().get(0),
                drift.bitsBand().get(1));
    }

    private void originality(Report report) {
        if (report.originality().isEmpty()) {
            return;
        }
        text.format("\n");
        text.format("## Shared with the training music\n");
        text.format("\n");
        text.format(
                "| pieces | number | shingles shared | longest run, median | 95 %% | longest of all"
                        + " | in | without repetition, 95 %% | longest of all | in |\n");
        text.format("|---|---:|---:|---:|---:|---:|---|---:|---:|---|\n");
        for (Report.Copying row : report.originality()) {
            text.format(
                    "| %s | %d | %.2f %% | %.0f | %.0f | %d | %s | %.0f | %d | %s |\n",
                    row.name(),
                    row.pieces(),
                    100 * row.meanShare(),
                    row.medianRun(),
                    row.run95(),
                    row.longestRun(),
                    row.source(),
                    row.distinct95(),
                    row.longestDistinct(),
                    row.distinctSource());
        }
    }

    private void endings(Report report) {
        text.format("\n");
        text.format("## Endings\n");
        text.format("\n");
        text.format("| pieces | number | on the tonic | held | both: closes like a cadence |\n");
        text.format("|---|---:|---:|---:|---:|\n");
        for (Report.Endings row : report.endings()) {
            text.format(
                    "| %s | %d | %.0f %% | %.0f %% | %.0f %% |\n",
                    row.name(),
                    row.pieces(),
                    100 * row.onTonic(),
                    100 * row.held(),
                    100 * row.closes());
        }
    }

    private void validity(Report.ValidityReport validity) {
        text.format("\n");
        text.format("## Validity\n");
        text.format("\n");
        text.format("%d of %d files have no fault.\n", validity.valid(), validity.files());
        for (Report.Fault fault : validity.faulty()) {
            text.format("- %s: %s\n", fault.file(), String.join("; ", fault.faults()));
        }
    }
}
