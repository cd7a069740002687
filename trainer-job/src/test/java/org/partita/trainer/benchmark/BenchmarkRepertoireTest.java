package org.partita.trainer.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.partita.trainer.training.Reading;
import org.partita.trainer.training.TrainingConfig;

class BenchmarkRepertoireTest {

    private static final List<List<Integer>> FRAMES =
            List.of(List.of(60, 64, 67), List.of(60, 64, 67), List.of(), List.of(59, 67, 21));
    private static final List<List<Integer>> VOICES =
            List.of(List.of(72, 67, 64, 48), List.of(72, 69, 65, -1), List.of(74, 69, 65, 50));

    @Test
    void framesAreReadAsFallingPitchesAndTheirEnd() {
        Reading reading = repertoire(Protocol.FRAMES, FRAMES).plain(0, Integer.MAX_VALUE);

        assertThat(targets(reading))
                .containsExactly(46, 43, 39, 88, 46, 43, 39, 88, 88, 46, 38, 0, 88);
    }

    @Test
    void onlyLowerPitchesAndTheEndMayFollowInAFrame() {
        // Given
        Reading reading = repertoire(Protocol.FRAMES, FRAMES).plain(0, Integer.MAX_VALUE);
        boolean[] mask = new boolean[SymbolReading.VOCABULARY];

        // When: 67 was read, 64 is next
        reading.skipTo(2);
        reading.legal(mask);

        // Then: 46 lower pitches and the end of the frame, so that p sums to 1 over all sets
        int legal = 0;
        for (boolean may : mask) {
            legal += may ? 1 : 0;
        }
        assertThat(legal).isEqualTo(47);
        assertThat(mask[46]).isFalse();
        assertThat(mask[45]).isTrue();
        assertThat(mask[Protocol.END_OF_FRAME]).isTrue();
    }

    @Test
    void voicesAreReadInTheProtocolsOrder() {
        Reading reading = repertoire(Protocol.VOICES, VOICES).plain(0, 8);

        assertThat(targets(reading)).containsExactly(37, 13, 32, 29, 37, 0, 34, 30);
    }

    @Test
    void featuresFillTheirRowAndNoMore() {
        for (Protocol protocol : Protocol.values()) {
            // Given
            int width = protocol.form().features();
            Reading reading =
                    repertoire(protocol, protocol == Protocol.FRAMES ? FRAMES : VOICES)
                            .plain(0, Integer.MAX_VALUE);
            reading.skipTo(5);
            float[] row = new float[width + 1];
            row[width] = -7;

            // When
            reading.writeFeatures(row, 0);

            // Then: the shares of the last twelve pairs add up, nothing is written behind them
            double shares = 0;
            for (int i = width - 24; i < width; i += 2) {
                shares += row[i];
            }
            double heard = protocol == Protocol.FRAMES ? 3 : 4;
            assertThat(shares).isBetween(1 - Math.pow(0.9, heard) - 1e-6, 1.0);
            assertThat(row[width]).isEqualTo(-7);
        }
    }

    @Test
    void whatIsToldBeforeATargetDoesNotDependOnIt() {
        for (Protocol protocol : Protocol.values()) {
            // Given: two pieces with the same beginning
            boolean frames = protocol == Protocol.FRAMES;
            List<List<Integer>> piece = frames ? FRAMES : VOICES;
            List<List<Integer>> other =
                    List.of(
                            piece.get(0),
                            piece.get(1),
                            frames ? List.of(22) : List.of(81, 36, -1, 40));
            Reading first = repertoire(protocol, piece).plain(0, Integer.MAX_VALUE);
            Reading second = repertoire(protocol, other).plain(0, Integer.MAX_VALUE);

            // When: the first symbol that differs is the target
            int same = 8;
            first.skipTo(same + 1);
            second.skipTo(same + 1);

            // Then
            assertThat(first.targetToken()).isNotEqualTo(second.targetToken());
            assertThat(features(first, protocol)).containsExactly(features(second, protocol));
        }
    }

    @Test
    void transpositionMovesAllPitchesAlikeAndKeepsTheRange() {
        // Given: a piece at the lowest pitch
        BenchmarkRepertoire repertoire = repertoire(Protocol.FRAMES, FRAMES);
        TrainingConfig config = TrainingConfig.DEFAULTS.with(Map.of("transposed", "1"));
        TreeSet<Integer> shifts = new TreeSet<>();

        // When
        for (int seed = 0; seed < 200; seed++) {
            int[] moved = targets(repertoire.varied(0, config, new SplittableRandom(seed)));
            int shift = moved[0] - 46;
            shifts.add(shift);
            int[] back =
                    Arrays.stream(moved)
                            .map(symbol ->
                                    symbol == Protocol.END_OF_FRAME ? symbol : symbol - shift)
                            .toArray();
            assertThat(back).containsExactly(targets(repertoire.plain(0, Integer.MAX_VALUE)));
        }

        // Then
        assertThat(shifts).containsExactly(0, 1, 2, 3, 4, 5, 6);
    }

    private static BenchmarkRepertoire repertoire(Protocol protocol, List<List<Integer>> piece) {
        return new BenchmarkRepertoire(protocol, List.of(piece));
    }

    private static int[] targets(Reading reading) {
        int[] targets = new int[64];
        int size = 0;
        while (!reading.finished()) {
            reading.advance();
            targets[size++] = reading.targetToken();
        }
        return Arrays.copyOf(targets, size);
    }

    private static float[] features(Reading reading, Protocol protocol) {
        float[] row = new float[protocol.form().features()];
        reading.writeFeatures(row, 0);
        return row;
    }
}
