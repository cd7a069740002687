package org.partita.trainer.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.partita.trainer.training.EventForm;
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
        assertThat(legal(mask)).isEqualTo(47);
        assertThat(mask[46]).isFalse();
        assertThat(mask[45]).isTrue();
        assertThat(mask[Protocol.END_OF_FRAME]).isTrue();
    }

    @Test
    void voicesAreReadInTheProtocolsOrderAsIntervals() {
        Reading reading = repertoire(Protocol.VOICES, VOICES).plain(0, 12);

        // 46 holds the pitch, at first that of a C major chord; 0 is a rest
        assertThat(targets(reading)).containsExactly(46, 46, 46, 50, 46, 0, 48, 47, 48, 48, 46, 46);
    }

    @Test
    void aTokenIsLegalForEveryPitchAndTheRest() {
        Reading reading = repertoire(Protocol.VOICES, VOICES).plain(0, 12);
        boolean[] mask = new boolean[SymbolReading.VOCABULARY];

        while (!reading.finished()) {
            reading.advance();
            reading.legal(mask);
            assertThat(legal(mask)).isEqualTo(47);
            assertThat(mask[reading.targetToken()]).isTrue();
        }
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
    void whatIsToldAndMayFollowDoesNotDependOnWhatComes() {
        for (Protocol protocol : Protocol.values()) {
            for (int change = 1; change < 40; change++) {
                // Given: two pieces that repeat themselves, alike up to this frame
                Reading first = repertoire(protocol, repeating(protocol, 40, 1)).plain(0, 1000);
                Reading second =
                        repertoire(protocol, repeating(protocol, change, 2)).plain(0, 1000);

                // When: read up to the first symbol that differs
                do {
                    first.advance();
                    second.advance();

                    // Then
                    assertThat(told(second, protocol)).containsExactly(told(first, protocol));
                } while (first.targetToken() == second.targetToken());
            }
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

    private static int legal(boolean[] mask) {
        int legal = 0;
        for (boolean may : mask) {
            legal += may ? 1 : 0;
        }
        return legal;
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

    /** Forty frames, each heard twice within sixteen; others from this one on. */
    private static List<List<Integer>> repeating(Protocol protocol, int change, int seed) {
        List<List<Integer>> piece = new ArrayList<>();
        for (int t = 0; t < 40; t++) {
            SplittableRandom random = new SplittableRandom(t < change ? t % 8 : 100L * seed + t);
            piece.add(
                    random.ints(40, 80)
                            .distinct()
                            .limit(protocol == Protocol.FRAMES ? random.nextInt(6) : 4)
                            .boxed()
                            .toList());
        }
        return piece;
    }

    /** Features, phase, input and the mask of what is legal. */
    private static float[] told(Reading reading, Protocol protocol) {
        EventForm form = protocol.form();
        float[] row = new float[form.features() + form.phases() + 1 + form.vocabulary()];
        reading.writeFeatures(row, 0);
        reading.writePhase(row, form.features());
        row[form.features() + form.phases()] = reading.inputToken();
        boolean[] mask = new boolean[form.vocabulary()];
        reading.legal(mask);
        for (int i = 0; i < mask.length; i++) {
            row[form.features() + form.phases() + 1 + i] = mask[i] ? 1 : 0;
        }
        return row;
    }
}
