package org.partita.trainer.evaluate;

import java.util.List;
import java.util.function.LongConsumer;
import org.partita.music.event.Durations;
import org.partita.music.event.EventSequence;
import org.partita.music.event.Velocities;
import org.partita.music.event.Vocabulary;
import org.partita.trainer.data.PreparedPiece;
import org.partita.trainer.ngram.Symbols;
import org.partita.trainer.ngram.WittenBell;

/**
 * Interpolated Witten-Bell n-grams on the very events that the network reads: each event is its
 * token and, for a pitch, its duration and its velocity as symbols of their own. Which of the three
 * comes next is always known, so each kind shares out its probability among itself.
 */
final class Baseline {

    private static final int TOKEN = 0;
    private static final int DURATION = 1;
    private static final int VELOCITY = 2;
    private static final int FIRST_DURATION = Vocabulary.SIZE;
    private static final int FIRST_VELOCITY = FIRST_DURATION + Durations.COUNT;

    private final WittenBell model;

    /**
     * @param orders the highest order
     */
    Baseline(int orders) {
        model = new WittenBell(orders);
    }

    void train(EventSequence events) {
        model.train(symbols(events));
    }

    /** Likelihoods of all pieces together, by order from 1 on; without seconds. */
    Likelihood[] score(List<PreparedPiece> pieces, LongConsumer progress) {
        int orders = model.orders();
        double[][] nats = new double[3][orders];
        double[] probabilities = new double[orders];
        long events = 0;
        long notes = 0;
        for (PreparedPiece piece : pieces) {
            Symbols symbols = symbols(piece.events());
            for (int i = 0; i < symbols.size(); i++) {
                model.probabilities(symbols, i, probabilities);
                for (int order = 0; order < orders; order++) {
                    nats[symbols.situation(i)][order] -= Math.log(probabilities[order]);
                }
            }
            events += piece.events().size();
            notes += piece.events().noteCount();
            progress.accept(piece.events().size());
        }
        Likelihood[] results = new Likelihood[orders];
        for (int order = 0; order < orders; order++) {
            results[order] =
                    new Likelihood(
                            nats[TOKEN][order],
                            nats[DURATION][order],
                            nats[VELOCITY][order],
                            events,
                            notes,
                            0);
        }
        return results;
    }

    static Symbols symbols(EventSequence events) {
        Symbols symbols = new Symbols();
        for (int i = 0; i < events.size(); i++) {
            symbols.add(events.token(i), TOKEN, Vocabulary.SIZE);
            if (Vocabulary.isPitch(events.token(i))) {
                symbols.add(FIRST_DURATION + events.durationClass(i), DURATION, Durations.COUNT);
                symbols.add(FIRST_VELOCITY + events.velocityClass(i), VELOCITY, Velocities.COUNT);
            }
        }
        return symbols;
    }
}
