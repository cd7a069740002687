package org.partita.trainer.export;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.partita.music.Key;
import org.partita.music.event.Close;
import org.partita.music.event.Durations;
import org.partita.music.event.Features;
import org.partita.music.event.Grid;
import org.partita.music.event.Vocabulary;
import org.partita.trainer.export.GraphBuilder.Element;
import org.partita.trainer.export.GraphBuilder.Value;
import org.partita.trainer.export.NetworkGraphs.Heard;
import org.partita.trainer.export.NetworkGraphs.Recurred;
import org.partita.trainer.export.NetworkGraphs.Ring;
import org.partita.trainer.network.NetworkConfig;

/**
 * {@code loop.onnx}: K events of B lanes in one run, for accelerators, where a run and the copies
 * around it cost more than an event. What {@code EventContext} knows of a piece, what may follow,
 * the controls and the draw are all in the graph, so that nothing has to be asked in between. Made
 * for pieces of one pitched part in one meter and tempo.
 *
 * <p>Inputs beside those of {@code step.onnx}, whose features and phase it works out by itself:
 *
 * <dl>
 *   <dt>a piece's state; what comes out as {@code …_out} goes in again
 *   <dd>{@code heard int64[B]}: events before; the ring's slot of event n is n mod C. {@code left
 *       [B, 128]}: steps that a key still sounds. {@code struck [B, 3 * 128]}: keys struck in this
 *       frame, the one before, the one before that. {@code pitch_classes double[B, 24]}. {@code
 *       place [B, 9]}, by column: step in the bar; bar; pitch that the next one must lie below;
 *       whether the frame strikes a note; whether it may be empty; empty frames since the last
 *       note; notes still to come or -1; steps still to come or -1; notes in this beat. The ring
 *       comes back as {@code key [K, B, KW]} and {@code value [K, B, VD]} of the new events alone
 *   <dt>what was asked for
 *   <dd>{@code fixed [B, F]}: the features of the first event, of which those that never change are
 *       read. {@code allowed [B, 128]}: 1 for keys that may be struck. {@code limits [B, 6]}, by
 *       column: steps a bar; steps a beat; sounding notes at most; notes a beat at most; empty
 *       frames in a row at most; index of the key that the piece closes in, -1 for the one heard,
 *       -2 for no close. {@code cuts double[B, 4]}: temperature, top-k (0 = all), top-p, min-p
 *   <dt>what happens at each event
 *   <dd>{@code uniform double[K, B, 3]} in [0, 1) for token, duration, velocity; {@code script
 *       int64[K, B, 3]}: token, duration and velocity class, -1 where the model chooses; {@code
 *       told [K, B, 2]}: notes and steps still to come from after this event on, -2 to leave that
 *       as it is
 * </dl>
 *
 * <p>Outputs {@code events int64[K, B, 3]}: token, duration and velocity class of each event, the
 * latter two of no meaning unless the token is a pitch.
 */
final class LoopGraph {

    private static final int PITCHES = Vocabulary.PITCHES;

    /** One part never needs a part token, and a piece ends when its length is reached. */
    private static final int CANDIDATES = PITCHES + Vocabulary.MAX_ADVANCE_STEPS;

    private static final double NEVER = -1e30;
    private static final double NEGLIGIBLE = -37;
    private static final float NOWHERE = 1e9f;

    /** Columns of the place. */
    private static final int PLACE = 9;

    private final NetworkConfig config;
    private final NetworkGraphs network;

    LoopGraph(NetworkConfig config, NetworkGraphs network) {
        if (config.vocabulary() != Vocabulary.SIZE
                || config.features() != Features.COUNT
                || config.phaseSize() != Features.PHASES
                || config.durations() != Durations.COUNT) {
            throw new IllegalArgumentException("a network of other events: " + config);
        }
        this.config = config;
        this.network = network;
    }

    /** A tensor that is carried from event to event, and what it looks like at the edge. */
    private record State(String name, Element type, List<Object> shape) {

        static State of(String name, Element type, Object... shape) {
            return new State(name, type, List.of(shape));
        }

        Object[] dimensions() {
            return shape.toArray();
        }
    }

