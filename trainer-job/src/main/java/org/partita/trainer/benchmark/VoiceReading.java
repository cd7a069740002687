package org.partita.trainer.benchmark;

import java.util.Arrays;
import org.partita.trainer.training.EventForm;

/**
 * Reads four voices. The network is told whose turn it is, what the others sing or sang last, for
 * how long each has held its pitch and what it sang before, and which voices have moved in this
 * frame.
 */
final class VoiceReading extends SymbolReading {

    private static final int VOICES = 4;
    private static final int ALPHABET = 47;
    private static final int HOLDS = 16;
    private static final int NONE = -1;

    static final EventForm FORM =
            form(
                    VOICES
                            + VOICES * (2 * ALPHABET + HOLDS + 1)
                            + 2 * ALPHABET
                            + HOLDS
                            + COMMON_FEATURES);

    private final int[] sung = {NONE, NONE, NONE, NONE};
    private final int[] sungBefore = {NONE, NONE, NONE, NONE};
    private final int[] held = new int[VOICES];
    private int voice;
    private int frame;

    VoiceReading(int[] symbols) {
        super(symbols);
    }

    @Override
    void accept(int symbol) {
        if (symbol == sung[voice]) {
            held[voice]++;
        } else {
            sungBefore[voice] = sung[voice];
            sung[voice] = symbol;
            held[voice] = 0;
        }
        if (symbol > 0) {
            // The lowest pitch, 36, is a C.
            hear(symbol - 1);
        }
        voice++;
        if (voice == VOICES) {
            voice = 0;
            frame++;
        }
    }

    @Override
    int frame() {
        return frame;
    }

    @Override
    public void legal(boolean[] mask) {
        Arrays.fill(mask, false);
        Arrays.fill(mask, 0, ALPHABET, true);
    }

    @Override
    void describe(Pen pen) {
        pen.choose(voice, VOICES);
        for (int other = 0; other < VOICES; other++) {
            pen.choose(sung[other], ALPHABET);
            pen.choose(sungBefore[other], ALPHABET);
            pen.choose(Math.min(held[other], HOLDS - 1), HOLDS);
            pen.number(other < voice && held[other] == 0 ? 1 : 0);
        }
        pen.choose(sung[voice], ALPHABET);
        pen.choose(sungBefore[voice], ALPHABET);
        pen.choose(Math.min(held[voice], HOLDS - 1), HOLDS);
    }
}
