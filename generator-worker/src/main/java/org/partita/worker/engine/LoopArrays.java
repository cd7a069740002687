package org.partita.worker.engine;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.partita.music.event.EventContext;
import org.partita.music.event.Vocabulary;
import org.partita.protocol.Sampling;

/**
 * The inputs, outputs and state of the loop graph, whose tensors the trainer's {@code LoopGraph}
 * describes, for a fixed number of rows. What a piece carries on exists twice: a run reads one set
 * and writes the other. Only the rings are kept here and written to, since a run gives back no more
 * of them than the new events' rows. Confined to one thread.
 */
final class LoopArrays implements AutoCloseable {

    /** Leaves what is still to come as it is. */
    private static final int UNTOLD = -2;

    /** A token that the model chooses. */
    static final int CHOOSE = -1;

    /** Token, duration, velocity. */
    private static final int DRAWS = 3;

    private static final int STRUCK = 3 * Vocabulary.PITCHES;
    private static final int PITCH_CLASSES = 24;
    private static final int PLACE = 9;
    private static final int PLACE_BELOW = 2;
    private static final int PLACE_MAY_BE_EMPTY = 4;
    private static final int PLACE_NOTES_TO_COME = 6;
    private static final int PLACE_STEPS_TO_COME = 7;
    private static final int TOLD = 2;
    private static final int LIMITS = 6;
    private static final int CUTS = 4;

    private final OrtSession loop;
    private final ModelShape shape;
    private final int capacity;
    private final int events;

    private final Carried[] carried;
    private final FloatBuffer keys;
    private final FloatBuffer values;

    private final FloatBuffer fixed;
    private final FloatBuffer allowed;
    private final FloatBuffer limits;
    private final DoubleBuffer cuts;

    private final DoubleBuffer uniform;
    private final LongBuffer script;
    private final FloatBuffer told;

    private final LongBuffer composed;
    private final FloatBuffer newKeys;
    private final FloatBuffer newValues;

    private final Tensors tensors;
    private final List<Map<String, OnnxTensor>> inputs = new ArrayList<>();
    private final List<Map<String, OnnxTensor>> outputs = new ArrayList<>();
    private int current;

    /** One of the two sets of what pieces carry from run to run. */
    private final class Carried {
        private final LongBuffer token = Tensors.longs(capacity);
        private final LongBuffer duration = Tensors.longs(capacity);
        private final LongBuffer velocity = Tensors.longs(capacity);
        private final LongBuffer heard = Tensors.longs(capacity);
        private final FloatBuffer[] hidden = new FloatBuffer[ModelShape.GRU_LAYERS];
        private final FloatBuffer left = Tensors.floats(capacity * Vocabulary.PITCHES);
        private final FloatBuffer struck = Tensors.floats(capacity * STRUCK);
        private final DoubleBuffer pitchClasses = Tensors.doubles(capacity * PITCH_CLASSES);
        private final FloatBuffer place = Tensors.floats(capacity * PLACE);

        private Carried() {
            for (int layer = 0; layer < ModelShape.GRU_LAYERS; layer++) {
                hidden[layer] = Tensors.floats(capacity * shape.hidden());
            }
        }

        private void clear(int row, int notesToCome, long stepsToCome) {
            token.put(row, Vocabulary.END);
            duration.put(row, 0);
            velocity.put(row, 0);
            heard.put(row, 0);
            for (FloatBuffer layer : hidden) {
                zero(layer, row, shape.hidden());
            }
            zero(left, row, Vocabulary.PITCHES);
            zero(struck, row, STRUCK);
            for (int i = 0; i < PITCH_CLASSES; i++) {
                pitchClasses.put(row * PITCH_CLASSES + i, 0);
            }
            zero(place, row, PLACE);
            place.put(row * PLACE + PLACE_BELOW, Vocabulary.PITCHES);
            place.put(row * PLACE + PLACE_MAY_BE_EMPTY, 1);
            place.put(row * PLACE + PLACE_NOTES_TO_COME, notesToCome);
            place.put(row * PLACE + PLACE_STEPS_TO_COME, (float) stepsToCome);
        }

