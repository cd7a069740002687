package org.partita.worker.engine;

import org.jspecify.annotations.Nullable;
import org.partita.music.Key;
import org.partita.music.event.Close;
import org.partita.music.event.Durations;
import org.partita.music.event.EventContext;
import org.partita.music.event.Vocabulary;

/**
 * Takes away what a piece cannot {@linkplain Close close} with, where something else is left. The
 * whole-note advance always stays, so that this never forbids what the controls left as the only
 * way on.
 */
final class ClosingMask {

    private static final boolean[] HELD = held();

    private final EventContext context;
    private final @Nullable Key givenKey;
    private final boolean closes;

    /**
     * @param givenKey to close in, {@code null} for the one heard
     */
    ClosingMask(EventContext context, Goal goal, @Nullable Key givenKey) {
        this.context = context;
        this.givenKey = givenKey;
        closes = goal.notes() >= Close.SHORTEST_NOTES || goal.steps() >= Close.SHORTEST_STEPS;
    }

    private static boolean[] held() {
        boolean[] held = new boolean[Durations.COUNT];
        for (int i = 0; i < held.length; i++) {
            held[i] = Close.holds(Durations.steps(i));
        }
        return held;
    }

    /** The key as the loop graph is told it. */
    int keyForLoop() {
        if (!closes) {
            return LoopArrays.Limits.NO_CLOSE;
        }
        return givenKey == null ? LoopArrays.Limits.KEY_HEARD : givenKey.index();
    }

    /** Restricts the tokens that are legal and allowed. */
    void restrict(boolean[] tokens) {
        if (!closes || context.isPercussion()) {
            return;
        }
        long stepsToCome = context.stepsToCome();
        for (int steps = 1; stepsToCome >= 1 && steps < Vocabulary.MAX_ADVANCE_STEPS; steps++) {
            tokens[Vocabulary.advance(steps)] &= !Close.entersRest(stepsToCome, steps);
        }
        if (Close.isNear(context.notesToCome(), stepsToCome)) {
            bringHome(tokens);
        }
    }

    private void bringHome(boolean[] tokens) {
        Key key = givenKey == null ? context.key() : givenKey;
        int lowest = context.lowestSounding();
        boolean waits = tokens[Vocabulary.advance(Vocabulary.MAX_ADVANCE_STEPS)];
        boolean fits = waits;
        boolean canGround = false;
        for (int pitch = 0; pitch < Vocabulary.PITCHES; pitch++) {
            fits |= tokens[pitch] && fits(key, pitch, lowest);
            canGround |= tokens[pitch] && pitch < lowest && key.isTonic(pitch);
        }
        for (int pitch = 0; fits && pitch < Vocabulary.PITCHES; pitch++) {
            tokens[pitch] &= fits(key, pitch, lowest);
        }
        if (context.stepsToCome() >= 1
                && context.frameHasNote()
                && canGround
                && !key.isTonic(lowest)) {
            for (int steps = 1; steps <= Vocabulary.MAX_ADVANCE_STEPS; steps++) {
                tokens[Vocabulary.advance(steps)] = false;
            }
        }
    }

    private boolean fits(Key key, int pitch, int lowest) {
        return key.inTriad(pitch) && (!isLastNote() || Close.grounds(key, pitch, lowest));
    }

    private boolean isLastNote() {
        return context.notesToCome() == 1;
    }

    /** The duration classes that the next note may have: all, or what is long enough for a last. */
    boolean[] durations(boolean[] all) {
        return closes && isLastNote() && !context.isPercussion() ? HELD : all;
    }
}
