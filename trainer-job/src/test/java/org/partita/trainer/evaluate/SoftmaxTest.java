package org.partita.trainer.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SoftmaxTest {

    @Test
    void illegalClassesTakeNoProbability() {
        float[] logits = {9f, 100f, 2f, 3f};
        boolean[] legal = {true, false, true, true};

        double nats = Softmax.nats(logits, 1, 3, legal, 1, 1);

        // Of the three classes from offset 1 only those with logits 2 and 3 count.
        assertThat(nats).isEqualTo(Math.log(1 + Math.E), within(1e-9));
    }

    @Test
    void largeLogitsDoNotOverflow() {
        float[] logits = {3000f, 3000f};

        double nats = Softmax.nats(logits, 0, 2, 0);

        assertThat(nats).isEqualTo(Math.log(2), within(1e-12));
    }
}
