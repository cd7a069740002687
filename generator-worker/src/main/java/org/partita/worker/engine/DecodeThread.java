package org.partita.worker.engine;

import ai.onnxruntime.OrtException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Steps its lanes together, one event each at a time. Lanes join and leave between any two events:
 * a lane that joins hears its prompt one event a step, beside the others, so it never holds them
 * up.
 */
final class DecodeThread {

    private final ConcurrentLinkedQueue<Lane> joining = new ConcurrentLinkedQueue<>();
    private final LaneArrays arrays;
    private final NoteHeads heads;
    private final Lane.Scratch scratch = new Lane.Scratch();
    private final List<Lane> lanes;
    private final int[] striking;
    private final int capacity;
    private final Consumer<DecodeThread> onLeave;
    private final Thread thread;
    private final StepTimes times = new StepTimes();

    private long stepped;
    private volatile long events;
    private volatile boolean stopping;

    /**
     * @param model whose graphs are run; shared with other threads
     * @param capacity most lanes at the same time
     * @param onLeave called by the thread whenever a lane has left
     */
    DecodeThread(String name, ModelBundle model, int capacity, Consumer<DecodeThread> onLeave) {
        this.onLeave = onLeave;
        arrays = model.laneArrays(capacity);
        heads = model.noteHeads(capacity);
        lanes = new ArrayList<>(capacity);
        this.capacity = capacity;
        striking = new int[capacity];
        thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Adds a lane; the caller sees to it that there are never more than the capacity. */
    void join(Lane lane) {
        joining.add(lane);
        LockSupport.unpark(thread);
    }

    /** Events stepped since the start, prompts included. */
    long events() {
        return events;
    }

    StepTimes times() {
        return times;
    }

    /** Ends all lanes as canceled and waits for the thread. */
    void stop() {
        stopping = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (arrays;
                heads) {
            while (!stopping) {
                long begin = System.nanoTime();
                admit();
                if (lanes.isEmpty()) {
                    if (joining.isEmpty() && !stopping) {
                        LockSupport.park(this);
                    }
                    continue;
                }
                try {
                    step();
                } catch (OrtException | RuntimeException e) {
                    failAll(e);
                }
                dismiss();
                times.add(System.nanoTime() - begin);
            }
            admit();
            failAll(new CancellationException("the engine stops"));
        }
    }

    private void admit() {
        while (lanes.size() < capacity) {
            Lane lane = joining.poll();
            if (lane == null) {
                return;
            }
            arrays.clear(lanes.size());
            lanes.add(lane);
        }
    }

    private void step() throws OrtException {
        int live = lanes.size();
        for (int row = 0; row < live; row++) {
            lanes.get(row).hear(arrays, row, scratch);
        }
        arrays.step(live);
        heads.begin();
        int strikes = 0;
        for (int row = 0; row < live; row++) {
            Lane lane = lanes.get(row);
            lane.remember(arrays, row);
            if (chooses(lane, row)) {
                heads.add(lane.pitch(), arrays.notes(), row);
                striking[strikes++] = row;
            }
        }
        if (strikes > 0) {
            strike(strikes);
        }
        stepped += live;
        events = stepped;
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
        for (int i = 0; i < strikes; i++) {
            heads.readDurationLogits(i, scratch.logits);
            Lane lane = lanes.get(striking[i]);
            try {
                heads.chooseDuration(i, lane.chooseDuration(scratch));
            } catch (RuntimeException e) {
                lane.fail(e);
            }
        }
        heads.runVelocities();
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
    }

    /** Lets go the lanes that are finished or not wanted any more. */
    private void dismiss() {
        for (int row = lanes.size() - 1; row >= 0; row--) {
            Lane lane = lanes.get(row);
            RuntimeException failure = lane.failure();
            if (failure != null) {
                remove(row);
                lane.finished().completeExceptionally(failure);
            } else if (lane.canceled()) {
                remove(row);
                lane.finished().completeExceptionally(new CancellationException());
            } else if (lane.reachedGoal()) {
                remove(row);
                lane.finished().complete(lane.notes());
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
        onLeave.accept(this);
    }

    private void failAll(Exception reason) {
        while (!lanes.isEmpty()) {
            Lane lane = lanes.getLast();
            remove(lanes.size() - 1);
            lane.finished().completeExceptionally(reason);
        }
    }
}
