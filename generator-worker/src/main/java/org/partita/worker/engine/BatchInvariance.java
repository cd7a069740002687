package org.partita.worker.engine;

import ai.onnxruntime.OrtException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.partita.music.event.Features;
import org.partita.music.event.Vocabulary;

/**
 * Whether a model gives a piece the same numbers alone as among others: what the promise of the
 * same bytes rests on. It depends on ONNX Runtime's kernels for this processor and on the kind of
 * the weights, so it is asked of every model before it composes.
 */
final class BatchInvariance {

    /** More than the rows that any kernel takes at once, and odd. */
    static final int LANES = 17;

    /** The second event also hears the states that the first one left. */
    private static final int EVENTS = 2;

    /** The logits of so many lanes, which always hear the same, after some events. */
    interface Batch {
        float[][] logits(int lanes) throws OrtException;
    }

    private BatchInvariance() {}

    /**
     * @throws EngineException if the number of lanes makes a difference
     */
    static void require(ModelBundle model) throws OrtException {
        try (LaneArrays arrays = model.laneArrays(LANES)) {
            require(lanes -> logits(arrays, lanes));
        }
    }

    static void require(Batch batch) throws OrtException {
        float[][] all = batch.logits(LANES);
        for (int lanes = 1; lanes < LANES; lanes++) {
            float[][] some = batch.logits(lanes);
            for (int lane = 0; lane < lanes; lane++) {
                if (!Arrays.equals(some[lane], all[lane])) {
                    throw new EngineException(
                            "on this processor (%s) the model gives other results in a batch of %d"
                                            .formatted(KernelFamily.ofThisMachine(), lanes)
                                    + " than in one of "
                                    + LANES);
                }
            }
        }
    }

    private static float[][] logits(LaneArrays arrays, int lanes) throws OrtException {
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
        float[][] logits = new float[lanes][Vocabulary.SIZE];
        for (int lane = 0; lane < lanes; lane++) {
            arrays.readLogits(lane, logits[lane]);
        }
        return logits;
    }
}
