package org.partita.worker.engine;

import ai.onnxruntime.OrtException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.partita.protocol.GenerationRequest;
import org.partita.protocol.Length;
import org.partita.protocol.Sampling;
import org.partita.protocol.Start;

/**
 * Where the time of a step goes, in seconds a step by the clock. The steps are those of a {@link
 * DecodeThread}, with a clock between the parts.
 *
 * @param feeding telling the facts about the music and writing the inputs
 * @param graphs the recurrence and output graphs
 * @param attention to the past, and keeping the event for it
 * @param sampling choosing tokens, durations and velocities
 * @param heads the duration and velocity graphs
 */
public record StepShares(
        double feeding, double graphs, double attention, double sampling, double heads) {

    // Places of the parts in the clock.
    private static final int FEEDING = 0;
    private static final int GRAPHS = 1;
    private static final int ATTENTION = 2;
    private static final int SAMPLING = 3;
    private static final int HEADS = 4;
    private static final int PARTS = 5;

    /** Measures pieces of full rings. */
    public static StepShares measure(ModelBundle model, int lanes, int steps) {
        GenerationRequest request =
                GenerationRequest.of(new Start.Random(), new Length.Notes(20_000));
        try (LaneArrays arrays = model.laneArrays(lanes);
                NoteHeads heads = model.noteHeads(lanes)) {
            List<Lane> pieces = new ArrayList<>();
            for (int row = 0; row < lanes; row++) {
                arrays.clear(row);
                pieces.add(new Lane(Commission.of(request, row, Sampling.DEFAULT, model)));
            }
            Clock clock = new Clock();
            int warm = model.manifest().network().ringSlots() + 1;
            for (int i = 0; i < warm + steps; i++) {
                if (i == warm) {
                    clock.forget();
                }
                step(arrays, heads, pieces, clock);
            }
            return new StepShares(
                    clock.seconds(FEEDING, steps),
                    clock.seconds(GRAPHS, steps),
                    clock.seconds(ATTENTION, steps),
                    clock.seconds(SAMPLING, steps),
                    clock.seconds(HEADS, steps));
        } catch (OrtException e) {
            throw new EngineException("a step failed", e);
        }
    }

    private static void step(LaneArrays arrays, NoteHeads heads, List<Lane> pieces, Clock clock)
            throws OrtException {
        Lane.Scratch scratch = clock.scratch;
        clock.start();
        for (int row = 0; row < pieces.size(); row++) {
            pieces.get(row).hear(arrays, row, scratch);
        }
        clock.ended(FEEDING);
        arrays.recur(pieces.size());
        clock.ended(GRAPHS);
        arrays.attend(pieces.size());
        clock.ended(ATTENTION);
        arrays.speak(pieces.size());
        clock.ended(GRAPHS);
        List<Lane> striking = new ArrayList<>();
        heads.begin();
        for (int row = 0; row < pieces.size(); row++) {
            Lane piece = pieces.get(row);
            if (!piece.continuePrompt()) {
                arrays.readLogits(row, scratch.logits);
                if (piece.chooseToken(scratch)) {
                    heads.add(piece.pitch(), arrays.notes(), row);
                    striking.add(piece);
                }
            }
        }
        clock.ended(SAMPLING);
        if (striking.isEmpty()) {
            return;
        }
        heads.runDurations();
        clock.ended(HEADS);
        for (int i = 0; i < striking.size(); i++) {
            heads.readDurationLogits(i, scratch.logits);
            heads.chooseDuration(i, striking.get(i).chooseDuration(scratch));
        }
        clock.ended(SAMPLING);
        heads.runVelocities();
        clock.ended(HEADS);
        for (int i = 0; i < striking.size(); i++) {
            heads.readVelocityLogits(i, scratch.logits);
            striking.get(i).chooseVelocity(scratch);
        }
        clock.ended(SAMPLING);
    }

    private static final class Clock {
        private final Lane.Scratch scratch = new Lane.Scratch();
        private final long[] nanos = new long[PARTS];
        private long last;

        void forget() {
            Arrays.fill(nanos, 0);
        }

        void start() {
            last = System.nanoTime();
        }

        void ended(int part) {
            long now = System.nanoTime();
            nanos[part] += now - last;
            last = now;
        }

        double seconds(int part, int steps) {
            return nanos[part] / 1e9 / steps;
        }
    }
}
