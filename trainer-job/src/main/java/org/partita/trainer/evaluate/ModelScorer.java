package org.partita.trainer.evaluate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.partita.music.event.Durations;
import org.partita.music.event.EventCodec;
import org.partita.music.event.EventContext;
import org.partita.music.event.EventSequence;
import org.partita.music.event.Features;
import org.partita.music.event.GridScore;
import org.partita.music.event.Velocities;
import org.partita.music.event.Vocabulary;
import org.partita.trainer.bundle.LaneMemory;
import org.partita.trainer.bundle.SequenceSession;
import org.partita.trainer.bundle.StepSession;
import org.partita.trainer.data.PreparedPiece;

/**
 * Scores whole pieces by a bundle's {@code step.onnx}, the products that also compose: several
 * pieces side by side, in chunks, with state and ring carried from chunk to chunk. The model is
 * told the pieces' conditions, but not their length. Not thread-safe.
 */
final class ModelScorer implements AutoCloseable {

    private static final int LANES = 8;
    private static final int CHUNK = 256;

    private final StepSession session;
    private final int lanes;
    private final int chunk;

    ModelScorer(Path bundle, int threads) throws IOException {
        this(bundle, threads, LANES, CHUNK);
    }

    ModelScorer(Path bundle, int threads, int lanes, int chunk) throws IOException {
        this.session = new StepSession(bundle, threads);
        this.lanes = lanes;
        this.chunk = chunk;
    }

    /** A piece on its way through a lane. */
    private static final class Reading {
        private final int index;
        private final EventSequence events;
        private final EventContext context;
        private final double seconds;
        private int next;
        private int scored;
        private double token;
        private double duration;
        private double velocity;
        private int notes;

        Reading(int index, PreparedPiece piece) {
            this.index = index;
            this.events = piece.events();
            this.context = new EventContext(piece.conditions());
            GridScore score = EventCodec.decode(events, piece.conditions());
            this.seconds = score.seconds(score.endStep());
        }

        Likelihood likelihood() {
            return new Likelihood(token, duration, velocity, events.size(), notes, seconds);
        }
    }

    /**
     * Likelihoods of the pieces, in their order.
     *
     * @param progress told how many events were scored since it was told last
     */
    List<Likelihood> score(List<PreparedPiece> pieces, LongConsumer progress) {
        Likelihood[] results = new Likelihood[pieces.size()];
        // The longest first, so that lanes do not run out one by one at the end.
        List<Integer> waiting =
                new ArrayList<>(
                        IntStream.range(0, pieces.size())
                                .boxed()
                                .sorted(Comparator.comparingInt(i -> pieces.get(i).events().size()))
                                .toList());
        int used = Math.min(lanes, Math.max(1, pieces.size()));
        LaneMemory memory = session.newMemory(used);
        @Nullable Reading[] readings = new @Nullable Reading[used];
        boolean[] legal = new boolean[used * chunk * Vocabulary.SIZE];
        while (true) {
            int steps = 0;
            for (int lane = 0; lane < used; lane++) {
                if (readings[lane] == null && !waiting.isEmpty()) {
                    int index = waiting.removeLast();
                    readings[lane] = new Reading(index, pieces.get(index));
                    memory.reset(lane);
                }
                Reading reading = readings[lane];
                if (reading != null) {
                    steps = Math.max(steps, reading.events.size() - reading.next);
                }
            }
            if (steps == 0) {
                return List.of(results);
            }
            steps = Math.min(steps, chunk);
            SequenceSession.Input in =
                    SequenceSession.Input.blank(used, steps, Features.COUNT, Features.PHASES);
            for (int lane = 0; lane < used; lane++) {
                Reading reading = readings[lane];
                if (reading != null) {
                    fill(in, lane, reading, legal);
                }
            }
            SequenceSession.Output out = session.run(in, memory);
            long scored = 0;
            for (int lane = 0; lane < used; lane++) {
                Reading reading = readings[lane];
                if (reading != null) {
                    scored += tally(in, lane, reading, out, legal);
                    if (reading.scored == reading.events.size()) {
                        results[reading.index] = reading.likelihood();
                        readings[lane] = null;
                    }
                }
            }
            progress.accept(scored);
        }
    }

    private static void fill(SequenceSession.Input in, int lane, Reading reading, boolean[] legal) {
        EventSequence events = reading.events;
        boolean[] mask = new boolean[Vocabulary.SIZE];
        int end = Math.min(events.size(), reading.next + in.steps());
        for (int row = lane * in.steps(); reading.next < end; reading.next++, row++) {
            int i = reading.next;
            in.write(row, events, i, reading.context);
            reading.context.legal(mask);
            System.arraycopy(mask, 0, legal, row * Vocabulary.SIZE, Vocabulary.SIZE);
            reading.context.accept(
                    events.token(i), events.durationClass(i), events.velocityClass(i));
        }
    }

    private static int tally(
            SequenceSession.Input in,
            int lane,
            Reading reading,
            SequenceSession.Output out,
            boolean[] legal) {
        EventSequence events = reading.events;
        int count = reading.next - reading.scored;
        for (int row = lane * in.steps(); reading.scored < reading.next; reading.scored++, row++) {
            int token = events.token(reading.scored);
            int offset = row * Vocabulary.SIZE;
            reading.token +=
                    Softmax.nats(out.token(), offset, Vocabulary.SIZE, legal, offset, token);
            if (Vocabulary.isPitch(token)) {
                reading.notes++;
                reading.duration +=
                        Softmax.nats(
                                out.duration(),
                                row * Durations.COUNT,
                                Durations.COUNT,
                                events.durationClass(reading.scored));
                reading.velocity +=
                        Softmax.nats(
                                out.velocity(),
                                row * Velocities.COUNT,
                                Velocities.COUNT,
                                events.velocityClass(reading.scored));
            }
        }
        return count;
    }

    @Override
    public void close() {
        session.close();
    }
}
