package org.partita.trainer.training;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.global.torch;
import org.partita.trainer.network.LaneState;
import org.partita.trainer.network.Network;
import org.partita.trainer.network.Weights;

/** Says what every single event of some pieces costs under given weights. */
public final class Scorer {

    private Scorer() {}

    /**
     * Nats of the tokens of every piece, event by event.
     *
     * @param config what the weights were trained with
     * @param threads of libtorch on the CPU
     */
    public static List<double[]> tokenNats(
            TrainingConfig config, Weights weights, Repertoire repertoire, int threads) {
        torch.set_num_threads(threads);
        List<List<Float>> nats = new ArrayList<>();
        for (int piece = 0; piece < repertoire.pieces(); piece++) {
            nats.add(new ArrayList<>());
        }
        BatchSource source = BatchSource.once(repertoire, config, Integer.MAX_VALUE);
        try (Network network =
                        new Network(
                                config.network(repertoire.form()), weights, Network.bestDevice());
                LaneState state = network.newState(config.lanes())) {
            Learner learner = new Learner(network, config.chainedHeads());
            for (Batch batch = source.next(); batch != null; batch = source.next()) {
                float[] costs = learner.nats(batch, state);
                for (int entry = 0; entry < costs.length; entry++) {
                    if (batch.counted()[entry] == 1) {
                        // A lane draws only between batches, so all its entries are of one piece.
                        LanePositions.Lane lane = batch.after().lanes().get(entry % config.lanes());
                        nats.get((int) lane.draw()).add(costs[entry]);
                    }
                }
            }
        }
        return nats.stream()
                .map(piece -> piece.stream().mapToDouble(Float::doubleValue).toArray())
                .toList();
    }
}
