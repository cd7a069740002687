package org.partita.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.partita.protocol.GenerationRequest;
import org.partita.protocol.Length;
import org.partita.protocol.Sampling;
import org.partita.protocol.Start;

/**
 * A piece far longer than any request may ask for, on one lane. {@code -Dpartita.endurance.notes}
 * makes it longer still; what it prints then shows whether the rate and the heap stay flat.
 */
class EnduranceTest {

    private static final int NOTES = Integer.getInteger("partita.endurance.notes", 10_000);
    private static final int TENTHS = 10;

    @Test
    void aPieceHasNoMaximumLength() throws Exception {
        GenerationRequest request =
                GenerationRequest.of(new Start.ChosenNote(60), new Length.Notes(1));
        try (ModelBundle model = RandomModel.load()) {
            Commission small = Commission.of(request, 1, Sampling.DEFAULT, model);
            Lane lane =
                    new Lane(
                            new Commission(
                                    request,
                                    Sampling.DEFAULT,
                                    new Chance(1),
                                    small.prompt(),
                                    OptionalInt.empty(),
                                    new Goal.NoteGoal(NOTES)));
            DecodeThread thread =
                    new DecodeThread("decode-endurance", model.stepDecoder(1), _ -> {});
            thread.start();
            thread.join(lane);
            long begin = System.nanoTime();
            for (int tenth = 1; tenth <= TENTHS; tenth++) {
                while (lane.notes().size() < (long) NOTES * tenth / TENTHS) {
                    LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
                }
                report(lane, System.nanoTime() - begin);
            }

            int notes = lane.finished().get(1, TimeUnit.MINUTES).size();
            thread.stop();

            assertThat(notes).isEqualTo(NOTES);
            assertThat(lane.events()).isGreaterThan(NOTES);
        }
    }

    private static void report(Lane lane, long nanos) {
        if (NOTES > 10_000) {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            System.out.printf(
                    "%,d events after %d s, %d MB of heap%n",
                    lane.events(),
                    nanos / 1_000_000_000,
                    (runtime.totalMemory() - runtime.freeMemory()) >> 20);
        }
    }
}