    private List<State> states() {
        List<State> states = new ArrayList<>();
        for (String name : List.of("token", "duration", "velocity", "heard")) {
            states.add(State.of(name, Element.INT64, "B"));
        }
        for (int layer = 0; layer < config.layers(); layer++) {
            states.add(State.of("h" + layer, Element.FLOAT, "B", config.hidden()));
        }
        states.add(State.of("left", Element.FLOAT, "B", PITCHES));
        states.add(State.of("struck", Element.FLOAT, "B", 3 * PITCHES));
        states.add(State.of("pitch_classes", Element.DOUBLE, "B", 24));
        states.add(State.of("place", Element.FLOAT, "B", PLACE));
        states.add(State.of("keys", Element.FLOAT, "B", config.ringSlots(), config.keyWidth()));
        states.add(State.of("values", Element.FLOAT, "B", config.ringSlots(), config.valueSize()));
        return states;
    }

    /** What stays the same for all events of a run, worked out once. */
    private record Request(
            Value meterAndTempo,
            Value partAndStyle,
            Value allowed,
            Value stepsPerBar,
            Value stepsPerBeat,
            Value lastVoice,
            Value maxNotesPerBeat,
            Value maxRests,
            Value closes,
            Value closingKey,
            Value greedy,
            Value temperature,
            Value topK,
            Value topP,
            Value minP) {}

    /** Writes the whole graph. */
    void build(GraphBuilder g) {
        List<Value> initial = new ArrayList<>();
        for (State state : states()) {
            initial.add(g.input(state.name, state.type, state.dimensions()));
        }
        Request request = request(g);
        Value uniform = g.input("uniform", Element.DOUBLE, "K", "B", 3);
        Value script = g.input("script", Element.INT64, "K", "B", 3);
        Value told = g.input("told", Element.FLOAT, "K", "B", 2);

        GraphBuilder body = g.inner("event");
        Value round = body.input("event.round", Element.INT64);
        Value goOn = body.input("event.go_on", Element.BOOL);
        List<Value> carried = new ArrayList<>();
        for (State state : states()) {
            carried.add(body.input("event." + state.name, state.type, state.dimensions()));
        }
        body.output("event.go_on_out", goOn, Element.BOOL);
        Event event =
                new Event(
                        body,
                        carried,
                        request,
                        body.gather(uniform, round),
                        body.gather(script, round),
                        body.gather(told, round));
        event.happen();

        List<Value> out = g.loop(g.squeeze(g.extent(uniform, 0), 0), body, initial, 3);
        int next = 0;
        for (State state : states()) {
            Value last = out.get(next++);
            // The host keeps the rings by itself, from what the events leave behind.
            if (!state.name.equals("keys") && !state.name.equals("values")) {
                g.output(state.name + "_out", last, state.type, state.dimensions());
            }
        }
        g.output("events", out.get(next++), Element.INT64, "K", "B", 3);
        g.output("key", out.get(next++), Element.FLOAT, "K", "B", config.keyWidth());
        g.output("value", out.get(next), Element.FLOAT, "K", "B", config.valueSize());
    }

    private Request request(GraphBuilder g) {
        Value fixed = g.input("fixed", Element.FLOAT, "B", config.features());
        Value allowed = g.input("allowed", Element.FLOAT, "B", PITCHES);
        Value limits = g.input("limits", Element.FLOAT, "B", 6);
        Value cuts = g.input("cuts", Element.DOUBLE, "B", 4);
        Value temperature = column(g, cuts, 0);
        Value topK = column(g, cuts, 1);
        Value topP = column(g, cuts, 2);
        Value greedy = g.equal(temperature, g.scalar(0.0));
        Value voices = g.minimum(column(g, limits, 2), g.scalar((float) PITCHES));
        return new Request(
                g.slice(fixed, 1, Features.BAR_LENGTH, Features.PHRASE),
                g.slice(fixed, 1, Features.PART, Features.RECENT_PITCH_CLASSES),
                g.less(g.scalar(0.5f), allowed),
                column(g, limits, 0),
                column(g, limits, 1),
                g.cast(g.subtract(voices, g.scalar(1f)), Element.INT64),
                column(g, limits, 3),
                column(g, limits, 4),
                g.less(g.scalar(-1.5f), column(g, limits, 5)),
                g.cast(g.squeeze(column(g, limits, 5), 1), Element.INT64),
                g.squeeze(greedy, 1),
                g.where(greedy, g.scalar(1.0), temperature),
                g.where(g.equal(topK, g.scalar(0.0)), g.scalar((double) CANDIDATES), topK),
                g.where(g.less(topP, g.scalar(1.0)), topP, g.scalar(2.0)),
                column(g, cuts, 3));
    }

