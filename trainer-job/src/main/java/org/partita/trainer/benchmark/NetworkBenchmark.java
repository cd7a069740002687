package org.partita.trainer.benchmark;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.partita.trainer.training.Budget;
import org.partita.trainer.training.Checkpoint;
import org.partita.trainer.training.DataSummary;
import org.partita.trainer.training.Scorer;
import org.partita.trainer.training.Training;
import org.partita.trainer.training.TrainingConfig;
import org.partita.trainer.training.TrainingRun;

/** Trains the network on a set and scores it. */
final class NetworkBenchmark {

    private final BenchmarkSet set;
    private final Protocol protocol;
    private final BenchmarkRepertoire scored;
    private final int threads;

    NetworkBenchmark(BenchmarkSet set, int threads) {
        this.set = set;
        this.protocol = Protocol.of(set);
        this.threads = threads;
        this.scored = new BenchmarkRepertoire(protocol, set.pieces(set.scored()));
    }

    /** A checkpoint, or the last one of a run, of this set's training pieces. */
    Checkpoint open(Path directory) throws IOException {
        Checkpoint checkpoint = Checkpoint.open(directory);
        if (!checkpoint.state().data().sha256().equals(set.trainSha256())) {
            throw new IllegalArgumentException(
                    directory + " was not trained on the training pieces of " + set.name());
        }
        return checkpoint;
    }

    /**
     * Trains in this directory, from its last checkpoint on if it holds one. Validates on the valid
     * pieces alone.
     */
    Checkpoint train(
            Path directory,
            TrainingConfig config,
            Budget budget,
            TrainingRun.Rhythm rhythm,
            PrintWriter screen)
            throws IOException, InterruptedException {
        Checkpoint checkpoint = null;
        if (Checkpoint.existsIn(directory)) {
            checkpoint = open(directory);
            if (!checkpoint.state().config().equals(config)) {
                throw new IllegalArgumentException(
                        directory
                                + " holds checkpoints of another configuration; name another"
                                + " directory with --run");
            }
            if (budget.isUsedUp(checkpoint.state())) {
                return checkpoint;
            }
        }
        BenchmarkRepertoire learnt =
                new BenchmarkRepertoire(protocol, set.pieces(BenchmarkSet.TRAIN));
        return new Training(directory, config, threads, screen)
                .run(
                        learnt,
                        summary(learnt),
                        new BenchmarkRepertoire(protocol, set.pieces(BenchmarkSet.VALID)),
                        null,
                        checkpoint,
                        budget,
                        rhythm);
    }

    /** Nats of every symbol of every scored piece under the averaged weights. */
    List<double[]> nats(Checkpoint checkpoint) {
        return Scorer.tokenNats(checkpoint.state().config(), checkpoint.average(), scored, threads);
    }

    /**
     * Nats of every symbol if the networks' probabilities for it are averaged. That is a likelihood
     * again, since each network shares out its probability among the same symbols.
     *
     * @param networks what {@link #nats} gave for each; at least one
     */
    static List<double[]> averaged(List<List<double[]>> networks) {
        List<double[]> averaged = new ArrayList<>();
        for (int piece = 0; piece < networks.getFirst().size(); piece++) {
            double[] together = new double[networks.getFirst().get(piece).length];
            for (int i = 0; i < together.length; i++) {
                double least = Double.POSITIVE_INFINITY;
                for (List<double[]> nats : networks) {
                    least = Math.min(least, nats.get(piece)[i]);
                }
                double sum = 0;
                for (List<double[]> nats : networks) {
                    sum += Math.exp(least - nats.get(piece)[i]);
                }
                together[i] = least - Math.log(sum / networks.size());
            }
            averaged.add(together);
        }
        return averaged;
    }

    /** Adds up the pieces wanted. */
    Tally.Result result(List<double[]> nats, IntPredicate wanted) {
        Tally tally = new Tally(protocol);
        for (int index = 0; index < nats.size(); index++) {
            if (wanted.test(index)) {
                Protocol.Encoded piece = scored.encoded().get(index);
                double[] costs = nats.get(index);
                double all = 0;
                double firstFrame = 0;
                for (int i = 0; i < costs.length; i++) {
                    all += costs[i];
                    firstFrame += i < piece.firstFrame() ? costs[i] : 0;
                }
                tally.add(piece, all, firstFrame);
            }
        }
        return tally.result();
    }

    private DataSummary summary(BenchmarkRepertoire learnt) {
        long symbols = 0;
        long notes = 0;
        for (Protocol.Encoded piece : learnt.encoded()) {
            symbols += piece.symbols().size();
            for (int i = 0; i < piece.symbols().size(); i++) {
                notes += protocol.isPitch(piece.symbols().symbol(i)) ? 1 : 0;
            }
        }
        return new DataSummary(
                List.of(set.name()),
                List.of(),
                set.trainSha256(),
                learnt.pieces(),
                notes,
                symbols,
                List.of());
    }
}
