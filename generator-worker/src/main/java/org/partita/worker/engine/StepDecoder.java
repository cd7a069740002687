package org.partita.worker.engine;

import ai.onnxruntime.OrtException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.partita.worker.engine.StepClock.Part;

/**
 * One event a step: the graphs and the attention for all lanes, the draw on the host, then the
 * duration and velocity graphs for those that strike a note. The live lanes are always the first
 * rows.
 */
final class StepDecoder implements Decoder {

    private final LaneArrays arrays;
    private final NoteHeads heads;
    private final StepClock clock;
    private final Lane.Scratch scratch = new Lane.Scratch();
    private final List<Lane> lanes;
    private final int[] striking;

    StepDecoder(LaneArrays arrays, NoteHeads heads, StepClock clock) {
        this.arrays = arrays;
        this.heads = heads;
        this.clock = clock;
        lanes = new ArrayList<>(arrays.capacity());
        striking = new int[arrays.capacity()];
    }

    @Override
    public int capacity() {
        return arrays.capacity();
    }

    @Override
    public int lanes() {
        return lanes.size();
    }

    @Override
    public void add(Lane lane) {
        arrays.clear(lanes.size());
        lanes.add(lane);
    }

    @Override
    public long step() throws OrtException {
        int live = lanes.size();
        for (int row = 0; row < live; row++) {
            lanes.get(row).hear(arrays, row, scratch);
        }
        clock.ended(Part.FEEDING);
        arrays.step(live, clock);
        heads.begin();
        int strikes = 0;
        for (int row = 0; row < live; row++) {
            Lane lane = lanes.get(row);
            if (chooses(lane, row)) {
                heads.add(lane.pitch(), arrays.notes(), row);
                striking[strikes++] = row;
            }
        }
        clock.ended(Part.SAMPLING);
        if (strikes > 0) {
            strike(strikes);
        }
        return live;
    }

    /** Moves a lane to its next event; true if that strikes a note, which the heads complete. */
    private boolean chooses(Lane lane, int row) {
        try {
            if (lane.continuePrompt()) {
                return false;
            }
            arrays.readLogits(row, scratch.logits);
            return lane.chooseToken(scratch);
        } catch (RuntimeException e) {
            lane.fail(e);
            return false;
        }
    }

    private void strike(int strikes) throws OrtException {
        heads.runDurations();
        clock.ended(Part.HEADS);
        for (int i = 0; i < strikes; i++) {
            heads.readDurationLogits(i, scratch.logits);
            Lane lane = lanes.get(striking[i]);
            try {
                heads.chooseDuration(i, lane.chooseDuration(scratch));
            } catch (RuntimeException e) {
                lane.fail(e);
            }
        }
        clock.ended(Part.SAMPLING);
        heads.runVelocities();
        clock.ended(Part.HEADS);
        for (int i = 0; i < strikes; i++) {
            heads.readVelocityLogits(i, scratch.logits);
            Lane lane = lanes.get(striking[i]);
            if (lane.failure() != null) {
                continue;
            }
            try {
                lane.chooseVelocity(scratch);
            } catch (RuntimeException e) {
                lane.fail(e);
            }
        }
        clock.ended(Part.SAMPLING);
    }

    @Override
    public void removeIf(Predicate<Lane> gone) {
        for (int row = lanes.size() - 1; row >= 0; row--) {
            if (gone.test(lanes.get(row))) {
                remove(row);
            }
        }
    }

    private void remove(int row) {
        Lane last = lanes.removeLast();
        int lastRow = lanes.size();
        if (row < lastRow) {
            arrays.move(lastRow, row);
            lanes.set(row, last);
        }
    }

    @Override
    public void close() {
        try (arrays;
                heads) {
            lanes.clear();
        }
    }
}
