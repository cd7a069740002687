package org.partita.worker.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.partita.protocol.Claim;
import org.partita.protocol.Fence;
import org.partita.protocol.GenerationResult;
import org.partita.protocol.JobError;
import org.partita.protocol.JobId;
import org.partita.protocol.JobProgress;
import org.partita.protocol.LaneStore;
import org.partita.protocol.NotesChunk;
import org.partita.protocol.WorkerStatus;
import org.partita.protocol.WriteAnswer;
import org.springframework.dao.QueryTimeoutException;

/** A store that answers as it is told and remembers what was written. */
final class FakeLaneStore implements LaneStore {

    Claim claim = new Claim.Unknown();
    WriteAnswer toProgress = WriteAnswer.ACCEPTED;

    /** How many of the next calls of {@link #awayFor} find no store. */
    int away;

    String awayFor = "claim";

    final List<NotesChunk> chunks = new ArrayList<>();

    /** How many pieces each call told of. */
    final List<Integer> toldAtOnce = new CopyOnWriteArrayList<>();

    /** What was called, also of others who share the list. */
    final List<String> calls = new CopyOnWriteArrayList<>();

    byte @Nullable [] midi;
    @Nullable GenerationResult result;
    @Nullable JobError error;

    private void called(String what) {
        if (what.equals(awayFor) && away > 0) {
            away--;
            throw new QueryTimeoutException("the store is away");
        }
        calls.add(what);
    }

    @Override
    public Claim claim(JobId id, String delivery, String worker, Duration lease) {
        called("claim");
        return claim;
    }

    @Override
    public List<WriteAnswer> progress(List<JobProgress> pieces, Duration lease) {
        called("progress");
        toldAtOnce.add(pieces.size());
        for (JobProgress piece : pieces) {
            tell(piece.notes());
        }
        return Collections.nCopies(pieces.size(), toProgress);
    }

    private void tell(@Nullable NotesChunk notes) {
        if (notes != null && toProgress == WriteAnswer.ACCEPTED) {
            chunks.add(notes);
        }
    }

    @Override
    public WriteAnswer complete(
            JobId id, Fence fence, @Nullable NotesChunk rest, byte[] piece, GenerationResult told) {
        called("complete");
        tell(rest);
        midi = piece;
        result = told;
        return WriteAnswer.ACCEPTED;
    }

    @Override
    public WriteAnswer fail(JobId id, Fence fence, JobError reason) {
        called("fail");
        error = reason;
        return WriteAnswer.ACCEPTED;
    }

    @Override
    public WriteAnswer release(JobId id, Fence fence) {
        called("release");
        return WriteAnswer.ACCEPTED;
    }

    @Override
    public void heartbeat(WorkerStatus worker, Duration timeToLive) {
        called("heartbeat");
    }

    @Override
    public void goodbye(String worker) {
        called("goodbye");
    }
}
