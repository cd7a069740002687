package org.partita.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.partita.music.event.Conditions;
import org.partita.music.event.Durations;
import org.partita.music.event.EventContext;
import org.partita.music.event.Features;
import org.partita.music.event.GridMeter;
import org.partita.music.event.GridPart;
import org.partita.music.event.GridTempo;
import org.partita.music.event.Velocities;
import org.partita.music.event.Vocabulary;
import org.partita.music.model.BundleFiles;

class LaneArraysTest {

    private static final int LANES = 3;

    static Path[] bundles() throws IOException {
        return new Path[] {RandomModel.directory().normalize(), DeterminismTest.shipped()};
    }

    /** The whole ring and a quarter more, so that it goes round. */
    @ParameterizedTest
    @MethodSource("bundles")
    void stepInPartsGivesTheLogitsOfTheWholeStepGraph(Path bundle)
            throws IOException, OrtException {
        try (ModelBundle model = ModelBundle.load(bundle, ExecutionProvider.CPU);
                LaneArrays arrays = model.laneArrays(LANES);
                Whole whole = new Whole(bundle, ModelShape.of(model.manifest()))) {
            SplittableRandom random = new SplittableRandom(1);
            List<EventContext> contexts = new ArrayList<>();
            for (int row = 0; row < LANES; row++) {
                arrays.clear(row);
                contexts.add(
                        new EventContext(
                                new Conditions(
                                        List.of(GridPart.PIANO),
                                        List.of(GridMeter.COMMON_TIME),
                                        List.of(new GridTempo(0, 500_000)),
                                        row)));
            }
            float[] features = new float[Features.COUNT];
            float[] phase = new float[Features.PHASES];
            float[] logits = new float[Vocabulary.SIZE];
            int slots = model.manifest().network().ringSlots();
            for (int event = 0; event < slots + slots / 4; event++) {
                for (int row = 0; row < LANES; row++) {
                    EventContext context = contexts.get(row);
                    int token = legal(context, random);
                    int duration = random.nextInt(Durations.COUNT);
                    int velocity = random.nextInt(Velocities.COUNT);
                    context.accept(token, duration, velocity);
                    context.writeFeatures(features, 0);
                    context.writePhase(phase, 0);
                    boolean note = Vocabulary.isPitch(token);
                    int heardDuration = note ? duration + 1 : 0;
                    int heardVelocity = note ? velocity + 1 : 0;
                    arrays.hear(row, token, heardDuration, heardVelocity, features, phase);
                    whole.hear(row, token, heardDuration, heardVelocity, features, phase);
                }
                arrays.step(LANES, StepClock.NONE);
                float[][] expected = whole.step();
                for (int row = 0; row < LANES; row++) {
                    arrays.readLogits(row, logits);
                    for (int i = 0; i < logits.length; i++) {
                        double size = Math.max(1, Math.abs(expected[row][i]));
                        assertThat(logits[i] / size)
                                .as("event %d, lane %d, logit %d", event, row, i)
                                .isCloseTo(expected[row][i] / size, within(1e-4));
                    }
                }
            }
        }
    }

    /** Any event that may come next, but not the end. */
    private static int legal(EventContext context, SplittableRandom random) {
        int token = random.nextInt(Vocabulary.END);
        while (!context.legal(token)) {
            token = random.nextInt(Vocabulary.END);
        }
        return token;
    }

    /** The step graph, by arrays that are copied in and out. */
    private static final class Whole implements AutoCloseable {

        private final OrtEnvironment environment = OnnxRuntime.environment();
        private final OrtSession step;
        private final ModelShape shape;
        private final Map<String, float[]> floats = new LinkedHashMap<>();
        private final Map<String, long[]> longs = new LinkedHashMap<>();
        private long events;

        Whole(Path bundle, ModelShape shape) throws OrtException {
            this.shape = shape;
            try (OrtSession.SessionOptions options = ExecutionProvider.CPU.sessionOptions()) {
                step =
                        environment.createSession(
                                bundle.resolve(BundleFiles.STEP).toString(), options);
            }
            for (String name : new String[] {"token", "duration", "velocity", "filled"}) {
                longs.put(name, new long[LANES]);
            }
            floats.put("features", new float[LANES * shape.features()]);
            floats.put("phase", new float[LANES * shape.phases()]);
            for (int layer = 0; layer < ModelShape.GRU_LAYERS; layer++) {
                floats.put("h" + layer, new float[LANES * shape.hidden()]);
            }
            floats.put("keys", new float[LANES * shape.ringSlots() * shape.keyWidth()]);
            floats.put("values", new float[LANES * shape.ringSlots() * shape.valueWidth()]);
        }

        void hear(int row, int token, int duration, int velocity, float[] features, float[] phase) {
            longs("token")[row] = token;
            longs("duration")[row] = duration;
            longs("velocity")[row] = velocity;
            longs("filled")[row] = Math.min(events, shape.ringSlots());
            System.arraycopy(
                    features, 0, floats("features"), row * features.length, features.length);
            System.arraycopy(phase, 0, floats("phase"), row * phase.length, phase.length);
        }

        float[][] step() throws OrtException {
            Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
            for (Map.Entry<String, long[]> input : longs.entrySet()) {
                LongBuffer numbers = LongBuffer.wrap(input.getValue());
                inputs.put(
                        input.getKey(),
                        OnnxTensor.createTensor(environment, numbers, new long[] {LANES}));
            }
            for (Map.Entry<String, float[]> input : floats.entrySet()) {
                float[] numbers = input.getValue();
                inputs.put(
                        input.getKey(),
                        OnnxTensor.createTensor(
                                environment, FloatBuffer.wrap(numbers), extents(input.getKey())));
            }
            try (OrtSession.Result result = step.run(inputs)) {
                for (int layer = 0; layer < ModelShape.GRU_LAYERS; layer++) {
                    float[][] state = rows(result, "h" + layer + "_out");
                    for (int row = 0; row < LANES; row++) {
                        put(state[row], "h" + layer, row);
                    }
                }
                int slot = (int) (events % shape.ringSlots());
                float[][] keys = rows(result, "key");
                float[][] values = rows(result, "value");
                for (int row = 0; row < LANES; row++) {
                    put(keys[row], "keys", row * shape.ringSlots() + slot);
                    put(values[row], "values", row * shape.ringSlots() + slot);
                }
                events++;
                return rows(result, "logits");
            } finally {
                inputs.values().forEach(OnnxTensor::close);
            }
        }

        private float[] floats(String name) {
            return Objects.requireNonNull(floats.get(name));
        }

        private long[] longs(String name) {
            return Objects.requireNonNull(longs.get(name));
        }

        private long[] extents(String name) {
            return switch (name) {
                case "keys" -> new long[] {LANES, shape.ringSlots(), shape.keyWidth()};
                case "values" -> new long[] {LANES, shape.ringSlots(), shape.valueWidth()};
                default -> new long[] {LANES, floats(name).length / LANES};
            };
        }

        private void put(float[] numbers, String name, int place) {
            System.arraycopy(numbers, 0, floats(name), place * numbers.length, numbers.length);
        }

        private static float[][] rows(OrtSession.Result result, String name) throws OrtException {
            return (float[][]) result.get(name).orElseThrow().getValue();
        }

        @Override
        public void close() throws OrtException {
            step.close();
        }
    }
}
