package org.partita.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EnduranceTest {

    private static final int NOTES = 30_000;

    @Test
    void aPieceMayBeLongerThanAnyThatCanBeAskedFor() throws Exception {
        try (ModelBundle model = RandomModel.load();
                Endurance piece = new Endurance(model, NOTES)) {
            piece.awaitEvents(Long.MAX_VALUE);

            assertThat(piece.notes()).isEqualTo(NOTES);
            assertThat(piece.events()).isGreaterThan(NOTES);
        }
    }
}
