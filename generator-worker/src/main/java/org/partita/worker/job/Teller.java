package org.partita.worker.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.partita.music.event.Grid;
import org.partita.music.event.GridNote;
import org.partita.protocol.Fence;
import org.partita.protocol.JobId;
import org.partita.protocol.JobProgress;
import org.partita.protocol.LaneStore;
import org.partita.protocol.NotesChunk;
import org.partita.protocol.WriteAnswer;
import org.partita.worker.engine.Composing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Tells the store how far the pieces of all lanes are, in one call: what a call costs is paid once
 * for the worker and not once for each lane. A piece whose job is no longer its lane's is given up.
 */
final class Teller implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Teller.class);

    /** Four times a second: often enough to watch, and to stop within a quarter of a second. */
    private static final Duration INTERVAL = Duration.ofMillis(250);

    private final LaneStore store;
    private final Duration lease;
    private final Set<Telling> tellings = ConcurrentHashMap.newKeySet();
    private final Thread thread;

    /** Starts the thread that tells. */
    Teller(LaneStore store, Duration lease) {
        this.store = store;
        this.lease = lease;
        thread = Thread.ofPlatform().name("teller").daemon().start(this::run);
    }

    /** Tells of a piece from now on, until what is returned is closed. */
    Telling begin(JobId id, Fence fence, Composing piece) {
        Telling telling = new Telling(id, fence, piece);
        tellings.add(telling);
        LockSupport.unpark(thread);
        return telling;
    }

    /** Ends the thread. */
    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (tellings.isEmpty()) {
                    LockSupport.park(this);
                } else {
                    Thread.sleep(INTERVAL);
                    tell();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell() {
        List<Telling> locked = new ArrayList<>();
        try {
            List<Telling> told = new ArrayList<>();
            List<JobProgress> news = new ArrayList<>();
            for (Telling telling : tellings) {
                telling.writing.lock();
                locked.add(telling);
                if (!telling.closed) {
                    try {
                        news.add(telling.news());
                        told.add(telling);
                    } catch (RuntimeException e) {
                        // Only this piece is given up: the others are told of.
                        LOG.atError()
                                .addKeyValue("job", telling.id)
                                .setCause(e)
                                .log("a piece cannot be told of");
                        telling.giveUp();
                    }
                }
            }
            if (news.isEmpty()) {
                return;
            }
            List<WriteAnswer> answers = store.progress(news, lease);
            for (int i = 0; i < answers.size(); i++) {
                told.get(i).heard(news.get(i), answers.get(i));
            }
        } catch (DataAccessException e) {
            LOG.atDebug().setCause(e).log("the store is away; the notes are told later");
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("the notes could not be told");
        } finally {
            locked.forEach(telling -> telling.writing.unlock());
        }
    }

    /** A piece that is told of. */
    final class Telling implements AutoCloseable {

        private final JobId id;
        private final Fence fence;
        private final Composing piece;

        /** Held while the store is asked, so that a piece's chunks are written one by one. */
        private final ReentrantLock writing = new ReentrantLock();

        private int told;
        private boolean closed;
        private volatile @Nullable WriteAnswer refusal;

        private Telling(JobId id, Fence fence, Composing piece) {
            this.id = id;
            this.fence = fence;
            this.piece = piece;
        }

        private JobProgress news() {
            return new JobProgress(id, fence, piece.progress(), chunk());
        }

        private void heard(JobProgress news, WriteAnswer answer) {
            switch (answer) {
                case ACCEPTED -> {
                    NotesChunk notes = news.notes();
                    told += notes == null ? 0 : notes.notes().size();
                }
                case CANCELED, FENCED -> {
                    refusal = answer;
                    giveUp();
                }
            }
        }

        private void giveUp() {
            tellings.remove(this);
            piece.cancel();
        }

        /** Why the store heard no more of the piece; {@code null} as long as it does. */
        @Nullable WriteAnswer refusal() {
            return refusal;
        }

        /** The notes not told yet, once this is closed; {@code null} if there are none. */
        @Nullable NotesChunk rest() {
            writing.lock();
            try {
                return chunk();
            } finally {
                writing.unlock();
            }
        }

        private @Nullable NotesChunk chunk() {
            List<GridNote> notes = piece.notesFrom(told);
            if (notes.isEmpty()) {
                return null;
            }
            List<NotesChunk.ComposedNote> composed = new ArrayList<>(notes.size());
            for (GridNote note : notes) {
                composed.add(
                        new NotesChunk.ComposedNote(
                                note.startStep(),
                                note.durationSteps(),
                                note.pitch(),
                                note.velocity(),
                                note.part()));
            }
            return new NotesChunk(told, composed, Grid.STEPS_PER_QUARTER, piece.tempoBpm());
        }

        /** Tells no more; returns once what is being written is written. */
        @Override
        public void close() {
            tellings.remove(this);
            writing.lock();
            try {
                closed = true;
            } finally {
                writing.unlock();
            }
        }
    }
}
