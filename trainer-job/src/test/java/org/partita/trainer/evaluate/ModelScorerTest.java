package org.partita.trainer.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.partita.music.event.Durations;
import org.partita.music.event.EventContext;
import org.partita.music.event.EventSequence;
import org.partita.music.event.Features;
import org.partita.music.event.Velocities;
import org.partita.music.event.Vocabulary;
import org.partita.trainer.bundle.LaneMemory;
import org.partita.trainer.bundle.StepSession;
import org.partita.trainer.data.PreparedPiece;
import org.partita.trainer.export.TinyBundle;

class ModelScorerTest {

    @TempDir private static Path bundle;

    @BeforeAll
    static void writeBundle() throws IOException {
        TinyBundle.write(bundle);
    }

    /** The bundle's attention looks back 39 events, the piece is longer: the ring wraps. */
    @Test
    void scoringAmongOthersEqualsSteppingThroughThePieceAlone() throws IOException {
        PreparedPiece piece = Music.random(150, 1);

        Likelihood whole;
        try (ModelScorer scorer = new ModelScorer(bundle, 1, 3, 29)) {
            whole = scorer.score(List.of(piece, Music.random(90, 2)), _ -> {}).getFirst();
        }

        double[] stepped = step(piece);
        assertThat(whole.token()).isEqualTo(stepped[0], within(1e-3));
        assertThat(whole.duration()).isEqualTo(stepped[1], within(1e-3));
        assertThat(whole.velocity()).isEqualTo(stepped[2], within(1e-3));
        assertThat(whole.events()).isEqualTo(piece.events().size());
        assertThat(whole.notes()).isEqualTo(piece.events().noteCount());
        assertThat(whole.seconds()).isPositive();
    }

    @Test
    void lanesAndChunksDoNotChangeALikelihood() throws IOException {
        List<PreparedPiece> pieces =
                List.of(
                        Music.random(90, 1),
                        Music.random(7, 2),
                        Music.random(133, 3),
                        Music.random(64, 4),
                        Music.random(31, 5));

        List<Likelihood> alone;
        try (ModelScorer scorer = new ModelScorer(bundle, 1, 1, 500)) {
            alone = scorer.score(pieces, _ -> {});
        }
        List<Likelihood> together;
        try (ModelScorer scorer = new ModelScorer(bundle, 1, 2, 32)) {
            together = scorer.score(pieces, _ -> {});
        }

        for (int i = 0; i < pieces.size(); i++) {
            assertThat(together.get(i).nats()).isEqualTo(alone.get(i).nats(), within(1e-3));
            assertThat(together.get(i).events()).isEqualTo(pieces.get(i).events().size());
        }
    }

    @Test
    void probabilitiesOfAllLegalEventsSumToOne() throws IOException {
        PreparedPiece piece = Music.random(40, 6);
        EventSequence events = piece.events();
        EventContext context = new EventContext(piece.conditions());
        boolean[] legal = new boolean[Vocabulary.SIZE];
        try (StepSession session = new StepSession(bundle, 1)) {
            LaneMemory memory = session.newMemory(1);
            for (int i = 0; i < events.size(); i++) {
                StepSession.Output out = session.run(input(events, i, context), memory);
                context.legal(legal);
                double sum = 0;
                for (int token = 0; token < Vocabulary.SIZE; token++) {
                    if (legal[token]) {
                        double nats =
                                Softmax.nats(out.logits(), 0, Vocabulary.SIZE, legal, 0, token);
                        sum += Math.exp(-nats) * noteMass(session, out.note(), token);
                    }
                }
                assertThat(sum).isEqualTo(1, within(1e-9));
                accept(context, events, i);
            }
        }
    }

    /** What all durations and velocities of a token have together; of a few pitches only. */
    private static double noteMass(StepSession session, float[] note, int token) {
        if (!Vocabulary.isPitch(token) || token % 64 != 3) {
            return 1;
        }
        float[] durations = session.duration(note, new long[] {token});
        double mass = 0;
        for (int d = 0; d < Durations.COUNT; d++) {
            float[] velocities = session.velocity(note, new long[] {token}, new long[] {d});
            double ofDuration = Math.exp(-Softmax.nats(durations, 0, Durations.COUNT, d));
            for (int v = 0; v < Velocities.COUNT; v++) {
                mass += ofDuration * Math.exp(-Softmax.nats(velocities, 0, Velocities.COUNT, v));
            }
        }
        return mass;
    }

    private static double[] step(PreparedPiece piece) throws IOException {
        EventSequence events = piece.events();
        EventContext context = new EventContext(piece.conditions());
        boolean[] legal = new boolean[Vocabulary.SIZE];
        double[] nats = new double[3];
        try (StepSession session = new StepSession(bundle, 1)) {
            LaneMemory memory = session.newMemory(1);
            for (int i = 0; i < events.size(); i++) {
                StepSession.Output out = session.run(input(events, i, context), memory);
                context.legal(legal);
                int token = events.token(i);
                nats[0] += Softmax.nats(out.logits(), 0, Vocabulary.SIZE, legal, 0, token);
                if (Vocabulary.isPitch(token)) {
                    long[] pitch = {token};
                    long[] duration = {events.durationClass(i)};
                    float[] durations = session.duration(out.note(), pitch);
                    float[] velocities = session.velocity(out.note(), pitch, duration);
                    nats[1] += Softmax.nats(durations, 0, Durations.COUNT, events.durationClass(i));
                    nats[2] +=
                            Softmax.nats(velocities, 0, Velocities.COUNT, events.velocityClass(i));
                }
                accept(context, events, i);
            }
        }
        return nats;
    }

    private static void accept(EventContext context, EventSequence events, int i) {
        context.accept(events.token(i), events.durationClass(i), events.velocityClass(i));
    }

    private static StepSession.Input input(EventSequence events, int i, EventContext context) {
        float[] features = new float[Features.COUNT];
        float[] phase = new float[Features.PHASES];
        context.writeFeatures(features, 0);
        context.writePhase(phase, 0);
        boolean note = i > 0 && Vocabulary.isPitch(events.token(i - 1));
        return new StepSession.Input(
                1,
                new long[] {i == 0 ? Vocabulary.END : events.token(i - 1)},
                new long[] {note ? events.durationClass(i - 1) + 1 : 0},
                new long[] {note ? events.velocityClass(i - 1) + 1 : 0},
                features,
                phase);
    }
}
