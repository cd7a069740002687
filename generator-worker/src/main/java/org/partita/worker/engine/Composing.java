package org.partita.worker.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.partita.music.event.GridNote;
import org.partita.protocol.Progress;

/**
 * A piece that an {@link Engine} is composing. Whoever is interested looks at it in its own rhythm;
 * the decode thread never waits for anyone. Thread-safe.
 */
public final class Composing {

    private final Commission commission;
    private final Lane lane;
    private final Provenance provenance;

    /** The prompt's notes, where they belong to the result. */
    private final List<GridNote> heard;

    Composing(Commission commission, Lane lane, Provenance provenance) {
        this.commission = commission;
        this.lane = lane;
        this.provenance = provenance;
        heard = commission.request().includePrompt() ? commission.prompt().notes() : List.of();
    }

    /** How far the piece is, in the unit of its length. */
    public Progress progress() {
        return commission.goal().progress(lane.notes().size(), lane.steps());
    }

    /**
     * The result's notes so far, from one on; steps count from the beginning of the result.
     *
     * @param index of the first one wanted
     */
    public List<GridNote> notesFrom(int index) {
        if (heard.isEmpty()) {
            return lane.notes().notesFrom(index);
        }
        List<GridNote> notes = new ArrayList<>();
        if (index < heard.size()) {
            notes.addAll(heard.subList(index, heard.size()));
        }
        int origin = Math.toIntExact(commission.prompt().originStep());
        for (GridNote note : lane.notes().notesFrom(Math.max(0, index - heard.size()))) {
            notes.add(
                    new GridNote(
                            note.part(),
                            note.pitch(),
                            note.velocity(),
                            note.startStep() + origin,
                            note.durationSteps()));
        }
        return notes;
    }

    /** Quarter notes a minute of the result. */
    public double tempoBpm() {
        return commission.prompt().tempo().beatsPerMinute();
    }

    /** Events heard and composed so far; rises as long as the piece advances. */
    public long events() {
        return lane.events();
    }

    /** Gives the piece up; its lane is free before its next event. Nothing if it is finished. */
    public void cancel() {
        lane.cancel();
    }

    public boolean isDone() {
        return lane.finished().isDone();
    }

    /**
     * Waits for the piece.
     *
     * @throws TimeoutException if it is not finished by then; it goes on
     * @throws CancellationException if it was given up
     * @throws EngineException if the model failed
     */
    public Composition await(Duration atMost) throws InterruptedException, TimeoutException {
        try {
            NoteLog notes = lane.finished().get(atMost.toNanos(), TimeUnit.NANOSECONDS);
            return Composition.of(commission, notes.notesFrom(0), provenance);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CancellationException canceled) {
                throw canceled;
            }
            throw new EngineException("composing failed", e);
        }
    }
}
