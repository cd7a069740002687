package org.partita.trainer.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NgramBenchmarkTest {

    @TempDir private Path directory;

    @Test
    void framesCostWhatCountingByHandSays() throws IOException {
        // Symbols of the training piece: 64 60 end, 60 end. N(64)=1, N(60)=2, N(end)=2, u=3.
        BenchmarkSet set =
                set("{\"train\":[[[60,64],[60]]],\"valid\":[[[60],[]]],\"test\":[[[60],[72]]]}");

        Tally.Result result =
                new NgramBenchmark(set, 1, NgramBenchmark.Copies.NONE, false)
                        .score(set.pieces(set.scored()), _ -> true)
                        .getFirst();

        double known = -Math.log((2 + 3 / 89.0) / 8);
        double unknown = -Math.log((3 / 89.0) / 8);
        assertThat(set.scored()).isEqualTo("test");
        assertThat(result.result()).isEqualTo((3 * known + unknown) / 2, within(1e-12));
        assertThat(result.withoutFirstFrame()).isEqualTo(known + unknown, within(1e-12));
        assertThat(result.perSymbol()).isEqualTo((3 * known + unknown) / 4, within(1e-12));
        assertThat(result.symbols()).isEqualTo(4);
    }

    @Test
    void voicesAreCountedApartInTheirOrder() throws IOException {
        BenchmarkSet set =
                set("{\"train\":[[[72,67,64,48]]],\"valid\":[[[72,67,64,48],[-1,67,64,48]]]}");

        Tally.Result result =
                new NgramBenchmark(set, 1, NgramBenchmark.Copies.NONE, false)
                        .score(set.pieces(set.scored()), _ -> true)
                        .getFirst();

        double known = -Math.log((1 + 1 / 47.0) / 2);
        double rest = -Math.log((1 / 47.0) / 2);
        assertThat(Protocol.of(set)).isEqualTo(Protocol.VOICES);
        assertThat(result.result()).isEqualTo((7 * known + rest) / 8, within(1e-12));
        assertThat(result.withoutFirstFrame()).isEqualTo((3 * known + rest) / 4, within(1e-12));
    }

    @Test
    void copiesAreThoseThatStayInRangeOrAll() throws IOException {
        // Moved by -5..6 the bass 36 becomes 31..42, of which 31..35 are no pitches of the set.
        BenchmarkSet set = set("{\"train\":[[[72,60,55,36]]],\"valid\":[[[72,60,55,36]]]}");

        double inRange = natsOfTheFrame(set, NgramBenchmark.Copies.IN_RANGE);
        double all = natsOfTheFrame(set, NgramBenchmark.Copies.ALL);

        assertThat(inRange).isEqualTo(4 * -Math.log((1 + 7 / 47.0) / 14), within(1e-12));
        assertThat(all).isEqualTo(4 * -Math.log((1 + 12 / 47.0) / 24), within(1e-12));
    }

    private static double natsOfTheFrame(BenchmarkSet set, NgramBenchmark.Copies copies) {
        return 4
                * new NgramBenchmark(set, 1, copies, false)
                        .score(set.pieces(set.scored()), _ -> true)
                        .getFirst()
                        .result();
    }

    @Test
    void publishedResultsAreComparedToFourDecimals() {
        Tally.Result found = new Tally.Result(1, 1, 1, 6.33174, null, 6.33174, 6.33174);
        var row =
                new BenchmarkCommand.NgramRow(
                        "plain",
                        "all",
                        List.of(found, found),
                        Map.of(1, 6.3317, 2, 6.3318, 3, 1.0));

        String table =
                BenchmarkMarkdown.of(
                        new BenchmarkCommand.NgramReport(
                                "set", "FRAMES", "nats/frame", "test", List.of(row)));

        assertThat(table)
                .contains("| plain | all | 1 | 6.3317 | 6.3317 | yes |")
                .contains("| plain | all | 2 | 6.3318 | 6.3317 | no |")
                .contains("| plain | all | 3 | 1.0000 |  | not counted |");
    }

    @Test
    void publishedResultsAreOfWaysAndPiecesThatAreCounted() throws IOException {
        int published = 0;
        for (String name : Recipe.NAMES) {
            Protocol protocol = name.contains("16th") ? Protocol.VOICES : Protocol.FRAMES;
            List<String> ways =
                    BenchmarkCommand.variants(protocol).stream()
                            .map(BenchmarkCommand.Variant::name)
                            .toList();
            var ngrams = Recipe.ngrams(Recipe.read(name));

            assertThat(ways).as(name).containsAll(ngrams.keySet());
            for (var subsets : ngrams.values()) {
                assertThat(List.of("all", "clean", "leaked")).containsAll(subsets.keySet());
                for (var orders : subsets.values()) {
                    assertThat(orders.keySet()).allMatch(order -> order >= 1 && order <= 9);
                    published += orders.size();
                }
            }
        }
        assertThat(published).isEqualTo(10 + 2 + 2 + 2 + 2 * 5);
    }

    @Test
    void emptyTestPiecesAndPiecesWithoutFramesDoNoHarm() throws IOException {
        BenchmarkSet set =
                set(
                        "{\"train\":[[[60,64],[60]]],\"valid\":[[],[[60]]],\"test\":[],\"other\":null}");

        Tally.Result result =
                new NgramBenchmark(set, 1, NgramBenchmark.Copies.NONE, false)
                        .score(set.pieces(set.scored()), _ -> true)
                        .getFirst();

        double known = -Math.log((2 + 3 / 89.0) / 8);
        assertThat(set.scored()).isEqualTo("valid");
        assertThat(result.pieces()).isEqualTo(1);
        assertThat(result.meanOfPieces()).isEqualTo(2 * known, within(1e-12));
        assertThat(result.withoutFirstFrame()).isNull();
    }

    @Test
    void subsetsAddUpToTheWhole() throws IOException {
        BenchmarkSet set =
                set("{\"train\":[[[60,64],[60]]],\"test\":[[[60]],[[64],[60]],[[61,62]]]}");
        NgramBenchmark model = new NgramBenchmark(set, 2, NgramBenchmark.Copies.NONE, false);
        List<List<List<Integer>>> pieces = set.pieces("test");

        Tally.Result all = model.score(pieces, _ -> true).getLast();
        Tally.Result even = model.score(pieces, index -> index % 2 == 0).getLast();
        Tally.Result odd = model.score(pieces, index -> index % 2 == 1).getLast();

        assertThat(even.frames() * even.result() + odd.frames() * odd.result())
                .isEqualTo(all.frames() * all.result(), within(1e-9));
    }

    private BenchmarkSet set(String json) throws IOException {
        Path file = directory.resolve("tiny.json.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(json.getBytes(StandardCharsets.UTF_8));
        }
        return BenchmarkSet.read(file);
    }
}
