package org.partita.worker.engine;

import ai.onnxruntime.OrtException;
import java.util.EnumMap;
import java.util.Map;
import org.partita.protocol.GenerationRequest;
import org.partita.protocol.Length;
import org.partita.protocol.Start;

/**
 * Where the time of a {@link StepDecoder}'s step goes, in seconds a step by the clock.
 *
 * @param feeding telling the facts about the music and writing the inputs
 * @param graphs the recurrence and output graphs
 * @param attention to the past, and keeping the event for it
 * @param sampling choosing tokens, durations and velocities
 * @param heads the duration and velocity graphs
 */
public record StepShares(
        double feeding, double graphs, double attention, double sampling, double heads) {

    /** Measures pieces of full rings. */
    public static StepShares measure(ModelBundle model, int lanes, int steps) {
        GenerationRequest request =
                GenerationRequest.of(new Start.Random(), new Length.Notes(20_000));
        Clock clock = new Clock();
        try (StepDecoder decoder =
                new StepDecoder(model.laneArrays(lanes), model.noteHeads(lanes), clock)) {
            for (int seed = 0; seed < lanes; seed++) {
                decoder.add(new Lane(Commission.of(request, seed, model.defaultSampling(), model)));
            }
            int warm = model.manifest().network().ringSlots() + 1;
            for (int i = 0; i < warm + steps; i++) {
                if (i == warm) {
                    clock.forget();
                }
                clock.start();
                decoder.step();
            }
            return new StepShares(
                    clock.seconds(StepClock.Part.FEEDING, steps),
                    clock.seconds(StepClock.Part.GRAPHS, steps),
                    clock.seconds(StepClock.Part.ATTENTION, steps),
                    clock.seconds(StepClock.Part.SAMPLING, steps),
                    clock.seconds(StepClock.Part.HEADS, steps));
        } catch (OrtException e) {
            throw new EngineException("a step failed", e);
        }
    }

    private static final class Clock implements StepClock {
        private final Map<Part, Long> nanos = new EnumMap<>(Part.class);
        private long last;

        void forget() {
            nanos.clear();
        }

        void start() {
            last = System.nanoTime();
        }

        @Override
        public void ended(Part part) {
            long now = System.nanoTime();
            nanos.merge(part, now - last, Long::sum);
            last = now;
        }

        double seconds(Part part, int steps) {
            return nanos.getOrDefault(part, 0L) / 1e9 / steps;
        }
    }
}
