package org.partita.worker.engine;

import ai.onnxruntime.OrtException;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.partita.music.event.Features;
import org.partita.music.event.Vocabulary;

/**
 * Whether a model gives a piece the same numbers alone as among others: what the promise of the
 * same bytes rests on. It depends on ONNX Runtime's kernels for this processor and on the kind of
 * the weights, so it is asked of every model before it composes.
 */
final class BatchInvariance {

    /** One more than the lanes that a thread has unless told otherwise; odd. */
    private static final int LANES = EngineSettings.DEFAULT_LANES_PER_THREAD + 1;

    /** The second event also hears the states that the first one left. */
    private static final int EVENTS = 2;

    /** What a model answers to so many lanes, which always hear the same: some rows for each. */
    interface Batch {
        float[][][] answers(int lanes) throws OrtException;
    }

    private BatchInvariance() {}

    /** What differs, in words; nothing if the number of lanes makes no difference. */
    static Optional<String> difference(ModelBundle model) throws OrtException {
        ModelShape shape = ModelShape.of(model.manifest());
        try (LaneArrays arrays = model.laneArrays(LANES);
                NoteHeads heads = model.noteHeads(LANES)) {
            return difference(lanes -> answers(arrays, heads, shape, lanes));
        }
    }

    static Optional<String> difference(Batch batch) throws OrtException {
        float[][][] all = batch.answers(LANES);
        for (int lanes = 1; lanes < LANES; lanes++) {
            float[][][] some = batch.answers(lanes);
            for (int lane = 0; lane < lanes; lane++) {
                if (!Arrays.deepEquals(some[lane], all[lane])) {
                    return Optional.of(
                            "a batch of %d gives other results than one of %d"
                                    .formatted(lanes, LANES));
                }
            }
        }
        return Optional.empty();
    }

    /** Logits of token, duration and velocity of each lane. */
    private static float[][][] answers(
            LaneArrays arrays, NoteHeads heads, ModelShape shape, int lanes) throws OrtException {
        SplittableRandom random = new SplittableRandom(1);
        float[] features = new float[Features.COUNT];
        float[] phase = new float[Features.PHASES];
        for (int lane = 0; lane < lanes; lane++) {
            arrays.clear(lane);
            for (int i = 0; i < features.length; i++) {
                features[i] = random.nextInt(20) == 0 ? 1 : 0;
            }
            for (int i = 0; i < phase.length; i++) {
                phase[i] = (float) random.nextDouble(-1, 1);
            }
            int token = random.nextInt(Vocabulary.PITCHES);
            arrays.hear(lane, token, 1 + random.nextInt(8), 1 + random.nextInt(8), features, phase);
        }
        for (int event = 0; event < EVENTS; event++) {
            arrays.step(lanes, StepClock.NONE);
        }
        heads.begin();
        for (int lane = 0; lane < lanes; lane++) {
            heads.add(lane, arrays.notes(), lane);
            heads.chooseDuration(lane, lane % shape.durations());
        }
        heads.runDurations();
        heads.runVelocities();
        float[][][] answers = new float[lanes][][];
        for (int lane = 0; lane < lanes; lane++) {
            float[] token = new float[shape.tokens()];
            float[] duration = new float[shape.durations()];
            float[] velocity = new float[shape.velocities()];
            arrays.readLogits(lane, token);
            heads.readDurationLogits(lane, duration);
            heads.readVelocityLogits(lane, velocity);
            answers[lane] = new float[][] {token, duration, velocity};
        }
        return answers;
    }
}
