package org.partita.worker.workbench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.partita.music.event.GridNote;
import org.partita.protocol.GenerationRequest;
import org.partita.worker.engine.Composing;
import org.partita.worker.engine.Engine;
import org.partita.worker.engine.EngineSettings;
import org.partita.worker.engine.ExecutionProvider;
import org.partita.worker.engine.ModelBundle;

/** The loop graph on what an accelerator there is, else on the CPU: how fast, and how equal. */
final class LoopBench implements AutoCloseable {

    /** Enough to fill the attention's window. */
    private static final int NOTES = 600;

    private static final int COMPARED = 32;

    private final Path directory;
    private final ModelBundle model;

    LoopBench(Path directory) throws IOException {
        this.directory = directory;
        model = ModelBundle.load(directory, ExecutionProvider.best(), true);
    }

    /** Whether the bundle has a loop graph at all. */
    boolean isThere() {
        return model.loops();
    }

    /** What runs it. */
    String provider() {
        return model.provider().describe();
    }

    /**
     * As many pieces as lanes, all begun at once.
     *
     * @param lanes of the graph, the batch of every run
     * @return events a second by the clock
     */
    double perSecond(int lanes) throws InterruptedException, TimeoutException {
        try (Engine engine = new Engine(model, new EngineSettings(1, lanes, lanes))) {
            return perSecond(engine, lanes);
        }
    }

    /** The step graph on all cores of the processor, with its best number of lanes, likewise. */
    double stepsPerSecond() throws IOException, InterruptedException, TimeoutException {
        EngineSettings settings = EngineSettings.forThisMachine();
        try (ModelBundle plain = ModelBundle.load(directory, ExecutionProvider.CPU);
                Engine engine = new Engine(plain, settings)) {
            return perSecond(engine, settings.lanes());
        }
    }

    private static double perSecond(Engine engine, int count)
            throws InterruptedException, TimeoutException {
        composeAll(engine, pieces(1, 64));
        long before = engine.events();
        long start = System.nanoTime();
        for (Composing piece : begin(engine, pieces(count, NOTES), 0)) {
            piece.await(EngineCases.PATIENCE);
        }
        return (engine.events() - before) / ((System.nanoTime() - start) / EngineCases.NANOS);
    }

    /**
     * The same pieces twice, the second time in other rows among other neighbours.
     *
     * @return pieces of which any byte differs, of {@link #compared}
     */
    int differing() throws InterruptedException, TimeoutException {
        EngineSettings settings = new EngineSettings(1, EngineSettings.DEFAULT_LOOP_LANES);
        List<GenerationRequest> pieces = pieces(COMPARED, NOTES);
        List<String> first = new ArrayList<>();
        try (Engine engine = new Engine(model, settings)) {
            for (Composing piece : begin(engine, pieces, 0)) {
                first.add(piece.await(EngineCases.PATIENCE).sha256());
            }
        }
        try (Engine engine = new Engine(model, settings)) {
            List<Composing> neighbours = begin(engine, pieces(7, 2 * NOTES), 1_000);
            List<Composing> again = new ArrayList<>();
            for (int seed = COMPARED - 1; seed >= 0; seed--) {
                again.add(engine.compose(pieces.get(seed), seed, engine.model().defaultSampling()));
            }
            Collections.reverse(again);
            int differing = 0;
            for (int i = 0; i < COMPARED; i++) {
                String sha256 = again.get(i).await(EngineCases.PATIENCE).sha256();
                differing += sha256.equals(first.get(i)) ? 0 : 1;
            }
            neighbours.forEach(Composing::cancel);
            return differing;
        }
    }

    int compared() {
        return COMPARED;
    }

    /**
     * The same pieces by the loop graph here and by the step graph on the CPU.
     *
     * @return for each piece the share of its notes before the first that differs
     */
    List<Double> agreement() throws IOException, InterruptedException, TimeoutException {
        List<GenerationRequest> pieces = pieces(COMPARED, NOTES);
        List<List<GridNote>> here;
        try (Engine engine =
                new Engine(model, new EngineSettings(1, EngineSettings.DEFAULT_LOOP_LANES))) {
            here = composeAll(engine, pieces);
        }
        List<List<GridNote>> stepped;
        try (ModelBundle plain = ModelBundle.load(directory, ExecutionProvider.CPU);
                Engine engine = new Engine(plain, EngineSettings.forThisMachine())) {
            stepped = composeAll(engine, pieces);
        }
        List<Double> shares = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            int same = 0;
            while (same < NOTES && here.get(i).get(same).equals(stepped.get(i).get(same))) {
                same++;
            }
            shares.add((double) same / NOTES);
        }
        return shares;
    }

    private static List<List<GridNote>> composeAll(Engine engine, List<GenerationRequest> requests)
            throws InterruptedException, TimeoutException {
        List<List<GridNote>> notes = new ArrayList<>();
        for (Composing piece : begin(engine, requests, 0)) {
            piece.await(EngineCases.PATIENCE);
            notes.add(piece.notesFrom(0));
        }
        return notes;
    }

    private static List<Composing> begin(
            Engine engine, List<GenerationRequest> requests, int firstSeed) {
        List<Composing> pieces = new ArrayList<>();
        for (GenerationRequest request : requests) {
            pieces.add(
                    engine.compose(
                            request, firstSeed + pieces.size(), engine.model().defaultSampling()));
        }
        return pieces;
    }

    private static List<GenerationRequest> pieces(int count, int notes) {
        return Collections.nCopies(count, EngineCases.notes(notes));
    }

    @Override
    public void close() {
        model.close();
    }
}