    private static Value column(GraphBuilder g, Value rows, int column) {
        return g.slice(rows, 1, column, column + 1L);
    }

    /** One event of all lanes: the inside of the loop. Columns are {@code [B, 1]}. */
    private final class Event {

        private final GraphBuilder g;
        private final Request request;
        private final Value uniform;
        private final Value script;
        private final Value told;

        private final Value token;
        private final Value duration;
        private final Value velocity;
        private final Value heard;
        private final List<Value> hidden = new ArrayList<>();
        private final Value left;
        private final Value struck;
        private final Value pitchClasses;
        private final Value keys;
        private final Value values;

        private final Value inBar;
        private final Value bar;
        private final Value below;
        private final Value hasNote;
        private final Value mayBeEmpty;
        private final Value rests;
        private final Value notesToCome;
        private final Value stepsToCome;
        private final Value notesInBeat;

        Event(
                GraphBuilder g,
                List<Value> carried,
                Request request,
                Value uniform,
                Value script,
                Value told) {
            this.g = g;
            this.request = request;
            this.uniform = uniform;
            this.script = script;
            this.told = told;
            var next = carried.iterator();
            token = next.next();
            duration = next.next();
            velocity = next.next();
            heard = next.next();
            for (int layer = 0; layer < config.layers(); layer++) {
                hidden.add(next.next());
            }
            left = next.next();
            struck = next.next();
            pitchClasses = next.next();
            Value place = next.next();
            keys = next.next();
            values = next.next();
            inBar = column(g, place, 0);
            bar = column(g, place, 1);
            below = column(g, place, 2);
            hasNote = g.less(g.scalar(0.5f), column(g, place, 3));
            mayBeEmpty = g.less(g.scalar(0.5f), column(g, place, 4));
            rests = column(g, place, 5);
            notesToCome = column(g, place, 6);
            stepsToCome = column(g, place, 7);
            notesInBeat = column(g, place, 8);
        }

        /** Hears the last event, chooses the next one and moves past it. */
        void happen() {
            Value x = network.embed(g, token, duration, velocity, features());
            Recurred recurred = network.recurStep(g, x, hidden);
            Value slots = g.scalar((long) config.ringSlots());
            Ring ring = new Ring(keys, values, g.minimum(heard, slots));
            Heard event = network.hear(g, recurred, phase());
            Value attended = network.project(g, network.attendStep(g, event, ring));
            Value out = NetworkGraphs.outputNorm(g, event.x(), attended);

            Value logits = g.slice(NetworkGraphs.tokenLogits(g, out), 1, 0, CANDIDATES);
            Value newToken = scripted(0, choose(logits, legal(), CANDIDATES, 0));
            Value isPitch = g.less(newToken, g.scalar((long) PITCHES));
            Value pitch = g.minimum(newToken, g.scalar(PITCHES - 1L));
            Value note = NetworkGraphs.note(g, out);
            Value durations = NetworkGraphs.durationLogits(g, note, pitch);
            Value newDuration = scripted(1, choose(durations, longEnough(), config.durations(), 1));
            Value velocities = NetworkGraphs.velocityLogits(g, note, pitch, newDuration);
            Value newVelocity = scripted(2, choose(velocities, null, config.velocities(), 2));

            output("token", newToken, Element.INT64, "B");
            output("duration", classInput(isPitch, newDuration), Element.INT64, "B");
            output("velocity", classInput(isPitch, newVelocity), Element.INT64, "B");
            output("heard", g.add(heard, g.scalar(1L)), Element.INT64, "B");
            for (int layer = 0; layer < config.layers(); layer++) {
                Value state = recurred.states().get(layer);
                output("h" + layer, state, Element.FLOAT, "B", config.hidden());
            }
            accept(newToken, newDuration, g.unsqueeze(isPitch, 1));
            // The ring's slot of this event: heard mod C.
            Value slot = g.subtract(heard, g.multiply(g.divide(heard, slots), slots));
            Value here =
                    g.unsqueeze(
                            g.equal(g.range(g.vector(config.ringSlots())), g.unsqueeze(slot, 1)),
                            2);
            remember("keys", here, event.key(), keys, config.keyWidth());
            remember("values", here, event.value(), values, config.valueSize());

            Value events =
                    g.concat(
                            1,
                            g.unsqueeze(newToken, 1),
                            g.unsqueeze(newDuration, 1),
                            g.unsqueeze(newVelocity, 1));
            output("events", events, Element.INT64, "B", 3);
            output("key", event.key(), Element.FLOAT, "B", config.keyWidth());
            output("value", event.value(), Element.FLOAT, "B", config.valueSize());
        }

