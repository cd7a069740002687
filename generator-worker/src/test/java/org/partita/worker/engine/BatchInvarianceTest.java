package org.partita.worker.engine;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.partita.music.event.Vocabulary;

class BatchInvarianceTest {

    static Path[] bundles() throws IOException {
        return LaneArraysTest.bundles();
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void modelGivesTheSameAloneAndAmongOthers(Path bundle) throws IOException {
        try (ModelBundle model = ModelBundle.load(bundle, ExecutionProvider.CPU)) {
            assertThatCode(() -> BatchInvariance.require(model)).doesNotThrowAnyException();
        }
    }

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
