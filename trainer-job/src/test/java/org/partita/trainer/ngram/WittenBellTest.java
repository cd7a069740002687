package org.partita.trainer.ngram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WittenBellTest {

    private static final int A = 0;
    private static final int B = 1;
    private static final int ALPHABET = 3;

    @Test
    void probabilitiesAreThoseCountedByHand() {
        WittenBell model = new WittenBell(3);
        model.train(piece(A, B, A, A, B));

        double[] ofB = new double[3];
        model.probabilities(piece(A, B), 1, ofB);

        // Order 1: N(B) = 2 of 5 symbols, u = 2, base 1/3.
        double first = (2 + 2 / 3.0) / (5 + 2);
        // Order 2: after A came B, A, B: N = 3, N(B) = 2, u = 2.
        double second = (2 + 2 * first) / (3 + 2);
        // Order 3: after padding and A came B: N = 1, u = 1.
        double third = (1 + second) / (1 + 1);
        assertThat(ofB).containsExactly(new double[] {first, second, third}, within(1e-15));
    }

    @Test
    void unseenContextEndsTheInterpolation() {
        WittenBell model = new WittenBell(3);
        model.train(piece(A, B));

        double[] ofA = new double[3];
        model.probabilities(piece(2, A), 1, ofA);

        double first = (1 + 2 / 3.0) / (2 + 2);
        assertThat(ofA).containsExactly(new double[] {first, first, first}, within(1e-15));
    }

    @Test
    void emptyModelIsUniform() {
        double[] ofA = new double[2];

        new WittenBell(2).probabilities(piece(A), 0, ofA);

        assertThat(ofA).containsExactly(new double[] {1 / 3.0, 1 / 3.0}, within(1e-15));
    }

    @Test
    void situationsAreCountedApart() {
        WittenBell model = new WittenBell(1);
        model.train(new Symbols().add(A, 0, ALPHABET).add(B, 1, ALPHABET));

        double[] ofA = new double[1];
        model.probabilities(new Symbols().add(A, 1, ALPHABET), 0, ofA);

        assertThat(ofA[0]).isEqualTo((0 + 1 / 3.0) / (1 + 1), within(1e-15));
    }

    @Test
    void probabilitiesOfAllSymbolsSumToOne() {
        SplittableRandom random = new SplittableRandom(5);
        Symbols music = new Symbols();
        for (int i = 0; i < 5000; i++) {
            music.add(random.nextInt(ALPHABET), i % 2, ALPHABET);
        }
        WittenBell model = new WittenBell(6);
        model.train(music);

        double[] sum = new double[6];
        for (int symbol = 0; symbol < ALPHABET; symbol++) {
            double[] probabilities = new double[6];
            Symbols continued =
                    new Symbols().add(A, 0, 3).add(B, 1, 3).add(B, 0, 3).add(symbol, 1, 3);
            model.probabilities(continued, 3, probabilities);
            for (int order = 0; order < 6; order++) {
                sum[order] += probabilities[order];
            }
        }

        assertThat(sum).containsExactly(new double[] {1, 1, 1, 1, 1, 1}, within(1e-12));
    }

    /** The same formula over strings and maps, without hashing. */
    @Test
    void agreesWithPlainMaps() {
        SplittableRandom random = new SplittableRandom(9);
        int[] text = random.ints(3000, 0, 7).map(x -> x * x % 7).toArray();
        WittenBell model = new WittenBell(4);
        model.train(piece(7, text));
        Map<String, Map<Integer, Integer>> counts = new TreeMap<>();
        for (int i = 0; i < text.length; i++) {
            for (int order = 1; order <= 4; order++) {
                counts.computeIfAbsent(context(text, i, order), _ -> new TreeMap<>())
                        .merge(text[i], 1, Integer::sum);
            }
        }

        int[] unseen = random.ints(500, 0, 7).toArray();
        for (int i = 0; i < unseen.length; i++) {
            double[] actual = new double[4];
            model.probabilities(piece(7, unseen), i, actual);
            double expected = 1 / 7.0;
            boolean known = true;
            for (int order = 1; order <= 4; order++) {
                Map<Integer, Integer> after =
                        counts.getOrDefault(context(unseen, i, order), Map.of());
                known = known && !after.isEmpty();
                if (known) {
                    int total = after.values().stream().mapToInt(Integer::intValue).sum();
                    expected =
                            (after.getOrDefault(unseen[i], 0) + after.size() * expected)
                                    / (total + after.size());
                }
                assertThat(actual[order - 1]).isEqualTo(expected, within(1e-12));
            }
        }
    }

    private static String context(int[] text, int index, int order) {
        StringBuilder context = new StringBuilder("|");
        for (int distance = 1; distance < order; distance++) {
            context.append(distance > index ? "^" : text[index - distance]).append(' ');
        }
        return context.toString();
    }

    private static Symbols piece(int... symbols) {
        return piece(ALPHABET, symbols);
    }

    private static Symbols piece(int alphabet, int[] symbols) {
        Symbols piece = new Symbols();
        for (int symbol : symbols) {
            piece.add(symbol, 0, alphabet);
        }
        return piece;
    }
}