        private void remember(String name, Value here, Value row, Value ring, int width) {
            output(
                    name,
                    g.where(here, g.unsqueeze(row, 1), ring),
                    Element.FLOAT,
                    "B",
                    config.ringSlots(),
                    width);
        }

        private void output(String name, Value value, Element type, Object... dimensions) {
            g.output("event." + name + "_out", value, type, dimensions);
        }

        private Value classInput(Value isPitch, Value chosen) {
            return g.where(isPitch, g.add(chosen, g.scalar(1L)), g.scalar(0L));
        }

        // ---- what the model is given

        private Value features() {
            Value thisFrame = g.slice(struck, 1, 0, PITCHES);
            Value sounding =
                    g.multiply(
                            g.cast(g.less(g.scalar(0f), left), Element.FLOAT),
                            g.subtract(g.scalar(1f), thisFrame));
            Value quarter = wholes(inBar, g.scalar((float) Grid.STEPS_PER_QUARTER));
            Value inQuarter =
                    g.subtract(
                            inBar, g.multiply(quarter, g.scalar((float) Grid.STEPS_PER_QUARTER)));
            Value lastQuarter = g.scalar(Features.QUARTERS - 1f);
            Value phrases = g.scalar((float) Features.PHRASES);
            Value inPhrase = g.subtract(bar, g.multiply(wholes(bar, phrases), phrases));
            return g.concat(
                    1,
                    struck,
                    sounding,
                    oneHot(inQuarter, Grid.STEPS_PER_QUARTER),
                    oneHot(g.minimum(quarter, lastQuarter), Features.QUARTERS),
                    request.meterAndTempo,
                    oneHot(inPhrase, Features.PHRASES),
                    oneHotClass(bar, Features.elapsedFrom()),
                    oneHotClass(notesToCome, Features.notesFrom()),
                    oneHotClass(stepsToCome, Features.stepsFrom()),
                    request.partAndStyle,
                    g.cast(pitchClasses, Element.FLOAT));
        }

        /** One-hot: how many of the rising numbers a value reaches. */
        private Value oneHotClass(Value x, int[] from) {
            float[] beginnings = new float[from.length];
            for (int i = 0; i < beginnings.length; i++) {
                beginnings[i] = from[i];
            }
            Value reached = g.not(g.less(x, g.tensor(beginnings, beginnings.length)));
            Value count = g.reduceSum(g.cast(reached, Element.FLOAT), 1);
            return oneHot(count, beginnings.length + 1);
        }

        private Value oneHot(Value index, int count) {
            return g.cast(g.equal(index, g.counting(0, count)), Element.FLOAT);
        }

        private Value wholes(Value x, Value unit) {
            return g.floor(g.divide(x, unit));
        }

        private Value phase() {
            int count = Features.PHASES / 2;
            double[] turnsOfBars = new double[Features.PHASE_BARS * count];
            double[] periods = new double[count];
            for (int i = 0; i < count; i++) {
                periods[i] = Features.period(i);
                for (int before = 0; before < Features.PHASE_BARS; before++) {
                    turnsOfBars[before * count + i] = Features.turns(i, before);
                }
            }
            Value cycle = g.scalar((float) Features.PHASE_BARS);
            Value inCycle = g.subtract(bar, g.multiply(wholes(bar, cycle), cycle));
            Value row = g.cast(g.squeeze(inCycle, 1), Element.INT64);
            Value turns = g.gather(g.tensor(turnsOfBars, Features.PHASE_BARS, count), row);
            Value share =
                    g.divide(
                            g.cast(inBar, Element.DOUBLE),
                            g.cast(request.stepsPerBar, Element.DOUBLE));
            turns = g.add(turns, g.divide(share, g.tensor(periods, count)));
            Value angle = g.multiply(turns, g.scalar(2 * Math.PI));
            // Not every provider has a cosine of doubles.
            Value ahead = g.add(angle, g.scalar(Math.PI / 2));
            return g.cast(g.sine(g.concat(1, ahead, angle)), Element.FLOAT);
        }

