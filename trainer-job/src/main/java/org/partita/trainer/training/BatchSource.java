package org.partita.trainer.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.partita.music.event.EventSequence;
import org.partita.music.event.Features;
import org.partita.music.event.Vocabulary;
import org.partita.trainer.data.PreparedPiece;
import org.partita.trainer.network.Segment;

/**
 * Gives one batch after the other: every lane reads a piece in consecutive segments and then draws
 * the next. What a draw is depends on its number and the seed alone, so {@link LanePositions} are
 * all that is needed to go on from a checkpoint.
 */
final class BatchSource {

    private static final int LOWEST_SHIFT = -5;
    private static final int HIGHEST_SHIFT = 6;
    private static final int MOST_SILENT_FRAMES = 49;

    private final List<PreparedPiece> pieces;
    private final TrainingConfig config;
    private final boolean endless;
    private final int mostEvents;
    private final @Nullable PieceReader[] readers;
    private final long[] draws;
    private long nextDraw;
    private long orderEpoch = -1;
    private int[] order = new int[0];

    private BatchSource(
            List<PreparedPiece> pieces, TrainingConfig config, boolean endless, int mostEvents) {
        this.pieces = pieces;
        this.config = config;
        this.endless = endless;
        this.mostEvents = mostEvents;
        this.readers = new PieceReader[config.lanes()];
        this.draws = new long[config.lanes()];
        Arrays.fill(draws, -1);
    }

    /** All pieces in random order, varied, again and again. */
    static BatchSource training(List<PreparedPiece> pieces, TrainingConfig config) {
        return new BatchSource(pieces, config, true, Integer.MAX_VALUE);
    }

    /** Each piece once, unchanged, its first {@code mostEvents} events. */
    static BatchSource once(List<PreparedPiece> pieces, TrainingConfig config, int mostEvents) {
        return new BatchSource(pieces, config, false, mostEvents);
    }

    /** Goes on from there. */
    void restore(LanePositions positions) {
        if (positions.lanes().size() != readers.length) {
            throw new IllegalArgumentException(
                    "the checkpoint has %d lanes, the configuration %d"
                            .formatted(positions.lanes().size(), readers.length));
        }
        nextDraw = positions.nextDraw();
        for (int lane = 0; lane < readers.length; lane++) {
            LanePositions.Lane saved = positions.lanes().get(lane);
            draws[lane] = saved.draw();
            if (saved.draw() < 0) {
                readers[lane] = null;
            } else {
                PieceReader reader = open(saved.draw());
                reader.skipTo(saved.next());
                readers[lane] = reader;
            }
        }
    }

    /** The next batch, or null when every piece was read once and that was all that was wanted. */
    @Nullable Batch next() {
        int lanes = readers.length;
        int steps = config.segment();
        int entries = lanes * steps;
        long[] token = new long[entries];
        long[] duration = new long[entries];
        long[] velocity = new long[entries];
        float[] features = new float[entries * Features.COUNT];
        float[] phase = new float[entries * Features.PHASES];
        boolean[] illegal = new boolean[entries * Vocabulary.SIZE];
        long[] target = new long[entries];
        float[] counted = new float[entries];
        long[] notes = new long[entries];
        long[] notePitch = new long[entries];
        long[] noteDuration = new long[entries];
        long[] noteVelocity = new long[entries];
        boolean[] fresh = new boolean[lanes];
        boolean[] mask = new boolean[Vocabulary.SIZE];
        int noteCount = 0;
        int events = 0;
        boolean any = false;
        for (int lane = 0; lane < lanes; lane++) {
            PieceReader reader = readers[lane];
            if (reader == null || reader.finished()) {
                reader = draw(lane);
                fresh[lane] = true;
            }
            if (reader == null) {
                continue;
            }
            any = true;
            for (int step = 0; step < steps && !reader.finished(); step++) {
                int entry = step * lanes + lane;
                reader.advance();
                token[entry] = reader.inputToken();
                duration[entry] = reader.inputDuration();
                velocity[entry] = reader.inputVelocity();
                reader.context().writeFeatures(features, entry * Features.COUNT);
                reader.context().writePhase(phase, entry * Features.PHASES);
                reader.context().legal(mask);
                for (int i = 0; i < mask.length; i++) {
                    illegal[entry * Vocabulary.SIZE + i] = !mask[i];
                }
                target[entry] = reader.targetToken();
                if (reader.targetCounts()) {
                    counted[entry] = 1;
                    events++;
                    if (Vocabulary.isPitch(reader.targetToken())) {
                        notes[noteCount] = entry;
                        notePitch[noteCount] = reader.targetToken();
                        noteDuration[noteCount] = reader.targetDuration();
                        noteVelocity[noteCount] = reader.targetVelocity();
                        noteCount++;
                    }
                }
            }
        }
        if (!any) {
            return null;
        }
        return new Batch(
                new Segment(lanes, steps, token, duration, velocity, features, phase, fresh),
                illegal,
                target,
                counted,
                Arrays.copyOf(notes, noteCount),
                Arrays.copyOf(notePitch, noteCount),
                Arrays.copyOf(noteDuration, noteCount),
                Arrays.copyOf(noteVelocity, noteCount),
                events,
                positions());
    }

