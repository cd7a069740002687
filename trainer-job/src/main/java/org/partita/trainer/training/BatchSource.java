package org.partita.trainer.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.partita.trainer.network.Segment;

/**
 * Gives one batch after the other: every lane reads a piece in consecutive segments and then draws
 * the next. What a draw is depends on its number and the seed alone, so {@link LanePositions} are
 * all that is needed to go on from a checkpoint.
 */
final class BatchSource {

    private final Repertoire repertoire;
    private final TrainingConfig config;
    private final boolean endless;
    private final int mostEvents;
    private final @Nullable Reading[] readers;
    private final long[] draws;
    private long nextDraw;
    private long orderEpoch = -1;
    private int[] order = new int[0];

    private BatchSource(
            Repertoire repertoire, TrainingConfig config, boolean endless, int mostEvents) {
        this.repertoire = repertoire;
        this.config = config;
        this.endless = endless;
        this.mostEvents = mostEvents;
        this.readers = new Reading[config.lanes()];
        this.draws = new long[config.lanes()];
        Arrays.fill(draws, -1);
    }

    /** All pieces in random order, varied, again and again. */
    static BatchSource training(Repertoire repertoire, TrainingConfig config) {
        return new BatchSource(repertoire, config, true, Integer.MAX_VALUE);
    }

    /** Each piece once, unchanged, its first {@code mostEvents} events. */
    static BatchSource once(Repertoire repertoire, TrainingConfig config, int mostEvents) {
        return new BatchSource(repertoire, config, false, mostEvents);
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
                Reading reader = open(saved.draw());
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
        EventForm form = repertoire.form();
        float[] features = new float[entries * form.features()];
        float[] phase = new float[entries * form.phases()];
        boolean[] illegal = new boolean[entries * form.vocabulary()];
        long[] target = new long[entries];
        float[] counted = new float[entries];
        long[] notes = new long[entries];
        long[] notePitch = new long[entries];
        long[] noteDuration = new long[entries];
        long[] noteVelocity = new long[entries];
        boolean[] fresh = new boolean[lanes];
        boolean[] mask = new boolean[form.vocabulary()];
        int noteCount = 0;
        int events = 0;
        boolean any = false;
        for (int lane = 0; lane < lanes; lane++) {
            Reading reader = readers[lane];
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
                if (config.musicalFeatures()) {
                    reader.writeFeatures(features, entry * form.features());
                }
                reader.writePhase(phase, entry * form.phases());
                reader.legal(mask);
                for (int i = 0; i < mask.length; i++) {
                    illegal[entry * form.vocabulary() + i] = !mask[i];
                }
                target[entry] = reader.targetToken();
                if (reader.targetCounts()) {
                    counted[entry] = 1;
                    events++;
                    if (reader.targetIsNote()) {
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
            Reading reader = readers[lane];
            lanes.add(new LanePositions.Lane(draws[lane], reader == null ? 0 : reader.next()));
        }
        return new LanePositions(nextDraw, lanes);
    }

    private @Nullable Reading draw(int lane) {
        if (!endless && nextDraw >= repertoire.pieces()) {
            readers[lane] = null;
            draws[lane] = -1;
            return null;
        }
        draws[lane] = nextDraw;
        Reading reader = open(nextDraw);
        readers[lane] = reader;
        nextDraw++;
        return reader;
    }

    private Reading open(long draw) {
        if (!endless) {
            return repertoire.plain((int) draw, mostEvents);
        }
        SplittableRandom random = new SplittableRandom(config.seed() * 0x9E3779B97F4A7C15L + draw);
        return repertoire.varied(indexOf(draw), config, random);
    }

    /** Each epoch goes through the pieces in an order of its own. */
    private int indexOf(long draw) {
        long epoch = draw / repertoire.pieces();
        if (epoch != orderEpoch) {
            SplittableRandom random =
                    new SplittableRandom(config.seed() * 0xD1B54A32D192ED03L + epoch);
            order = new int[repertoire.pieces()];
            for (int i = 0; i < order.length; i++) {
                int j = random.nextInt(i + 1);
                order[i] = order[j];
                order[j] = i;
            }
            orderEpoch = epoch;
        }
        return order[(int) (draw % repertoire.pieces())];
    }
}