        // ---- what may follow

        private Value legal() {
            Value free = g.not(g.less(g.scalar(0f), left));
            Value room = room();
            Value pitches =
                    g.and(
                            g.and(free, g.less(g.counting(0, PITCHES), below)),
                            g.and(request.allowed, g.not(g.less(g.scalar(0f), room))));

            Value allTaken = g.less(g.scalar(0f), g.reduceMinimum(left, 1));
            Value mayMoveOn = g.or(g.or(hasNote, mayBeEmpty), allTaken);
            Value restedEnough = g.and(g.less(request.maxRests, rests), some(pitches));
            Value firstFree = g.reduceMinimum(g.where(request.allowed, left, g.scalar(NOWHERE)), 1);
            Value longest = g.scalar((float) Vocabulary.MAX_ADVANCE_STEPS);
            Value earliest = g.minimum(g.maximum(firstFree, room), longest);
            Value farEnough = g.not(g.less(g.counting(1, Vocabulary.MAX_ADVANCE_STEPS), earliest));
            Value advances = g.and(g.and(mayMoveOn, g.not(restedEnough)), farEnough);
            return closing(pitches, advances);
        }

        /**
         * Without what the piece cannot close with, where something else is left; see {@link
         * Close}.
         *
         * @param pitches {@code [B, 128]} that may be struck
         * @param advances {@code [B, 96]} that may be made
         * @return both, one after the other
         */
        private Value closing(Value pitches, Value advances) {
            Value nearInTime =
                    g.and(
                            g.less(g.scalar(0.5f), stepsToCome),
                            g.less(stepsToCome, g.scalar(Close.STEPS + 0.5f)));
            Value near =
                    g.and(
                            g.less(g.scalar(0.5f), notesToCome),
                            g.less(notesToCome, g.scalar(Close.NOTES + 0.5f)));
            near = g.and(g.or(near, nearInTime), request.closes);
            Value key = closingKey();
            Value tonics = g.less(g.scalar(0.5f), g.gather(members(Key::isTonic), key));
            Value triad = g.less(g.scalar(0.5f), g.gather(members(Key::inTriad), key));

            Value pitch = g.counting(0, PITCHES);
            Value sounds = g.less(g.scalar(0f), left);
            Value lowest = g.reduceMinimum(g.where(sounds, pitch, g.scalar((float) PITCHES)), 1);
            Value lower = g.less(pitch, lowest);
            Value grounded = some(g.and(tonics, g.equal(pitch, lowest)));
            Value fits =
                    g.and(
                            triad,
                            g.or(
                                    g.not(lastNote()),
                                    g.or(g.and(lower, tonics), g.and(g.not(lower), grounded))));
            Value possible = g.or(some(g.and(pitches, fits)), some(advances));
            Value canGround = some(g.and(g.and(pitches, lower), tonics));
            Value mustGround =
                    g.and(
                            g.and(g.and(nearInTime, request.closes), hasNote),
                            g.and(canGround, g.not(grounded)));
            return g.concat(
                    1,
                    g.and(pitches, g.or(fits, g.not(g.and(near, possible)))),
                    g.and(g.and(advances, g.not(entersRest())), g.not(mustGround)));
        }

        private Value closingKey() {
            Value longer = g.slice(pitchClasses, 1, 12, 24);
            Value fits = g.matMul(longer, g.tensor(Key.profiles(), 12, Key.COUNT));
            Value heardKey = g.squeeze(g.largest(fits, 1).getLast(), 1);
            Value unknown = g.less(request.closingKey, g.scalar(0L));
            return g.where(unknown, heardKey, request.closingKey);
        }

        /** {@code [B, 1]} */
        private Value lastNote() {
            return g.and(
                    g.and(g.less(g.scalar(0.5f), notesToCome), g.less(notesToCome, g.scalar(1.5f))),
                    request.closes);
        }

        /** {@code [B, 96]}: whether an advance ends in the rest before the end of a time. */
        private Value entersRest() {
            Value steps = g.counting(1, Vocabulary.MAX_ADVANCE_STEPS);
            Value after = g.subtract(stepsToCome, steps);
            Value within =
                    g.and(
                            g.less(g.scalar(0.5f), after),
                            g.less(after, g.scalar(Close.REST_STEPS - 0.5f)));
            Value whole = g.less(g.scalar(Vocabulary.MAX_ADVANCE_STEPS - 0.5f), steps);
            return g.and(g.and(within, g.not(whole)), request.closes);
        }

