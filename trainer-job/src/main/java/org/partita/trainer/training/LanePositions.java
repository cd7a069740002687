package org.partita.trainer.training;

import java.util.List;

/**
 * Where all lanes stand between two batches.
 *
 * @param nextDraw number of the next piece to be drawn
 * @param lanes for each lane the piece it reads
 */
public record LanePositions(long nextDraw, List<Lane> lanes) {

    /**
     * One lane.
     *
     * @param draw number of its piece, or -1 if it has none
     * @param next number of the next target in the piece
     */
    public record Lane(long draw, int next) {}

    public LanePositions {
        lanes = List.copyOf(lanes);
    }
}
