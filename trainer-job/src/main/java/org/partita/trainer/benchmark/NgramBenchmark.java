package org.partita.trainer.benchmark;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.partita.trainer.ngram.Symbols;
import org.partita.trainer.ngram.WittenBell;
import org.partita.trainer.training.Repertoire;

/** Scores a set by counting: the check that a harness reads sets and protocols rightly. */
final class NgramBenchmark {

    /** Which copies of a training piece are counted, moved as in training. */
    enum Copies {
        /** The piece as it is. */
        NONE,
        /** Those whose pitches stay within the protocol's. */
        IN_RANGE,
        /** All twelve: pitches out of range are symbols, too. */
        ALL
    }

    private final Protocol protocol;
    private final WittenBell model;
    private final boolean knowsBeat;

    /**
     * Counts the training pieces.
     *
     * @param knowsBeat whether the beat is known
     */
    NgramBenchmark(BenchmarkSet set, int orders, Copies copies, boolean knowsBeat) {
        this.protocol = Protocol.of(set);
        this.knowsBeat = knowsBeat;
        this.model = new WittenBell(orders);
        int lowest = copies == Copies.NONE ? 0 : Repertoire.LOWEST_SHIFT;
        int highest = copies == Copies.NONE ? 0 : Repertoire.HIGHEST_SHIFT;
        for (List<List<Integer>> piece : set.pieces(BenchmarkSet.TRAIN)) {
            Symbols symbols = protocol.encode(piece, knowsBeat).symbols();
            for (int shift = lowest; shift <= highest; shift++) {
                if (copies == Copies.ALL || staysInRange(symbols, shift)) {
                    model.train(moved(symbols, shift));
                }
            }
        }
    }

    private boolean staysInRange(Symbols piece, int shift) {
        return IntStream.range(0, piece.size())
                .map(piece::symbol)
                .filter(protocol::isPitch)
                .allMatch(symbol -> protocol.isPitch(symbol + shift));
    }

    /** A piece with its pitches moved, numbered above all other symbols. */
    private Symbols moved(Symbols piece, int shift) {
        Symbols moved = new Symbols();
        for (int i = 0; i < piece.size(); i++) {
            int symbol = piece.symbol(i);
            moved.add(
                    protocol.isPitch(symbol)
                            ? protocol.alphabet() - Repertoire.LOWEST_SHIFT + symbol + shift
                            : symbol,
                    piece.situation(i),
                    protocol.alphabet());
        }
        return moved;
    }

    /**
     * Results by order, from 1 on.
     *
     * @param wanted which pieces to score, by index
     */
    List<Tally.Result> score(List<List<List<Integer>>> pieces, IntPredicate wanted) {
        Tally[] tallies = new Tally[model.orders()];
        for (int order = 0; order < tallies.length; order++) {
            tallies[order] = new Tally(protocol);
        }
        double[] probabilities = new double[model.orders()];
        for (int index = 0; index < pieces.size(); index++) {
            if (!wanted.test(index)) {
                continue;
            }
            Protocol.Encoded piece = protocol.encode(pieces.get(index), knowsBeat);
            double[] nats = new double[model.orders()];
            double[] firstFrame = new double[model.orders()];
            Symbols symbols = moved(piece.symbols(), 0);
            for (int i = 0; i < symbols.size(); i++) {
                model.probabilities(symbols, i, probabilities);
                for (int order = 0; order < nats.length; order++) {
                    double cost = -Math.log(probabilities[order]);
                    nats[order] += cost;
                    firstFrame[order] += i < piece.firstFrame() ? cost : 0;
                }
            }
            for (int order = 0; order < nats.length; order++) {
                tallies[order].add(piece, nats[order], firstFrame[order]);
            }
        }
        return Stream.of(tallies).map(Tally::result).toList();
    }
}
