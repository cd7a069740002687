package org.partita.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.partita.music.Scale;
import org.partita.music.Tonality;
import org.partita.music.event.GridNote;
import org.partita.protocol.Controls;
import org.partita.protocol.GenerationRequest;
import org.partita.protocol.Length;
import org.partita.protocol.Meter;
import org.partita.protocol.PitchRange;
import org.partita.protocol.Sampling;
import org.partita.protocol.SamplingRequest;
import org.partita.protocol.Start;

/** The loop graph against the step graph, both on the CPU. */
class LoopTest {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Test
    void composesTheNotesThatTheStepGraphComposes() throws Exception {
        compare(RandomModel.directory().normalize(), 60, 120);
    }

    @Test
    void sharesEveryNoteWithTheStepGraphInTheShippedModel() throws Exception {
        compare(DeterminismTest.shipped(), 12, 60);
    }

    @Test
    void continuesAnUploadedPieceAsTheStepGraphDoes() throws Exception {
        Path bundle = RandomModel.directory().normalize();
        byte[] upload;
        try (ModelBundle model = ModelBundle.load(bundle, ExecutionProvider.CPU);
                Engine engine = new Engine(model, new EngineSettings(1, 1))) {
            upload = cases(1, 40).getFirst().begin(engine).await(PATIENCE).midi();
        }
        Start start = new Start.Midi(Base64.getEncoder().encodeToString(upload));
        List<Case> cases = new ArrayList<>();
        List<Length> lengths =
                List.of(new Length.Notes(70), new Length.Bars(3), new Length.Seconds(7));
        for (int i = 0; i < lengths.size(); i++) {
            GenerationRequest request = request(start, lengths.get(i), null, Controls.NONE);
            cases.add(new Case(request, i, Sampling.DEFAULT));
        }
        compare(bundle, cases);
    }

    private static void compare(Path bundle, int count, int most) throws Exception {
        compare(bundle, cases(count, most));
    }

    private static void compare(Path bundle, List<Case> cases) throws Exception {
        List<List<GridNote>> stepped;
        try (ModelBundle model = ModelBundle.load(bundle, ExecutionProvider.CPU);
                Engine engine = new Engine(model, new EngineSettings(1, 16))) {
            stepped = compose(engine, cases);
        }
        try (ModelBundle model = ModelBundle.load(bundle, ExecutionProvider.CPU, true);
                Engine engine = new Engine(model, new EngineSettings(1, 16, 8))) {
            List<List<GridNote>> looped = compose(engine, cases);
            for (int i = 0; i < cases.size(); i++) {
                assertThat(looped.get(i)).as("%s", cases.get(i)).isEqualTo(stepped.get(i));
            }
        }
    }

    @Test
    void neighboursAndRowsChangeNoByte() throws Exception {
        List<Case> cases = cases(30, 80);
        try (ModelBundle model =
                ModelBundle.load(
                        RandomModel.directory().normalize(), ExecutionProvider.CPU, true)) {
            List<String> alone = new ArrayList<>();
            try (Engine engine = new Engine(model, new EngineSettings(1, 5, 5))) {
                for (Case one : cases) {
                    alone.add(one.begin(engine).await(PATIENCE).sha256());
                }
            }
            try (Engine engine = new Engine(model, new EngineSettings(1, 5, 5))) {
                List<Composing> together = new ArrayList<>();
                for (Case one : cases.reversed()) {
                    together.add(one.begin(engine));
                }
                for (int i = 0; i < cases.size(); i++) {
                    assertThat(together.reversed().get(i).await(PATIENCE).sha256())
                            .isEqualTo(alone.get(i));
                }
            }
        }
    }

    @Test
    void namesWhatComposed() throws Exception {
        try (ModelBundle model =
                        ModelBundle.load(
                                RandomModel.directory().normalize(), ExecutionProvider.CPU, true);
                Engine engine = new Engine(model, new EngineSettings(1, 1, 3))) {
            Composition piece = cases(1, 20).getFirst().begin(engine).await(PATIENCE);

            assertThat(piece.provider()).startsWith("CPU (").endsWith("(3 lanes)");
        }
    }

    private record Case(GenerationRequest request, long seed, Sampling sampling) {

        private Composing begin(Engine engine) {
            return engine.compose(request, seed, sampling);
        }
    }

    private static List<List<GridNote>> compose(Engine engine, List<Case> cases) throws Exception {
        List<Composing> pieces = cases.stream().map(one -> one.begin(engine)).toList();
        List<List<GridNote>> notes = new ArrayList<>();
        for (Composing piece : pieces) {
            piece.await(PATIENCE);
            notes.add(piece.notesFrom(0));
        }
        return notes;
    }

    /** Both starts, all kinds of length, several meters, ways to draw, and controls. */
    private static List<Case> cases(int count, int most) {
        SplittableRandom random = new SplittableRandom(5);
        List<Sampling> samplings =
                List.of(
                        Sampling.DEFAULT,
                        new Sampling(1.2, 0, 1, 0),
                        new Sampling(1.07, 0, 1, 0.005),
                        new Sampling(0, 0, 1, 0),
                        new Sampling(0.8, 5, 1, 0),
                        new Sampling(1, 40, 0.9, 0.05));
        List<Meter> meters = List.of(new Meter(4, 4), new Meter(3, 4), new Meter(7, 8));
        List<Controls> controls =
                List.of(
                        Controls.NONE,
                        new Controls(
                                new Tonality("D", Scale.HARMONIC_MINOR),
                                new PitchRange(40, 90),
                                null,
                                null),
                        new Controls(null, null, 2, null),
                        new Controls(null, null, 3, 2));
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Start start = random.nextBoolean() ? new Start.Random() : new Start.ChosenNote(62);
            Length length =
                    switch (random.nextInt(3)) {
                        case 0 -> new Length.Notes(1 + random.nextInt(most));
                        case 1 -> new Length.Bars(1 + random.nextInt(8));
                        default -> new Length.Seconds(1 + random.nextInt(15));
                    };
            cases.add(
                    new Case(
                            request(start, length, pick(meters, random), pick(controls, random)),
                            i,
                            pick(samplings, random)));
        }
        return cases;
    }

    private static <T> T pick(List<T> of, SplittableRandom random) {
        return of.get(random.nextInt(of.size()));
    }

    private static GenerationRequest request(
            Start start, Length length, @Nullable Meter meter, Controls controls) {
        return new GenerationRequest(
                null,
                start,
                length,
                SamplingRequest.NONE,
                null,
                null,
                meter,
                null,
                controls,
                false,
                null);
    }
}
