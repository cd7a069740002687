package org.partita.worker.engine;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.partita.music.event.Conditions;
import org.partita.music.event.EventContext;
import org.partita.music.event.Features;
import org.partita.music.event.GridMeter;
import org.partita.music.event.GridPart;
import org.partita.music.event.GridScore;
import org.partita.music.event.GridTempo;
import org.partita.music.event.Vocabulary;
import org.partita.protocol.Sampling;

/**
 * The engine's inner parts with the shipped model. {@code ./mvnw -Pjmh -pl generator-worker -am
 * verify -DskipTests -DskipITs} runs it.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class EngineBenchmark {

    /** What a piece is in the middle of. */
    @State(Scope.Thread)
    public static class Piece {

        private final EventContext context =
                new EventContext(
                        Conditions.of(
                                new GridScore(
                                        List.of(GridPart.PIANO),
                                        List.of(),
                                        List.of(GridMeter.COMMON_TIME),
                                        List.of(new GridTempo(0, 500_000)))));
        private final float[] features = new float[Features.COUNT];
        private final boolean[] legal = new boolean[Vocabulary.SIZE];

        /** A few chords. */
        @Setup
        public void play() {
            for (int chord = 0; chord < 40; chord++) {
                for (int note = 3; note >= 0; note--) {
                    context.accept(48 + chord % 12 + 4 * note, 10, 8);
                }
                context.accept(Vocabulary.advance(12), 0, 0);
            }
        }
    }

    /** Logits as a model gives them: a few likely tokens, many unlikely ones. */
    @State(Scope.Thread)
    public static class Logits {

        /** Top-p and min-p. */
        @Param({"1 0", "1 0.005", "0.998 0", "0.9 0"})
        @SuppressWarnings("NullAway.Init") // JMH sets it
        private String cuts;

        private final float[] logits = new float[Vocabulary.SIZE];
        private final boolean[] legal = new boolean[Vocabulary.SIZE];
        private final SplittableRandom random = new SplittableRandom(1);

        @SuppressWarnings("NullAway.Init") // JMH sets it
        private Sampler sampler;

        /** The same numbers in every run. */
        @Setup
        public void fill() {
            for (int token = 0; token < logits.length; token++) {
                logits[token] = (float) (random.nextGaussian() * 4);
            }
            Arrays.fill(legal, true);
            int space = cuts.indexOf(' ');
            double topP = Double.parseDouble(cuts.substring(0, space));
            double minP = Double.parseDouble(cuts.substring(space + 1));
            Sampling sampling = new Sampling(1, 0, topP, minP);
            sampler = new TruncatedSampler(sampling, Vocabulary.SIZE);
        }
    }

    /** The graphs and their pinned memory. */
    @State(Scope.Thread)
    public static class Graphs {

        @Param({"1", "4", "16"})
        private int lanes;

        @SuppressWarnings("NullAway.Init") // JMH sets it
        private ModelBundle model;

        @SuppressWarnings("NullAway.Init") // JMH sets it
        private LaneArrays arrays;

        @SuppressWarnings("NullAway.Init") // JMH sets it
        private NoteHeads heads;

        /** All lanes in the middle of a piece, their rings full. */
        @Setup
        public void load() throws IOException, OrtException {
            model = ModelBundle.load(DeterminismTest.shipped(), ExecutionProvider.CPU);
            arrays = model.laneArrays(lanes);
            heads = model.noteHeads(lanes);
            float[] features = new float[Features.COUNT];
            float[] phase = new float[Features.PHASES];
            features[0] = 1;
            for (int event = 0; event < 600; event++) {
                for (int row = 0; row < lanes; row++) {
                    arrays.hear(row, 60, 1, 1, features, phase);
                }
                arrays.step(lanes, StepClock.NONE);
            }
        }

        /** Frees what is not the JVM's. */
        @TearDown(Level.Trial)
        public void close() {
            heads.close();
            arrays.close();
            model.close();
        }
    }

    /** What the model is told before an event. */
    @Benchmark
    public float[] features(Piece piece) {
        piece.context.writeFeatures(piece.features, 0);
        return piece.features;
    }

    /** What may follow. */
    @Benchmark
    public boolean[] legality(Piece piece) {
        piece.context.legal(piece.legal);
        return piece.legal;
    }

    /** The draw of a token. */
    @Benchmark
    public int draw(Logits given) {
        return given.sampler.choose(
                given.logits, given.legal, Vocabulary.SIZE, given.random.nextDouble());
    }

    /** An event of all lanes: both graphs and the attention between them. */
    @Benchmark
    public void step(Graphs graphs) throws OrtException {
        graphs.arrays.step(graphs.lanes, StepClock.NONE);
    }

    /** The attention of all lanes alone. */
    @Benchmark
    public void attention(Graphs graphs) {
        graphs.arrays.attend(graphs.lanes);
    }

    /** Duration and velocity graphs where every lane strikes a note. */
    @Benchmark
    public void heads(Graphs graphs) throws OrtException {
        graphs.heads.begin();
        for (int row = 0; row < graphs.lanes; row++) {
            graphs.heads.add(60, graphs.arrays.notes(), row);
        }
        graphs.heads.runDurations();
        for (int row = 0; row < graphs.lanes; row++) {
            graphs.heads.chooseDuration(row, 10);
        }
        graphs.heads.runVelocities();
    }
}