        private void bind(Map<String, OnnxTensor> by, String suffix) throws OrtException {
            by.put("token" + suffix, tensors.over(token, capacity));
            by.put("duration" + suffix, tensors.over(duration, capacity));
            by.put("velocity" + suffix, tensors.over(velocity, capacity));
            by.put("heard" + suffix, tensors.over(heard, capacity));
            for (int layer = 0; layer < ModelShape.GRU_LAYERS; layer++) {
                by.put("h" + layer + suffix, tensors.over(hidden[layer], capacity, shape.hidden()));
            }
            by.put("left" + suffix, tensors.over(left, capacity, Vocabulary.PITCHES));
            by.put("struck" + suffix, tensors.over(struck, capacity, STRUCK));
            by.put("pitch_classes" + suffix, tensors.over(pitchClasses, capacity, PITCH_CLASSES));
            by.put("place" + suffix, tensors.over(place, capacity, PLACE));
        }
    }

    /**
     * @param capacity rows
     * @param events of each row in a run
     */
    LoopArrays(
            OrtEnvironment environment, OrtSession loop, ModelShape shape, int capacity, int events)
            throws OrtException {
        tensors = new Tensors(environment);
        this.loop = loop;
        this.shape = shape;
        this.capacity = capacity;
        this.events = events;
        carried = new Carried[] {new Carried(), new Carried()};
        keys = Tensors.floats(capacity * shape.ringSlots() * shape.keyWidth());
        values = Tensors.floats(capacity * shape.ringSlots() * shape.valueWidth());
        fixed = Tensors.floats(capacity * shape.features());
        allowed = Tensors.floats(capacity * Vocabulary.PITCHES);
        limits = Tensors.floats(capacity * LIMITS);
        cuts = Tensors.doubles(capacity * CUTS);
        uniform = Tensors.doubles(events * capacity * DRAWS);
        script = Tensors.longs(events * capacity * DRAWS);
        told = Tensors.floats(events * capacity * TOLD);
        composed = Tensors.longs(events * capacity * DRAWS);
        newKeys = Tensors.floats(events * capacity * shape.keyWidth());
        newValues = Tensors.floats(events * capacity * shape.valueWidth());
        for (int set = 0; set < 2; set++) {
            bind(carried[set], carried[1 - set]);
        }
        // A row without a piece is computed all the same, so it has to make some sense.
        for (int row = 0; row < capacity; row++) {
            begin(
                    row,
                    new float[shape.features()],
                    _ -> true,
                    Limits.NONE,
                    Sampling.DEFAULT,
                    EventContext.UNKNOWN,
                    EventContext.UNKNOWN);
        }
    }

    /**
     * What may never be exceeded in a piece.
     *
     * @param stepsPerBar of its meter
     * @param stepsPerBeat of its meter
     * @param voices notes that sound at the same time
     * @param notesPerBeat notes struck in a beat
     * @param rests empty frames in a row
     * @param closingKey index of the key that the piece closes in, {@link #KEY_HEARD} or {@link
     *     #NO_CLOSE}
     */
    record Limits(
            int stepsPerBar,
            int stepsPerBeat,
            int voices,
            int notesPerBeat,
            int rests,
            int closingKey) {

        /** It closes in the key that it is heard to be in. */
        static final int KEY_HEARD = -1;

        /** It stops where it is. */
        static final int NO_CLOSE = -2;

        private static final Limits NONE =
                new Limits(96, 24, Vocabulary.PITCHES, 128, 128, NO_CLOSE);
    }

    int capacity() {
        return capacity;
    }

    /** Events of each row in a run. */
    int events() {
        return events;
    }

    /**
     * Sets up a row for a piece that begins: no history at all.
     *
     * @param features of its first event
     * @param notesToCome or {@link EventContext#UNKNOWN}
     * @param stepsToCome or {@link EventContext#UNKNOWN}
     */
    void begin(
            int row,
            float[] features,
            IntPredicate allowedKeys,
            Limits most,
            Sampling sampling,
            int notesToCome,
            long stepsToCome) {
        carried[current].clear(row, notesToCome, stepsToCome);
        zero(keys, row, shape.ringSlots() * shape.keyWidth());
        zero(values, row, shape.ringSlots() * shape.valueWidth());
        fixed.put(row * shape.features(), features, 0, shape.features());
        for (int pitch = 0; pitch < Vocabulary.PITCHES; pitch++) {
            allowed.put(row * Vocabulary.PITCHES + pitch, allowedKeys.test(pitch) ? 1 : 0);
        }
        limits.put(row * LIMITS, most.stepsPerBar);
        limits.put(row * LIMITS + 1, most.stepsPerBeat);
        limits.put(row * LIMITS + 2, most.voices);
        limits.put(row * LIMITS + 3, most.notesPerBeat);
        limits.put(row * LIMITS + 4, most.rests);
        limits.put(row * LIMITS + 5, most.closingKey);
        cuts.put(row * CUTS, sampling.temperature());
        cuts.put(row * CUTS + 1, sampling.topK());
        cuts.put(row * CUTS + 2, sampling.topP());
        cuts.put(row * CUTS + 3, sampling.minP());
        for (int event = 0; event < events; event++) {
            choose(row, event, CHOOSE);
            tellNothing(row, event);
        }
    }