    private LanePositions positions() {
        List<LanePositions.Lane> lanes = new ArrayList<>();
        for (int lane = 0; lane < readers.length; lane++) {
            PieceReader reader = readers[lane];
            lanes.add(new LanePositions.Lane(draws[lane], reader == null ? 0 : reader.next()));
        }
        return new LanePositions(nextDraw, lanes);
    }

    private @Nullable PieceReader draw(int lane) {
        if (!endless && nextDraw >= pieces.size()) {
            readers[lane] = null;
            draws[lane] = -1;
            return null;
        }
        draws[lane] = nextDraw;
        PieceReader reader = open(nextDraw);
        readers[lane] = reader;
        nextDraw++;
        return reader;
    }

    private PieceReader open(long draw) {
        if (!endless) {
            return new PieceReader(pieces.get((int) draw), PieceReader.Variation.NONE, mostEvents);
        }
        PreparedPiece piece = pieces.get(indexOf(draw));
        SplittableRandom random = new SplittableRandom(config.seed() * 0x9E3779B97F4A7C15L + draw);
        int shift = 0;
        if (random.nextDouble() < config.transposed()) {
            int[] range = pitchRange(piece.events());
            int lowest = Math.max(LOWEST_SHIFT, -range[0]);
            int highest = Math.min(HIGHEST_SHIFT, Vocabulary.PITCHES - 1 - range[1]);
            shift = random.nextInt(lowest, highest + 1);
        }
        int silence =
                random.nextDouble() < config.silentStart()
                        ? random.nextInt(1, MOST_SILENT_FRAMES + 1)
                        : 0;
        return new PieceReader(
                piece,
                new PieceReader.Variation(
                        shift,
                        silence,
                        random.nextDouble() < config.knownEnd(),
                        random.nextDouble() < config.unknownStyle()),
                mostEvents);
    }

    /** Each epoch goes through the pieces in an order of its own. */
    private int indexOf(long draw) {
        long epoch = draw / pieces.size();
        if (epoch != orderEpoch) {
            SplittableRandom random =
                    new SplittableRandom(config.seed() * 0xD1B54A32D192ED03L + epoch);
            order = new int[pieces.size()];
            for (int i = 0; i < order.length; i++) {
                int j = random.nextInt(i + 1);
                order[i] = order[j];
                order[j] = i;
            }
            orderEpoch = epoch;
        }
        return order[(int) (draw % pieces.size())];
    }

    private static int[] pitchRange(EventSequence events) {
        int lowest = Vocabulary.PITCHES - 1;
        int highest = 0;
        for (int i = 0; i < events.size(); i++) {
            int token = events.token(i);
            if (Vocabulary.isPitch(token)) {
                lowest = Math.min(lowest, token);
                highest = Math.max(highest, token);
            }
        }
        return new int[] {lowest, highest};
    }
}
