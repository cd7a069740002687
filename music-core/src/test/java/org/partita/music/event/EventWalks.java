package org.partita.music.event;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Random legal event sequences, the widest input that code reading events must bear. */
final class EventWalks {

    private EventWalks() {}

    static Conditions conditions(int parts) {
        return new Conditions(
                Collections.nCopies(parts, GridPart.PIANO),
                List.of(GridMeter.COMMON_TIME, new GridMeter(400, 6, 8), new GridMeter(555, 3, 4)),
                List.of(new GridTempo(0, 500_000), new GridTempo(700, 800_000)),
                Conditions.UNKNOWN_STYLE);
    }

    /** A walk of {@code size} events with the end as its last one. */
    static EventSequence random(long seed, Conditions conditions, int size) {
        Random random = new Random(seed);
        EventContext context = new EventContext(conditions);
        EventSequence.Builder events = new EventSequence.Builder();
        boolean[] mask = new boolean[Vocabulary.SIZE];
        while (!context.ended()) {
            context.legal(mask);
            int[] choices =
                    IntStream.range(0, Vocabulary.SIZE)
                            .filter(token -> mask[token] && token != Vocabulary.END)
                            .toArray();
            boolean stop = events.size() >= size && mask[Vocabulary.END];
            int token = stop ? Vocabulary.END : choices[random.nextInt(choices.length)];
            boolean pitch = Vocabulary.isPitch(token);
            int duration = pitch ? random.nextInt(Durations.COUNT) : 0;
            int velocity = pitch ? random.nextInt(Velocities.COUNT) : 0;
            events.add(token, duration, velocity);
            context.accept(token, duration, velocity);
        }
        return events.build();
    }
}
