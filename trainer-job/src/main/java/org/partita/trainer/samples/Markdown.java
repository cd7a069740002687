package org.partita.trainer.samples;

import java.util.Formatter;
import java.util.Locale;

/** The report for people. */
final class Markdown {

    private static final String DEFINITIONS =
            """

            ## What the words mean

            - Statistics: as in MusPy (H.-W. Dong and others, ISMIR 2020) on a grid of 24 steps a \
            quarter note: pitch-class entropy in bits; scale consistency, the largest share of notes \
            in one of the 24 major and minor scales; groove consistency, one minus the mean distance \
            of neighbouring bars' onsets; polyphony, notes that sound where any does; empty beat \
            rate, share of quarter notes without a sound. Notes a second: notes by the time until the last \
            one ends.
            - Real 5–95 %: of excerpts of the real pieces, as many notes as a composed piece has, \
            from the middle; for the first notes, of the real pieces' first notes.
            - Distances by feature: mgeval (L.-C. Yang and A. Lerch, Neural Computing and \
            Applications, 2020): Euclidean distances within the real music against those between real \
            and composed, densities by Gaussian kernels of Scott's width, their overlapping area and \
            Kullback-Leibler divergence.
            - Drift: pitch-class entropy and bits a note after DEFLATE (RFC 1951) of stretches.
            - Shared: a note is the interval and the time from the one before; passages are equal in \
            any key and tempo. Shingles (A. Broder, 1997) are eight such symbols, nine notes. Without \
            repetition a passage counts for as many notes as it has different shingles, and eight \
            more.
            - Endings: on the tonic, the last sonority stands on the tonic and is of its triad, in \
            the key of Krumhansl's profiles (1990); held, it is no shorter than any of the last four \
            times between onsets.
            - Validity: the JDK reads the file, each note ends and lasts, none is struck while it \
            sounds, tempo and meter are whole, and the length is the one asked for.
            """;

    private final Formatter text = new Formatter(Locale.ROOT);

    private Markdown() {}

    static String of(Report report) {
        Markdown page = new Markdown();
        page.text.format("# Composed pieces beside real music\n");
        page.text.format("\n");
        page.text.format(
                "Model %s, sampling %s; %d notes a piece in the median; %d real pieces of %s, of"
                        + " which excerpts of that length count%s.\n",
                report.modelSha256().isEmpty() ? "unknown" : "`" + report.modelSha256() + "`",
                report.sampling().isEmpty() ? "as the model says" : report.sampling(),
                report.notes(),
                report.realPieces(),
                String.join(", ", report.realFrom()),
                report.trainingFrom().isEmpty()
                        ? ""
                        : "; training music: " + String.join(", ", report.trainingFrom()));
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
        page.text.format("%s", DEFINITIONS);
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
        text.format("Runs in notes; in brackets where 95 %% lies with 95 %% confidence.\n");
        text.format("\n");
        text.format(
                "| pieces | number | shingles shared | longest run, median | 95 %% | longest of all"
                        + " | in | without repetition, 95 %% | longest of all | in |\n");
        text.format("|---|---:|---:|---:|---:|---:|---|---:|---:|---|\n");
        for (Report.Copying row : report.originality()) {
            text.format(
                    "| %s | %d | %.2f %% | %.0f | %.0f (%.0f–%.0f) | %d | %s | %.0f (%.0f–%.0f) | %d |"
                            + " %s |\n",
                    row.name(),
                    row.pieces(),
                    100 * row.meanShare(),
                    row.medianRun(),
                    row.run95(),
                    row.run95Interval().getFirst(),
                    row.run95Interval().getLast(),
                    row.longestRun(),
                    row.source(),
                    row.distinct95(),
                    row.distinct95Interval().getFirst(),
                    row.distinct95Interval().getLast(),
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