        /**
         * {@code [B, D]}: the durations that a note may have, the last one of a piece being held.
         */
        private Value longEnough() {
            float[] held = new float[config.durations()];
            for (int i = 0; i < held.length; i++) {
                held[i] = Close.holds(Durations.steps(i)) ? 1 : 0;
            }
            Value isHeld = g.less(g.scalar(0.5f), g.tensor(held, 1, held.length));
            return g.or(isHeld, g.not(lastNote()));
        }

        private Value some(Value flags) {
            return g.less(g.scalar(0.5f), g.reduceMaximum(g.cast(flags, Element.FLOAT), 1));
        }

        /** For each key 1 for the pitches that have a part in it. */
        private Value members(BiPredicate<Key, Integer> part) {
            float[] members = new float[Key.COUNT * PITCHES];
            for (int key = 0; key < Key.COUNT; key++) {
                for (int pitch = 0; pitch < PITCHES; pitch++) {
                    members[key * PITCHES + pitch] = part.test(Key.of(key), pitch) ? 1 : 0;
                }
            }
            return g.tensor(members, Key.COUNT, PITCHES);
        }

        /** Steps until there is a voice for a note and room in the beat. */
        private Value room() {
            Value latest = g.largest(left, PITCHES).getFirst();
            Value voice = g.gatherInRow(latest, request.lastVoice);
            Value toNextBeat = g.subtract(request.stepsPerBeat, inBeat());
            Value beat =
                    g.where(g.less(notesInBeat, request.maxNotesPerBeat), g.scalar(0f), toNextBeat);
            return g.maximum(voice, beat);
        }

        private Value inBeat() {
            Value beats = wholes(inBar, request.stepsPerBeat);
            return g.subtract(inBar, g.multiply(beats, request.stepsPerBeat));
        }

        // ---- the draw, as TruncatedSampler makes it

        private Value choose(Value logits, @Nullable Value legal, int count, int draw) {
            Value x = g.cast(logits, Element.DOUBLE);
            if (legal != null) {
                x = g.where(legal, x, g.scalar(NEVER));
            }
            List<Value> ordered = g.largest(x, count);
            Value falling = ordered.getFirst();
            Value order = ordered.getLast();
            Value nats = g.subtract(falling, column(g, falling, 0));
            nats = g.divide(nats, request.temperature);
            Value weight =
                    g.where(g.less(g.scalar(NEGLIGIBLE), nats), g.exponential(nats), g.scalar(0.0));
            Value rank = g.cast(g.counting(0, count), Element.DOUBLE);
            weight = g.where(g.less(rank, request.topK), weight, g.scalar(0.0));
            Value before = g.sumBefore(weight);
            Value mass = g.add(column(g, before, count - 1), column(g, weight, count - 1));
            Value kept =
                    g.or(
                            g.less(before, g.multiply(mass, request.topP)),
                            g.less(rank, g.scalar(0.5)));
            kept = g.and(kept, g.not(g.less(weight, request.minP)));
            weight = g.where(kept, weight, g.scalar(0.0));

            Value passed = g.runningSum(g.scatterInRow(x, order, weight));
            Value threshold = g.multiply(column(g, uniform, draw), column(g, passed, count - 1));
            Value notPassed = g.cast(g.not(g.less(threshold, passed)), Element.FLOAT);
            Value chosen = g.cast(g.squeeze(g.reduceSum(notPassed, 1), 1), Element.INT64);
            // All are passed over only where rounding made the threshold equal to the total.
            Value likeliest = g.squeeze(column(g, order, 0), 1);
            Value certain = g.or(request.greedy, g.less(g.scalar(count - 1L), chosen));
            return g.where(certain, likeliest, chosen);
        }

        private Value scripted(int column, Value chosen) {
            Value given = g.squeeze(column(g, script, column), 1);
            return g.where(g.less(given, g.scalar(0L)), chosen, given);
        }

        // ---- moving past the event, as EventContext does

