package org.partita.worker.engine;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;
import org.partita.protocol.GenerationRequest;
import org.partita.protocol.Length;
import org.partita.protocol.Start;

/**
 * One piece far longer than any request may ask for, on one lane, to watch rate and memory. What
 * grows is only what was composed: eight bytes a note.
 */
public final class Endurance implements AutoCloseable {

    private final DecodeThread thread;
    private final Lane lane;

    /** Starts composing. */
    public Endurance(ModelBundle model, int notes) {
        GenerationRequest request =
                GenerationRequest.of(new Start.ChosenNote(60), new Length.Notes(1));
        Commission one = Commission.of(request, 1, model.defaultSampling(), model);
        lane =
                new Lane(
                        new Commission(
                                request,
                                one.sampling(),
                                one.chance(),
                                one.prompt(),
                                OptionalInt.empty(),
                                new Goal.NoteGoal(notes)));
        thread = new DecodeThread("decode-endurance", model.stepDecoder(1), _ -> {});
        thread.start();
        thread.join(lane);
    }

    /** Events so far. */
    public long events() {
        return lane.events();
    }

    /** Notes so far. */
    public int notes() {
        return lane.notes().size();
    }

    /**
     * Waits until so many events are composed, or the piece is complete.
     *
     * @throws java.util.concurrent.CompletionException if composing failed
     */
    public void awaitEvents(long events) {
        while (lane.events() < events && !lane.finished().isDone()) {
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
        if (lane.finished().isDone()) {
            lane.finished().join();
        }
    }

    @Override
    public void close() {
        thread.stop();
    }
}
