package org.partita.trainer.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command on a tiny set, from the file to the report. */
class NetworkBenchmarkTest {

    private static final String PIECE = "[[60,64],[60],[],[62],[60,64],[60],[],[62]]";

    @TempDir private Path directory;

    @Test
    void trainedNetworkIsScoredLikeItsLastValidationAndFoundAgain() throws IOException {
        // Given
        String set = set("{\"train\":[%1$s,%1$s],\"valid\":[%1$s,%1$s]}".formatted(PIECE));
        String[] train =
                tiny(
                        set,
                        "--updates",
                        "60",
                        "--seeds",
                        "3",
                        "--set",
                        "window=16",
                        "--set",
                        "learningRate=0.02",
                        "--set",
                        "transposed=0",
                        "--set",
                        "averageDecay=0.5",
                        "--set",
                        "warmUpUpdates=5",
                        "--set",
                        "inputDropout=0",
                        "--set",
                        "outputDropout=0",
                        "--json",
                        path("first.json"));

        // When: trained, called again, and scored from its checkpoint
        benchmark(train);
        JsonNode first = json("first.json");
        benchmark(train);
        JsonNode again = json("first.json");
        Files.writeString(directory.resolve("clean.txt"), "valid/1\n");
        benchmark(
                set,
                "--checkpoint",
                path("runs/seed-3"),
                "--clean",
                path("clean.txt"),
                "--json",
                path("second.json"));
        JsonNode second = json("second.json");

        // Then: a guess among all that is legal costs over 8 nats a frame
        JsonNode result = first.path("rows").path(0).path("result");
        assertThat(result.path("frames").asInt()).isEqualTo(16);
        assertThat(result.path("symbols").asInt()).isEqualTo(32);
        assertThat(result.path("perSymbol").asDouble())
                .isCloseTo(
                        first.path("networks")
                                .path(0)
                                .path("validation")
                                .path(0)
                                .path("tokenPerEvent")
                                .asDouble(),
                        within(1e-5));
        assertThat(result.path("result").asDouble())
                .isCloseTo(2 * result.path("perSymbol").asDouble(), within(1e-9))
                .isLessThan(2);
        assertThat(again).isEqualTo(first);
        List<String> subsets = new ArrayList<>();
        second.path("rows").forEach(row -> subsets.add(row.path("subset").asString()));
        assertThat(subsets).containsExactly("all", "clean", "leaked");
        assertThat(second.path("rows").path(0).path("result")).isEqualTo(result);

        // And: neither a list of other pieces nor the checkpoint of other music is taken
        Files.writeString(directory.resolve("clean.txt"), "test/1\n");
        assertThat(refusal(set, "--checkpoint", path("runs/seed-3"), "--clean", path("clean.txt")))
                .contains("--clean", "must name some of the");
        String other = set("{\"train\":[[[60]]],\"valid\":[%1$s]}".formatted(PIECE));
        assertThat(refusal(other, "--checkpoint", path("runs/seed-3")))
                .contains("seed-3 was not trained on the training pieces of tiny");
    }

    @Test
    void severalSeedsAreAlsoReportedTogether() throws IOException {
        // Given
        String set = set("{\"train\":[%1$s,%1$s],\"valid\":[%1$s,%1$s]}".formatted(PIECE));

        // When
        benchmark(tiny(set, "--updates", "10", "--seeds", "1,2", "--json", path("seeds.json")));

        // Then: averaging probabilities costs no more than the average of the costs
        JsonNode report = json("seeds.json");
        double one = report.path("rows").path(0).path("result").path("result").asDouble();
        double other = report.path("rows").path(1).path("result").path("result").asDouble();
        JsonNode together = report.path("together").path(0);
        assertThat(together.path("mean").asDouble()).isCloseTo((one + other) / 2, within(1e-9));
        assertThat(together.path("deviation").asDouble())
                .isCloseTo(Math.abs(one - other) / Math.sqrt(2), within(1e-9));
        assertThat(together.path("averaged").path("result").asDouble())
                .isLessThan(together.path("mean").asDouble());
        assertThat(refusal(set, "--seeds", "1,1")).contains("--seeds names one twice: [1, 1]");
    }

    @Test
    void averagedNatsAreThoseOfTheMeanProbability() {
        List<double[]> one = List.of(new double[] {Math.log(2), 800});
        List<double[]> other = List.of(new double[] {Math.log(4), 801});

        double[] averaged = NetworkBenchmark.averaged(List.of(one, other)).getFirst();

        assertThat(averaged[0]).isCloseTo(-Math.log(0.375), within(1e-12));
        assertThat(averaged[1]).isCloseTo(800 - Math.log((1 + Math.exp(-1)) / 2), within(1e-9));
    }

    @Test
    void everySetOfTheLiteratureHasItsRecipe() throws IOException {
        BenchmarkSet set =
                BenchmarkSet.read(
                        Path.of(set("{\"train\":[%1$s],\"valid\":[%1$s]}".formatted(PIECE))));
        Map<String, Integer> updates =
                Map.of(
                        "jsb-chorales", 4200,
                        "jsb-chorales-16th-satb", 2500,
                        "nottingham", 3000,
                        "piano-midi-de", 4000,
                        "musedata", 1800,
                        "held-out-nottingham", 3000,
                        "another", 4200);
        updates.forEach((name, wanted) -> {
            Recipe recipe = recipe(new BenchmarkSet(name, set.splits()));
            assertThat(recipe.updates()).as(name).isEqualTo(wanted);
            assertThat(recipe.config().noteSize()).as(name).isEqualTo(1);
            assertThat(recipe.ngrams()).as("published results of other training pieces").isEmpty();
        });
    }

    /** Trains a network that takes no time. */
    private String[] tiny(String set, String... options) {
        List<String> arguments = new ArrayList<>(List.of(set, "--run", path("runs")));
        for (String size : List.of("hidden=16", "lanes=2", "segment=16")) {
            arguments.addAll(List.of("--set", size));
        }
        arguments.addAll(List.of(options));
        return arguments.toArray(String[]::new);
    }

    private static Recipe recipe(BenchmarkSet set) {
        try {
            return Recipe.of(set);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String set(String json) throws IOException {
        return Files.writeString(directory.resolve("tiny.json"), json).toString();
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    private JsonNode json(String name) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(directory.resolve(name)));
    }

    private static void benchmark(String... arguments) {
        StringWriter words = new StringWriter();
        assertThat(execute(words, arguments)).as(words.toString()).isZero();
    }

    private static String refusal(String... arguments) {
        StringWriter words = new StringWriter();
        assertThat(execute(words, arguments)).isNotZero();
        return words.toString();
    }

    private static int execute(StringWriter words, String... arguments) {
        PrintWriter screen = new PrintWriter(words, true);
        return new CommandLine(new BenchmarkCommand())
                .setOut(screen)
                .setErr(screen)
                .execute(arguments);
    }
}
