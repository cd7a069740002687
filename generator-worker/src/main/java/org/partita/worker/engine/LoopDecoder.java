package org.partita.worker.engine;

import ai.onnxruntime.OrtException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Many events a step, all in the loop graph. Every row is computed, whether a lane is in it or not:
 * with one batch shape for everything, what a lane gives does not depend on the others where a
 * provider chooses its kernels by shape, as CUDA's libraries do. A lane keeps its row.
 */
final class LoopDecoder implements Decoder {

    private final LoopArrays arrays;
    private final Lane.Scratch scratch = new Lane.Scratch();
    private final @Nullable Lane[] rows;
    private int lanes;

    LoopDecoder(LoopArrays arrays) {
        this.arrays = arrays;
        rows = new Lane[arrays.capacity()];
    }

    @Override
    public int capacity() {
        return rows.length;
    }

    @Override
    public int lanes() {
        return lanes;
    }

    @Override
    public void add(Lane lane) {
        for (int row = 0; row < rows.length; row++) {
            if (rows[row] == null) {
                rows[row] = lane;
                lanes++;
                lane.begin(arrays, row, scratch);
                return;
            }
        }
        throw new IllegalStateException("all " + rows.length + " rows are taken");
    }

    @Override
    public long step() throws OrtException {
        for (int row = 0; row < rows.length; row++) {
            Lane lane = rows[row];
            if (lane != null) {
                lane.foresee(arrays, row);
            }
        }
        arrays.run();
        long events = 0;
        for (int row = 0; row < rows.length; row++) {
            Lane lane = rows[row];
            if (lane != null) {
                events += follow(lane, row);
            }
        }
        return events;
    }

    /** Makes the lane live through what the graph composed, as far as it still wants it. */
    private int follow(Lane lane, int row) {
        try {
            int events = 0;
            while (events < arrays.events() && !lane.reachedGoal()) {
                lane.follow(arrays, row, events++);
            }
            return events;
        } catch (RuntimeException e) {
            lane.fail(e);
            return 0;
        }
    }

    @Override
    public void removeIf(Predicate<Lane> gone) {
        for (int row = 0; row < rows.length; row++) {
            Lane lane = rows[row];
            if (lane != null && gone.test(lane)) {
                rows[row] = null;
                lanes--;
            }
        }
    }

    @Override
    public void close() {
        arrays.close();
    }
}
