package org.partita.trainer.benchmark;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code trainer benchmark}: a set of the literature, scored by its protocol. */
@Command(
        name = "benchmark",
        mixinStandardHelpOptions = true,
        description = {
            "Score a benchmark set: sets of pitches by frame (nats a frame), or four voices in"
                    + " sixteenths (nats a note). On its test pieces if the file has them, else on"
                    + " its valid pieces.",
            "--ngram counts interpolated Witten-Bell n-grams of every order on its training"
                    + " pieces."
        })
public final class BenchmarkCommand implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "SET", description = "NAME.json or NAME.json.gz")
    private Path file = Path.of("");

    @Option(names = "--ngram", description = "Score by n-grams.")
    private boolean ngram;

    @Option(
            names = "--orders",
            paramLabel = "N",
            defaultValue = "9",
            description = "Highest order (default ${DEFAULT-VALUE}).")
    private int orders;

    @Option(
            names = "--clean",
            paramLabel = "FILE",
            description =
                    "Scored pieces without a twin in training, one a line as test/NUMBER: also"
                            + " report these, and the others, by themselves.")
    private @Nullable Path clean;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the report here.")
    private @Nullable Path json;

    /**
     * Results of one way of counting on one group of pieces.
     *
     * @param model how it was counted
     * @param subset which pieces: all, clean or leaked
     * @param orders results from order 1 on
     */
    record Row(String model, String subset, List<Tally.Result> orders) {}

    /** Everything the command prints. */
    record Report(String set, String protocol, String unit, String split, List<Row> rows) {}

    @Override
    public Integer call() throws IOException {
        if (orders < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--orders must be at least 1: " + orders);
        }
        if (!ngram) {
            throw new ParameterException(spec.commandLine(), "say how to score: --ngram");
        }
        BenchmarkSet set = BenchmarkSet.read(file);
        Protocol protocol = Protocol.of(set);
        List<List<List<Integer>>> pieces = set.pieces(set.scored());
        Set<Integer> cleanPieces = clean == null ? Set.of() : cleanPieces(clean, set.scored());
        List<Row> rows = new ArrayList<>();
        for (Variant variant : variants(protocol)) {
            NgramBenchmark model =
                    new NgramBenchmark(set, orders, variant.transpose(), variant.knowsBeat());
            rows.add(new Row(variant.name(), "all", model.score(pieces, _ -> true)));
            if (!cleanPieces.isEmpty()) {
                rows.add(
                        new Row(
                                variant.name(),
                                "clean",
                                model.score(pieces, cleanPieces::contains)));
                rows.add(
                        new Row(
                                variant.name(),
                                "leaked",
                                model.score(pieces, index -> !cleanPieces.contains(index))));
            }
        }
        Report report =
                new Report(set.name(), protocol.name(), protocol.unit(), set.scored(), rows);
        print(report);
        if (json != null) {
            JsonMapper mapper =
                    JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
            Files.writeString(json, mapper.writeValueAsString(report) + "\n");
        }
        return 0;
    }

    private record Variant(String name, boolean transpose, boolean knowsBeat) {}

    private static List<Variant> variants(Protocol protocol) {
        return switch (protocol) {
            case FRAMES ->
                    List.of(
                            new Variant("plain", false, false),
                            new Variant("transposed", true, false));
            case VOICES ->
                    List.of(
                            new Variant("plain", false, false),
                            new Variant("transposed, beat", true, true));
        };
    }

    private Set<Integer> cleanPieces(Path list, String split) throws IOException {
        Set<Integer> indices = new HashSet<>();
        for (String line : Files.readAllLines(list)) {
            String name = line.strip();
            if (name.isEmpty()) {
                continue;
            }
            if (!name.matches("\\w+/\\d+")) {
                throw new ParameterException(
                        spec.commandLine(), "--clean lists pieces as test/NUMBER: " + name);
            }
            int slash = name.indexOf('/');
            if (name.substring(0, slash).equals(split)) {
                indices.add(Integer.parseInt(name.substring(slash + 1)));
            }
        }
        return indices;
    }

    private void print(Report report) {
        PrintWriter screen = spec.commandLine().getOut();
        Tally.Result size = report.rows().getFirst().orders().getFirst();
        screen.printf(
                "%s, %s: %d pieces, %,d frames, %,d symbols; Witten-Bell n-grams, %s%n%n",
                report.set(),
                report.split(),
                size.pieces(),
                size.frames(),
                size.symbols(),
                report.unit());
        screen.println(
                "| counted | pieces | n | "
                        + report.unit()
                        + " | without first frame | mean of pieces | nats/symbol |");
        screen.println("|---|---|---:|---:|---:|---:|---:|");
        for (Row row : report.rows()) {
            for (int order = 1; order <= row.orders().size(); order++) {
                Tally.Result result = row.orders().get(order - 1);
                screen.printf(
                        "| %s | %s %d | %d | %.4f | %.4f | %.4f | %.4f |%n",
                        row.model(),
                        row.subset(),
                        result.pieces(),
                        order,
                        result.result(),
                        result.withoutFirstFrame(),
                        result.meanOfPieces(),
                        result.perSymbol());
            }
        }
        screen.flush();
    }
}
