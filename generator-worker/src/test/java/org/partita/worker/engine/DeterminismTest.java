package org.partita.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.partita.protocol.GenerationRequest;
import org.partita.protocol.Length;
import org.partita.protocol.Sampling;
import org.partita.protocol.Start;

/** The same request gives the same bytes, whatever else the engine, or another one, does. */
class DeterminismTest {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int REQUESTS = 40;
    private static final int ROUNDS = 6;
    private static final int LANES = 16;

    private static int compared;

    @AfterAll
    static void tellHowMuchWasCompared() {
        System.out.printf("%d pieces compared, no byte differed%n", compared);
        assertThat(compared).isGreaterThanOrEqualTo(1_000);
    }

    @Test
    void neighboursBatchesAndThreadsChangeNoByte() throws Exception {
        SplittableRandom random = new SplittableRandom(11);
        List<GenerationRequest> requests = requests(120);
        try (ModelBundle model = RandomModel.load()) {
            List<String> alone = alone(model, requests);
            for (EngineSettings settings :
                    List.of(
                            new EngineSettings(1, 3),
                            new EngineSettings(1, 16),
                            new EngineSettings(2, 5),
                            new EngineSettings(2, 32))) {
                for (int round = 0; round < ROUNDS; round++) {
                    compareAmongNeighbours(model, settings, requests, alone, random);
                }
            }
        }
    }

    @Test
    void everyLaneGivesTheSameBytes() throws Exception {
        List<GenerationRequest> requests = requests(60).subList(0, 3);
        try (ModelBundle model = RandomModel.load()) {
            List<String> alone = alone(model, requests);
            for (int row = 0; row < LANES; row++) {
                try (Engine engine = new Engine(model, new EngineSettings(1, LANES))) {
                    List<Composing> neighbours = new ArrayList<>();
                    for (int i = 0; i < row; i++) {
                        // They join first, so that the piece gets the row after theirs.
                        neighbours.add(
                                engine.compose(endless(), 1_000 + i, model.defaultSampling()));
                    }
                    for (int i = 0; i < requests.size(); i++) {
                        compare(
                                engine.compose(requests.get(i), i, model.defaultSampling()),
                                alone.get(i));
                    }
                    neighbours.forEach(Composing::cancel);
                }
            }
        }
    }

    /** At its real width the model runs through other kernels than a small one. */
    @Test
    void theShippedModelKeepsThePromiseToo() throws Exception {
        SplittableRandom random = new SplittableRandom(12);
        List<GenerationRequest> requests = requests(30).subList(0, 20);
        try (ModelBundle model = ModelBundle.load(shipped(), ExecutionProvider.CPU)) {
            List<String> alone = alone(model, requests);
            for (EngineSettings settings :
                    List.of(new EngineSettings(1, 16), new EngineSettings(2, 5))) {
                compareAmongNeighbours(model, settings, requests, alone, random);
            }
        }
    }

    @Test
    void anotherProcessGivesTheSameBytes() throws Exception {
        List<GenerationRequest> requests = requests(120);
        List<String> here;
        try (ModelBundle model = RandomModel.load()) {
            here = alone(model, requests);
        }

        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "--add-modules=jdk.incubator.vector",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Elsewhere.class.getName())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        List<String> there;
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            there = lines.lines().toList();
        }

        assertThat(process.waitFor()).isZero();
        assertThat(there).isEqualTo(here);
        compared += there.size();
    }

    /** What the other process does. */
    static final class Elsewhere {

        private Elsewhere() {}

        public static void main(String[] arguments) throws Exception {
            List<GenerationRequest> requests = requests(120);
            try (ModelBundle model = RandomModel.load();
                    Engine engine = new Engine(model, new EngineSettings(2, 7))) {
                List<Composing> pieces = new ArrayList<>();
                for (int i = 0; i < requests.size(); i++) {
                    pieces.add(engine.compose(requests.get(i), i, model.defaultSampling()));
                }
                for (Composing piece : pieces) {
                    System.out.println(piece.await(PATIENCE).sha256());
                }
            }
        }
    }

    static Path shipped() throws IOException {
        // Maven runs tests in the module's directory.
        return ModelDirectory.bundles(Path.of("models")).getFirst();
    }

    private static List<GenerationRequest> requests(int mostNotes) {
        SplittableRandom random = new SplittableRandom(7);
        List<GenerationRequest> requests = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            Start start =
                    random.nextBoolean()
                            ? new Start.Random()
                            : new Start.ChosenNote(30 + random.nextInt(60));
            requests.add(
                    GenerationRequest.of(start, new Length.Notes(1 + random.nextInt(mostNotes))));
        }
        return requests;
    }

    private static GenerationRequest endless() {
        return GenerationRequest.of(new Start.Random(), new Length.Notes(20_000));
    }

    private static List<String> alone(ModelBundle model, List<GenerationRequest> requests)
            throws InterruptedException, TimeoutException {
        List<String> alone = new ArrayList<>();
        try (Engine engine = new Engine(model, new EngineSettings(1, 1))) {
            for (int i = 0; i < requests.size(); i++) {
                alone.add(
                        engine.compose(requests.get(i), i, model.defaultSampling())
                                .await(PATIENCE)
                                .sha256());
            }
        }
        return alone;
    }

    /** In random order, with neighbours that join and leave in the middle. */
    private static void compareAmongNeighbours(
            ModelBundle model,
            EngineSettings settings,
            List<GenerationRequest> requests,
            List<String> alone,
            SplittableRandom random)
            throws InterruptedException, TimeoutException {
        int[] order = shuffled(requests.size(), random);
        try (Engine engine = new Engine(model, settings)) {
            List<Composing> pieces = new ArrayList<>();
            for (int index : order) {
                pieces.add(engine.compose(requests.get(index), index, model.defaultSampling()));
                if (random.nextInt(4) == 0) {
                    LockSupport.parkNanos(random.nextInt(3_000_000));
                }
                if (random.nextInt(6) == 0) {
                    Composing neighbour =
                            engine.compose(
                                    endless(), random.nextInt(1 << 20), new Sampling(1.3, 0, 1, 0));
                    LockSupport.parkNanos(random.nextInt(2_000_000));
                    neighbour.cancel();
                }
            }
            for (int i = 0; i < order.length; i++) {
                compare(pieces.get(i), alone.get(order[i]));
            }
        }
    }

    private static void compare(Composing piece, String expected)
            throws InterruptedException, TimeoutException {
        assertThat(piece.await(PATIENCE).sha256()).isEqualTo(expected);
        compared++;
    }

    private static int[] shuffled(int size, SplittableRandom random) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
