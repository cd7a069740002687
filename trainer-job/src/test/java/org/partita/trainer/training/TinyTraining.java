package org.partita.trainer.training;

import java.util.List;
import org.partita.trainer.data.PreparedMusic;
import org.partita.trainer.data.PreparedPiece;

/** Sizes and settings with which a test trains in seconds. */
final class TinyTraining {

    /** Learns by heart: nothing is varied, nothing is dropped. */
    static final TrainingConfig BY_HEART =
            new TrainingConfig(
                    32, 2, 2, 8, 8, 16, 16, 8, //
                    4, 16, 1e-2, 10, 1, 0.05, 0, 0.98, 1.0, 0.9, //
                    0, 0, 0, 0, 0, 0, 0, 0, 1, true, true, 1);

    /** Everything that chance decides is on. */
    static final TrainingConfig VARIED =
            new TrainingConfig(
                    16, 2, 2, 8, 8, 16, 16, 8, //
                    3, 16, 5e-3, 4, 0.5, 0.05, 0.02, 0.98, 1.0, 0.9, //
                    0.2, 0.2, 0.2, 0.7, 0.5, 0.4, 0.5, 0.3, 0.5, true, true, 11);

    private TinyTraining() {}

    static DataSummary summary(List<PreparedPiece> pieces, String sha256) {
        return DataSummary.of(
                new PreparedMusic(List.of("tests"), List.of(), List.of("unknown"), pieces), sha256);
    }
}
