package org.partita.trainer.benchmark;

import java.util.Arrays;
import org.partita.trainer.training.EventForm;

/**
 * Reads four voices. A token is a rest or the interval from the pitch that the same voice sang
 * last, so that holding is one token and what is learnt in one key holds in all. The network is
 * told whose turn it is, what the others sing or sang last, as intervals from that pitch, also
 * within an octave, for how long each has held its pitch and what it sang before, which voices have
 * moved in this frame, and what followed when the voice last sang what it sang just now.
 */
final class VoiceReading extends SymbolReading {

    private static final int VOICES = 4;
    private static final int REST = 0;
    private static final int ALPHABET = 47;
    private static final int WIDEST = ALPHABET - 2;
    private static final int INTERVALS = 2 * WIDEST + 1;
    private static final int HOLDS = 16;

    /** Sixteenths. */
    private static final int BEAT = 4;

    private static final int NONE = -1;
    private static final int OCTAVE = 12;

    /** What is looked for in each voice alone, in sixteenths. */
    private static final int OWN_ECHO = 16;

    /** Symbols that the first intervals are counted from: C5, C3, G4, C4. */
    private static final int[] FIRST = {37, 13, 32, 25};

    static final EventForm FORM =
            form(
                    VOICES
                            + ALPHABET
                            + HOLDS
                            + VOICES * (2 * (1 + INTERVALS) + HOLDS + 1 + OCTAVE)
                            + TOKENS
                            + LENGTHS
                            + COMMON_FEATURES);

    private final int[] pitch = FIRST.clone();
    private final int[] sung = {NONE, NONE, NONE, NONE};
    private final int[] sungBefore = {NONE, NONE, NONE, NONE};
    private final int[] held = new int[VOICES];
    private final Echo[] ownEchoes = new Echo[VOICES];
    private int voice;
    private int frame;

    VoiceReading(int[] symbols, int moved) {
        super(symbols, moved, BEAT * VOICES);
        Arrays.setAll(ownEchoes, _ -> new Echo(OWN_ECHO, 1));
    }

    @Override
    int token(int symbol) {
        return symbol == REST ? REST : 1 + WIDEST + symbol - pitch[voice];
    }

    @Override
    int reference() {
        return pitch[voice] - 1;
    }

    @Override
    void accept(int symbol) {
        ownEchoes[voice].accept(token(symbol));
        if (symbol == sung[voice]) {
            held[voice]++;
        } else {
            sungBefore[voice] = sung[voice];
            sung[voice] = symbol;
            held[voice] = 0;
        }
        if (symbol != REST) {
            pitch[voice] = symbol;
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
        for (int symbol = 0; symbol < ALPHABET; symbol++) {
            mask[token(symbol)] = true;
        }
    }

    @Override
    void describe(Pen pen) {
        pen.choose(voice, VOICES);
        pen.choose(pitch[voice], ALPHABET);
        pen.choose(Math.min(held[voice], HOLDS - 1), HOLDS);
        for (int other = 0; other < VOICES; other++) {
            pen.choose(sung[other] == NONE ? NONE : token(sung[other]), 1 + INTERVALS);
            pen.choose(sungBefore[other] == NONE ? NONE : token(sungBefore[other]), 1 + INTERVALS);
            pen.choose(Math.min(held[other], HOLDS - 1), HOLDS);
            pen.number(other < voice && held[other] == 0 ? 1 : 0);
            boolean sings = other != voice && sung[other] != NONE && sung[other] != REST;
            pen.choose(sings ? Math.floorMod(sung[other] - pitch[voice], OCTAVE) : NONE, OCTAVE);
        }
        pen.choose(ownEchoes[voice].expected(), TOKENS);
        pen.choose(lengthClass(ownEchoes[voice].agreed()), LENGTHS);
    }
}
