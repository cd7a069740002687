package org.partita.trainer.benchmark;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.partita.trainer.ngram.WittenBell;

/** Scores a set by counting: the check that a harness reads sets and protocols rightly. */
final class NgramBenchmark {

    private final Protocol protocol;
    private final WittenBell model;
    private final boolean knowsBeat;

    /**
     * Counts the training pieces.
     *
     * @param transpose whether each is counted in twelve transpositions
     * @param knowsBeat whether the beat is known
     */
    NgramBenchmark(BenchmarkSet set, int orders, boolean transpose, boolean knowsBeat) {
        this.protocol = Protocol.of(set);
        this.knowsBeat = knowsBeat;
        this.model = new WittenBell(orders);
        List<List<List<Integer>>> train = set.pieces(BenchmarkSet.TRAIN);
        if (transpose) {
            train = BenchmarkSet.transposed(train, protocol.lowest(), protocol.highest());
        }
        for (List<List<Integer>> piece : train) {
            model.train(protocol.encode(piece, knowsBeat).symbols());
        }
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
            for (int i = 0; i < piece.symbols().size(); i++) {
                model.probabilities(piece.symbols(), i, probabilities);
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
