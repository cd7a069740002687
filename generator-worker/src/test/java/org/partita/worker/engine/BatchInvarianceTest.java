package org.partita.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import org.junit.jupiter.api.Test;

class BatchInvarianceTest {

    @Test
    void rowsThatAreTheSameInEveryBatchDoNotDiffer() throws OrtException {
        assertThat(BatchInvariance.difference(lanes -> new float[lanes][1][3])).isEmpty();
    }

    /** Like kernels that take rows by twos and the last of an odd number alone. */
    @Test
    void lastBitInTheLastRowOfAnOddBatchIsNoticed() throws OrtException {
        assertThat(BatchInvariance.difference(BatchInvarianceTest::byTwos))
                .hasValue("a batch of 1 gives other results than one of 17");
    }

    private static float[][][] byTwos(int lanes) {
        float[][][] answers = new float[lanes][1][3];
        if (lanes % 2 == 1) {
            answers[lanes - 1][0][0] = Float.MIN_VALUE;
        }
        return answers;
    }
}
