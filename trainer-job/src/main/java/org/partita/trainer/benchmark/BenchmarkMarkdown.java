package org.partita.trainer.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A benchmark's results for people. */
final class BenchmarkMarkdown {

    private BenchmarkMarkdown() {}

    static String of(BenchmarkCommand.NgramReport report) {
        StringBuilder table = new StringBuilder();
        table.append(head(report.set(), report.split(), report.rows().getFirst().orders()));
        table.append(", Witten-Bell n-grams\n\n| counted | pieces | n ");
        table.append(columns(report.unit()));
        table.append("\n|---|---|---:|---:|---:|---:|---:|---:|\n");
        for (BenchmarkCommand.NgramRow row : report.rows()) {
            for (int order = 1; order <= row.orders().size(); order++) {
                table.append(
                        String.format(
                                Locale.ROOT, "| %s | %s | %d ", row.model(), row.subset(), order));
                table.append(cells(row.orders().get(order - 1)));
            }
        }
        table.append(published(report));
        return table.toString();
    }

    /**
     * The published results beside those found here; nothing if there are none for these pieces.
     */
    private static String published(BenchmarkCommand.NgramReport report) {
        StringBuilder table = new StringBuilder();
        for (BenchmarkCommand.NgramRow row : report.rows()) {
            new TreeMap<>(row.published())
                    .forEach((order, wanted) -> {
                        boolean counted = order <= row.orders().size();
                        table.append(
                                String.format(
                                        Locale.ROOT,
                                        "| %s | %s | %d | %.4f | %s | %s |\n",
                                        row.model(),
                                        row.subset(),
                                        order,
                                        wanted,
                                        counted ? number(row.orders().get(order - 1).result()) : "",
                                        !counted
                                                ? "not counted"
                                                : row.reproduces(order) ? "yes" : "no"));
                    });
        }
        return table.isEmpty()
                ? ""
                : "\n| counted | pieces | n | published | here | the same to four decimals |\n"
                        + "|---|---|---:|---:|---:|---|\n"
                        + table
                        + (report.protocol().equals(Protocol.VOICES.name())
                                ? "\nWhich of the two ways to transpose was published is not known:"
                                        + " one of them must be the same.\n"
                                : "");
    }

    static String of(BenchmarkCommand.NetworkReport report) {
        StringBuilder table = new StringBuilder();
        table.append(
                head(report.set(), report.split(), List.of(report.rows().getFirst().result())));
        table.append("\n\n");
        for (BenchmarkCommand.TrainedNetwork network : report.networks()) {
            table.append(
                    String.format(
                            Locale.ROOT,
                            "- seed %d: %,d parameters, %d updates, %.1f epochs, %.1f minutes\n",
                            network.seed(),
                            network.parameters(),
                            network.updates(),
                            network.epochs(),
                            network.minutes()));
        }
        table.append("\n| seed | pieces ").append(columns(report.unit()));
        table.append("\n|---|---|---:|---:|---:|---:|---:|\n");
        for (BenchmarkCommand.NetworkRow row : report.rows()) {
            table.append(String.format(Locale.ROOT, "| %d | %s ", row.seed(), row.subset()));
            table.append(cells(row.result()));
        }
        for (BenchmarkCommand.SeedsRow row : report.together()) {
            table.append("| probabilities averaged | %s ".formatted(row.subset()));
            table.append(cells(row.averaged()));
        }
        for (BenchmarkCommand.SeedsRow row : report.together()) {
            table.append(
                    String.format(
                            Locale.ROOT,
                            "\nSeeds one by one, %s: %.4f ± %.4f %s.\n",
                            row.subset(),
                            row.mean(),
                            row.deviation(),
                            report.unit()));
        }
        return table.toString();
    }

    private static String head(String set, String split, List<Tally.Result> results) {
        Tally.Result size = results.getFirst();
        return String.format(
                Locale.ROOT,
                "%s, %s: %d pieces, %,d frames, %,d symbols",
                set,
                split,
                size.pieces(),
                size.frames(),
                size.symbols());
    }

    private static String columns(String unit) {
        return "| count | %s | without first frame | mean of pieces | nats/symbol |"
                .formatted(unit);
    }

    private static String cells(Tally.Result result) {
        return String.format(
                Locale.ROOT,
                "| %d | %s | %s | %s | %s |\n",
                result.pieces(),
                number(result.result()),
                number(result.withoutFirstFrame()),
                number(result.meanOfPieces()),
                number(result.perSymbol()));
    }

    private static String number(@Nullable Double value) {
        return value == null ? "" : String.format(Locale.ROOT, "%.4f", value);
    }
}