    /** Lets the model choose an event of the next run; the token unless it is {@link #CHOOSE}. */
    void choose(int row, int event, int token) {
        script(row, event, token, CHOOSE, CHOOSE);
    }

    /** Says what an event of the next run is. */
    void script(int row, int event, int token, int duration, int velocity) {
        int first = (event * capacity + row) * DRAWS;
        script.put(first, token);
        script.put(first + 1, duration);
        script.put(first + 2, velocity);
    }

    /** Sets a random number in [0, 1) of an event of the next run. */
    void draw(int row, int event, int draw, double number) {
        uniform.put((event * capacity + row) * DRAWS + draw, number);
    }

    /** Tells what is still to come after an event of the next run. */
    void tell(int row, int event, int notesToCome, long stepsToCome) {
        int first = (event * capacity + row) * TOLD;
        told.put(first, notesToCome);
        told.put(first + 1, (float) stepsToCome);
    }

    /** Leaves the countdowns to themselves at an event of the next run. */
    void tellNothing(int row, int event) {
        tell(row, event, UNTOLD, UNTOLD);
    }

    /** Composes the next events of all rows. */
    void run() throws OrtException {
        loop.run(inputs.get(current), outputs.get(current)).close();
        for (int row = 0; row < capacity; row++) {
            remember(row, carried[current].heard.get(row));
        }
        current = 1 - current;
    }

    private void remember(int row, long heard) {
        int keyWidth = shape.keyWidth();
        int valueWidth = shape.valueWidth();
        for (int event = 0; event < events; event++) {
            int slot = row * shape.ringSlots() + (int) ((heard + event) % shape.ringSlots());
            int from = event * capacity + row;
            keys.put(slot * keyWidth, newKeys, from * keyWidth, keyWidth);
            values.put(slot * valueWidth, newValues, from * valueWidth, valueWidth);
        }
    }

    /** What an event of the last run was. */
    int token(int row, int event) {
        return (int) composed.get((event * capacity + row) * DRAWS);
    }

    /** Its duration class, if it was a pitch. */
    int duration(int row, int event) {
        return (int) composed.get((event * capacity + row) * DRAWS + 1);
    }

    /** Its velocity class, if it was a pitch. */
    int velocity(int row, int event) {
        return (int) composed.get((event * capacity + row) * DRAWS + 2);
    }

    private static void zero(FloatBuffer rows, int row, int width) {
        for (int i = 0; i < width; i++) {
            rows.put(row * width + i, 0);
        }
    }

    private void bind(Carried read, Carried written) throws OrtException {
        Map<String, OnnxTensor> in = new HashMap<>();
        read.bind(in, "");
        int slots = shape.ringSlots();
        in.put("keys", tensors.over(keys, capacity, slots, shape.keyWidth()));
        in.put("values", tensors.over(values, capacity, slots, shape.valueWidth()));
        in.put("fixed", tensors.over(fixed, capacity, shape.features()));
        in.put("allowed", tensors.over(allowed, capacity, Vocabulary.PITCHES));
        in.put("limits", tensors.over(limits, capacity, LIMITS));
        in.put("cuts", tensors.over(cuts, capacity, CUTS));
        in.put("uniform", tensors.over(uniform, events, capacity, DRAWS));
        in.put("script", tensors.over(script, events, capacity, DRAWS));
        in.put("told", tensors.over(told, events, capacity, TOLD));
        inputs.add(in);
        Map<String, OnnxTensor> out = new HashMap<>();
        written.bind(out, "_out");
        out.put("events", tensors.over(composed, events, capacity, DRAWS));
        out.put("key", tensors.over(newKeys, events, capacity, shape.keyWidth()));
        out.put("value", tensors.over(newValues, events, capacity, shape.valueWidth()));
        outputs.add(out);
    }

    @Override
    public void close() {
        tensors.close();
    }
}