        private void accept(Value newToken, Value newDuration, Value isPitch) {
            Value position = g.cast(g.unsqueeze(newToken, 1), Element.FLOAT);
            Value key = g.equal(position, g.counting(0, PITCHES));
            Value keyStruck = g.cast(key, Element.FLOAT);
            Value steps =
                    g.where(isPitch, g.scalar(0f), g.subtract(position, g.scalar(PITCHES - 1f)));

            Value sounds = g.unsqueeze(g.gather(durations(), newDuration), 1);
            Value stillLeft = g.maximum(g.subtract(left, steps), g.scalar(0f));
            output("left", g.where(key, sounds, stillLeft), Element.FLOAT, "B", PITCHES);

            // An advance strikes no key: what was this frame is the one before.
            Value newFrame = g.concat(1, keyStruck, g.slice(struck, 1, 0, 2L * PITCHES));
            Value sameFrame =
                    g.concat(
                            1,
                            g.add(keyStruck, g.slice(struck, 1, 0, PITCHES)),
                            g.slice(struck, 1, PITCHES, 3L * PITCHES));
            output(
                    "struck",
                    g.where(isPitch, sameFrame, newFrame),
                    Element.FLOAT,
                    "B",
                    3 * PITCHES);
            output("pitch_classes", fade(newToken, isPitch), Element.DOUBLE, "B", 24);

            Value reached = g.add(inBar, steps);
            Value bars = wholes(reached, request.stepsPerBar);
            Value sameBeat =
                    g.and(
                            g.less(g.add(inBeat(), steps), request.stepsPerBeat),
                            g.less(reached, request.stepsPerBar));
            // Two cycles are as good as any more; floats count exactly only so far.
            Value newBar = g.add(bar, bars);
            Value cycle = g.scalar((float) Features.PHASE_BARS);
            Value tooFar = g.not(g.less(newBar, g.add(cycle, cycle)));
            newBar = g.subtract(newBar, g.multiply(g.cast(tooFar, Element.FLOAT), cycle));
            Value notes = g.add(notesInBeat, g.cast(isPitch, Element.FLOAT));
            Value wholeNote = g.equal(steps, g.scalar((float) Vocabulary.MAX_ADVANCE_STEPS));
            Value composing = g.less(column(g, script, 1), g.scalar(0L));
            Value counted = g.and(isPitch, g.less(g.scalar(0f), notesToCome));
            Value stepsLeft =
                    g.where(
                            g.less(stepsToCome, g.scalar(0f)),
                            stepsToCome,
                            g.maximum(g.subtract(stepsToCome, steps), g.scalar(0f)));
            Value place =
                    g.concat(
                            1,
                            g.subtract(reached, g.multiply(bars, request.stepsPerBar)),
                            newBar,
                            g.where(isPitch, position, g.scalar((float) PITCHES)),
                            g.cast(isPitch, Element.FLOAT),
                            g.cast(g.or(g.and(isPitch, mayBeEmpty), wholeNote), Element.FLOAT),
                            g.where(
                                    isPitch,
                                    g.scalar(0f),
                                    g.add(rests, g.cast(composing, Element.FLOAT))),
                            toldOr(0, g.subtract(notesToCome, g.cast(counted, Element.FLOAT))),
                            toldOr(1, stepsLeft),
                            g.where(sameBeat, notes, g.scalar(0f)));
            output("place", place, Element.FLOAT, "B", PLACE);
        }

        private Value toldOr(int column, Value otherwise) {
            Value given = column(g, told, column);
            return g.where(g.less(given, g.scalar(-1.5f)), otherwise, given);
        }

        private Value fade(Value newToken, Value isPitch) {
            double[] fades = new double[24];
            double[] gains = new double[24];
            for (int i = 0; i < 24; i++) {
                fades[i] = i < 12 ? Features.RECENT_FADE : Features.LONGER_FADE;
                gains[i] = 1 - fades[i];
            }
            Value octave = g.scalar(12L);
            Value pitchClass = g.subtract(newToken, g.multiply(g.divide(newToken, octave), octave));
            Value isClass =
                    g.cast(
                            oneHot(g.cast(g.unsqueeze(pitchClass, 1), Element.FLOAT), 12),
                            Element.DOUBLE);
            Value added = g.multiply(g.concat(1, isClass, isClass), g.tensor(gains, 24));
            Value faded = g.add(g.multiply(pitchClasses, g.tensor(fades, 24)), added);
            return g.where(isPitch, faded, pitchClasses);
        }

        private Value durations() {
            float[] steps = new float[Durations.COUNT];
            for (int i = 0; i < steps.length; i++) {
                steps[i] = Durations.steps(i);
            }
            return g.tensor(steps, steps.length);
        }
    }
}
