package org.partita.worker.engine;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.onnxruntime.OrtException;
import org.junit.jupiter.api.Test;
import org.partita.music.event.Vocabulary;

class BatchInvarianceTest {

    /** Like kernels that take rows by twos and the last of an odd number alone. */
    @Test
    void lastBitInTheLastRowOfAnOddBatchIsNoticed() throws OrtException {
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> BatchInvariance.require(BatchInvarianceTest::byTwos))
                .withMessageContaining("batch of 1 than in one of 17");
    }

    private static float[][] byTwos(int lanes) {
        float[][] logits = new float[lanes][Vocabulary.SIZE];
        if (lanes % 2 == 1) {
            logits[lanes - 1][0] = Float.MIN_VALUE;
        }
        return logits;
    }
}
