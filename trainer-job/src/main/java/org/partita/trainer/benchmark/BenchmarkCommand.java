package org.partita.trainer.benchmark;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.partita.trainer.report.JsonReport;
import org.partita.trainer.training.Budget;
import org.partita.trainer.training.Checkpoint;
import org.partita.trainer.training.ConfigurationInput;
import org.partita.trainer.training.TrainingConfig;
import org.partita.trainer.training.TrainingRun;
import org.partita.trainer.training.ValidationResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code trainer benchmark}: a set of the literature, scored by its protocol. */
@Command(
        name = "benchmark",
        mixinStandardHelpOptions = true,
        description = {
            "Train the network on a benchmark set and score it: sets of pitches by frame (nats a frame), or four voices in"
                    + " sixteenths (nats a note). On its test pieces if the file has them, else on"
                    + " its valid pieces.",
            "Without --checkpoint it trains from scratch, each seed in a directory of its own, and"
                    + " goes on from the last checkpoint there when called again. Of several seeds it"
                    + " also prints the mean, and the result if their probabilities are averaged.",
            "--ngram counts interpolated Witten-Bell n-grams of every order on its training"
                    + " pieces."
        })
public final class BenchmarkCommand implements Callable<Integer> {

    private static final List<String> TO_TRAIN =
            List.of(
                    "--run",
                    "--seeds",
                    "--config",
                    "--set",
                    "--updates",
                    "--minutes",
                    "--validation-minutes");

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "SET", description = "NAME.json or NAME.json.gz")
    private Path file = Path.of("");

    @Option(names = "--ngram", description = "Score by n-grams, not by the network.")
    private boolean ngram;

    @Option(
            names = "--checkpoint",
            paramLabel = "DIR",
            description =
                    "Score this run or checkpoint and train nothing: options of training are"
                            + " refused.")
    private @Nullable Path checkpoint;

    @Option(
            names = "--run",
            paramLabel = "DIR",
            description = "Where runs are kept (default benchmark-runs/SET).")
    private @Nullable Path run;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            split = ",",
            defaultValue = "1",
            description = "Seeds to train with, as 1,2,3 (default ${DEFAULT-VALUE}).")
    private List<Long> seeds = List.of();

    @Mixin private ConfigurationInput configuration = new ConfigurationInput();

    @Option(
            names = "--updates",
            paramLabel = "N",
            description = "Length of the training, instead of the set's own.")
    private @Nullable Integer updates;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            description = "End each training after so many minutes at the latest.")
    private @Nullable Double minutes;

    @Option(
            names = "--validation-minutes",
            paramLabel = "N",
            defaultValue = "5",
            description = "Minutes between validations (default ${DEFAULT-VALUE}).")
    private double validationMinutes;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Threads of libtorch on the CPU (default ${DEFAULT-VALUE}).")
    private int threads;

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

    @Mixin private JsonReport json = new JsonReport();

    @Option(names = "--markdown", paramLabel = "FILE", description = "Also write the table here.")
    private @Nullable Path markdown;

    /**
     * Results of one way of counting on one group of pieces.
     *
     * @param model how it was counted
     * @param subset which pieces: all, clean or leaked
     * @param orders results from order 1 on
     * @param published results on these pieces, by order; which of the two ways to transpose voices
     *     they were counted in was not published
     */
    record NgramRow(
            String model,
            String subset,
            List<Tally.Result> orders,
            Map<Integer, Double> published) {

        /** Whether an order gives the published result, to the four decimals that it has. */
        boolean reproduces(int order) {
            Double wanted = published.get(order);
            return wanted != null
                    && Math.abs(orders.get(order - 1).result() - wanted) < 0.5e-4 + 1e-9;
        }
    }

    record NgramReport(
            String set, String protocol, String unit, String split, List<NgramRow> rows) {}

    /**
     * Result of one trained network on one group of pieces.
     *
     * @param subset which pieces: all, clean or leaked
     */
    record NetworkRow(long seed, String subset, Tally.Result result) {}

    /**
     * How one network was trained.
     *
     * @param validation results on the valid pieces on the way, in nats a symbol
     */
    record TrainedNetwork(
            long seed,
            long parameters,
            int updates,
            double epochs,
            double minutes,
            TrainingConfig config,
            List<ValidationResult> validation) {}

    /**
     * What several seeds give on one group of pieces.
     *
     * @param subset which pieces: all, clean or leaked
     * @param mean of their results
     * @param deviation sample standard deviation of these
     * @param averaged result if their probabilities are averaged symbol by symbol
     */
    record SeedsRow(String subset, double mean, double deviation, Tally.Result averaged) {}

    /**
     * Results of trained networks.
     *
     * @param together of all seeds; empty if there is one
     */
    record NetworkReport(
            String set,
            String protocol,
            String unit,
            String split,
            List<NetworkRow> rows,
            List<SeedsRow> together,
            List<TrainedNetwork> networks) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        require(orders >= 1, "--orders must be at least 1: " + orders);
        require(threads >= 1, "--threads must be at least 1: " + threads);
        require(updates == null || updates >= 1, "--updates must be at least 1: " + updates);
        require(minutes == null || minutes > 0, "--minutes must be above 0: " + minutes);
        require(
                validationMinutes >= 0,
                "--validation-minutes must be at least 0: " + validationMinutes);
        require(!configuration.changes("seed"), "--set seed: name seeds by --seeds");
        require(
                seeds.stream().distinct().count() == seeds.size(),
                "--seeds names one twice: " + seeds);
        require(ngram || !given("--orders"), "--orders is for --ngram alone");
        require(!ngram || checkpoint == null, "--checkpoint has no use beside --ngram");
        for (String option : TO_TRAIN) {
            require(!ngram || !given(option), option + " has no use beside --ngram");
            require(
                    checkpoint == null || !given(option),
                    option + " has no use beside --checkpoint, which trains nothing");
        }
        BenchmarkSet set = BenchmarkSet.read(file);
        Map<String, IntPredicate> subsets = subsets(set);
        Record report;
        String table;
        if (ngram) {
            NgramReport counted = count(set, subsets);
            report = counted;
            table = BenchmarkMarkdown.of(counted);
        } else {
            NetworkReport trained = network(set, subsets);
            report = trained;
            table = BenchmarkMarkdown.of(trained);
        }
        PrintWriter screen = spec.commandLine().getOut();
        screen.print(table);
        screen.flush();
        json.write(report);
        if (markdown != null) {
            Files.writeString(markdown, table);
        }
        return 0;
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }

    private boolean given(String option) {
        return spec.commandLine().getParseResult().hasMatchedOption(option);
    }

    /** All scored pieces, and if a list was given, those on it and the others. */
    private Map<String, IntPredicate> subsets(BenchmarkSet set) throws IOException {
        Map<String, IntPredicate> subsets = new LinkedHashMap<>();
        subsets.put("all", _ -> true);
        if (clean != null) {
            Set<Integer> listed = cleanPieces(clean, set.scored());
            int pieces = set.pieces(set.scored()).size();
            if (listed.isEmpty() || listed.size() >= pieces || Collections.max(listed) >= pieces) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--clean %s must name some of the %d pieces of %s, from %3$s/0 on, and leave some out"
                                .formatted(clean, pieces, set.scored()));
            }
            subsets.put("clean", listed::contains);
            subsets.put("leaked", index -> !listed.contains(index));
        }
        return subsets;
    }

    private NetworkReport network(BenchmarkSet set, Map<String, IntPredicate> subsets)
            throws IOException, InterruptedException {
        NetworkBenchmark benchmark = new NetworkBenchmark(set, threads);
        List<NetworkRow> rows = new ArrayList<>();
        List<TrainedNetwork> networks = new ArrayList<>();
        List<List<double[]>> natsOfAll = new ArrayList<>();
        for (Checkpoint trained : checkpoints(set, benchmark)) {
            Checkpoint.State state = trained.state();
            long seed = state.config().seed();
            networks.add(
                    new TrainedNetwork(
                            seed,
                            trained.weights().size(),
                            state.update(),
                            state.epochs(),
                            state.seconds() / 60,
                            state.config(),
                            state.validation()));
            List<double[]> nats = benchmark.nats(trained);
            natsOfAll.add(nats);
            subsets.forEach((name, wanted) ->
                    rows.add(new NetworkRow(seed, name, benchmark.result(nats, wanted))));
        }
        List<SeedsRow> together = new ArrayList<>();
        if (natsOfAll.size() > 1) {
            List<double[]> averaged = NetworkBenchmark.averaged(natsOfAll);
            subsets.forEach((name, wanted) ->
                    together.add(ofSeeds(name, rows, benchmark.result(averaged, wanted))));
        }
        Protocol protocol = Protocol.of(set);
        return new NetworkReport(
                set.name(),
                protocol.name(),
                protocol.unit(),
                set.scored(),
                rows,
                together,
                networks);
    }

    private static SeedsRow ofSeeds(String subset, List<NetworkRow> rows, Tally.Result averaged) {
        double[] results =
                rows.stream()
                        .filter(row -> row.subset().equals(subset))
                        .mapToDouble(row -> row.result().result())
                        .toArray();
        double mean = Arrays.stream(results).average().orElseThrow();
        double squares = Arrays.stream(results).map(r -> (r - mean) * (r - mean)).sum();
        return new SeedsRow(subset, mean, Math.sqrt(squares / (results.length - 1)), averaged);
    }

    private List<Checkpoint> checkpoints(BenchmarkSet set, NetworkBenchmark benchmark)
            throws IOException, InterruptedException {
        if (checkpoint != null) {
            return List.of(benchmark.open(checkpoint));
        }
        Recipe recipe = Recipe.of(set);
        spec.commandLine().getOut().printf("recipe of %s%n", recipe.name());
        TrainingConfig wanted = configuration.configuration(recipe.config());
        Path runs = run == null ? Path.of("benchmark-runs", set.name()) : run;
        Budget budget =
                new Budget(
                        updates == null ? recipe.updates() : updates,
                        minutes == null ? Double.POSITIVE_INFINITY : minutes * 60);
        TrainingRun.Rhythm rhythm = new TrainingRun.Rhythm(120, validationMinutes * 60);
        List<Checkpoint> trained = new ArrayList<>();
        for (long seed : seeds) {
            trained.add(
                    benchmark.train(
                            runs.resolve("seed-" + seed),
                            wanted.with(Map.of("seed", String.valueOf(seed))),
                            budget,
                            rhythm,
                            spec.commandLine().getOut()));
        }
        return trained;
    }

    private NgramReport count(BenchmarkSet set, Map<String, IntPredicate> subsets)
            throws IOException {
        boolean test = set.scored().equals(BenchmarkSet.TEST);
        Map<String, Map<String, Map<Integer, Double>>> published =
                test ? Recipe.of(set).ngrams() : Map.of();
        Protocol protocol = Protocol.of(set);
        List<NgramRow> rows = new ArrayList<>();
        for (Variant variant : variants(protocol)) {
            NgramBenchmark model =
                    new NgramBenchmark(set, orders, variant.copies(), variant.knowsBeat());
            subsets.forEach((name, wanted) ->
                    rows.add(
                            new NgramRow(
                                    variant.name(),
                                    name,
                                    model.score(set.pieces(set.scored()), wanted),
                                    published
                                            .getOrDefault(variant.name(), Map.of())
                                            .getOrDefault(name, Map.of()))));
        }
        return new NgramReport(set.name(), protocol.name(), protocol.unit(), set.scored(), rows);
    }

    /** A way of counting. */
    record Variant(String name, NgramBenchmark.Copies copies, boolean knowsBeat) {}

    static List<Variant> variants(Protocol protocol) {
        Variant plain = new Variant("plain", NgramBenchmark.Copies.NONE, false);
        return switch (protocol) {
            case FRAMES ->
                    List.of(
                            plain,
                            new Variant("transposed", NgramBenchmark.Copies.IN_RANGE, false));
            case VOICES ->
                    List.of(
                            plain,
                            new Variant("transposed, beat", NgramBenchmark.Copies.ALL, true),
                            new Variant(
                                    "transposed within 36..81, beat",
                                    NgramBenchmark.Copies.IN_RANGE,
                                    true));
        };
    }

    private Set<Integer> cleanPieces(Path list, String split) throws IOException {
        Set<Integer> indices = new HashSet<>();
        for (String line : Files.readAllLines(list)) {
            String name = line.strip();
            if (name.isEmpty()) {
                continue;
            }
            if (!name.matches("\\w+/\\d{1,9}")) {
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
}
