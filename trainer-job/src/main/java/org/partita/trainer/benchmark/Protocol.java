package org.partita.trainer.benchmark;

import java.util.Comparator;
import java.util.List;
import org.partita.trainer.ngram.Symbols;
import org.partita.trainer.training.EventForm;
import org.partita.trainer.training.Reading;

/** How the frames of a benchmark become symbols, and what its result counts. */
enum Protocol {
    /**
     * Boulanger-Lewandowski et al. 2012: frames are sets of the pitches 21..108. Each is written as
     * its pitches in strictly falling order and an end-of-frame symbol, which is one-to-one between
     * sets and strings. Result: nats a frame.
     */
    FRAMES("nats/frame", 21, 108, 89) {
        @Override
        Encoded encode(List<List<Integer>> piece, boolean knowsBeat) {
            Symbols symbols = new Symbols();
            int firstFrame = 0;
            for (int t = 0; t < piece.size(); t++) {
                piece.get(t).stream()
                        .distinct()
                        .sorted(Comparator.reverseOrder())
                        .forEach(pitch -> symbols.add(checked(pitch), 0, alphabet()));
                symbols.add(END_OF_FRAME, 0, alphabet());
                if (t == 0) {
                    firstFrame = symbols.size();
                }
            }
            return new Encoded(symbols, piece.size(), firstFrame);
        }

        @Override
        EventForm form() {
            return FrameReading.FORM;
        }

        @Override
        Reading reading(int[] symbols, int moved) {
            return new FrameReading(symbols, moved);
        }

        @Override
        int firstPitch() {
            return 0;
        }
    },

    /**
     * Four voices in sixteenths, in the order soprano, bass, alto, tenor: one symbol for each, a
     * rest or a pitch 36..81. Result: nats a note symbol.
     */
    VOICES("nats/token", 36, 81, 47) {
        @Override
        Encoded encode(List<List<Integer>> piece, boolean knowsBeat) {
            Symbols symbols = new Symbols();
            for (int t = 0; t < piece.size(); t++) {
                List<Integer> frame = piece.get(t);
                for (int voice = 0; voice < VOICE_ORDER.length; voice++) {
                    int pitch = frame.get(VOICE_ORDER[voice]);
                    int symbol = pitch < 0 ? 0 : 1 + checked(pitch);
                    int situation = knowsBeat ? 4 * (t % 4) + voice : voice;
                    symbols.add(symbol, situation, alphabet());
                }
            }
            return new Encoded(symbols, piece.size(), Math.min(4, symbols.size()));
        }

        @Override
        EventForm form() {
            return VoiceReading.FORM;
        }

        @Override
        Reading reading(int[] symbols, int moved) {
            return new VoiceReading(symbols, moved);
        }

        @Override
        int firstPitch() {
            return 1;
        }
    };

    static final int END_OF_FRAME = 88;
    private static final int[] VOICE_ORDER = {0, 3, 1, 2};

    /**
     * A piece as symbols.
     *
     * @param symbols of the whole piece
     * @param frames how many frames they are
     * @param firstFrame how many of them belong to the first frame
     */
    record Encoded(Symbols symbols, int frames, int firstFrame) {}

    private final String unit;
    private final int lowest;
    private final int highest;
    private final int alphabet;

    Protocol(String unit, int lowest, int highest, int alphabet) {
        this.unit = unit;
        this.lowest = lowest;
        this.highest = highest;
        this.alphabet = alphabet;
    }

    /**
     * @param knowsBeat whether the frame's number modulo four is known beside the symbols before
     */
    abstract Encoded encode(List<List<Integer>> piece, boolean knowsBeat);

    /** What the network is given. */
    abstract EventForm form();

    /**
     * A piece for the network.
     *
     * @param moved semitones that it was moved by
     */
    abstract Reading reading(int[] symbols, int moved);

    /** Symbol of the lowest pitch. */
    abstract int firstPitch();

    /** Symbol of the highest pitch. */
    int lastPitch() {
        return firstPitch() + highest - lowest;
    }

    boolean isPitch(int symbol) {
        return symbol >= firstPitch() && symbol <= lastPitch();
    }

    static Protocol of(BenchmarkSet set) {
        return set.fourVoices() ? VOICES : FRAMES;
    }

    /** What a result is counted in. */
    String unit() {
        return unit;
    }

    int alphabet() {
        return alphabet;
    }

    int checked(int pitch) {
        if (pitch < lowest || pitch > highest) {
            throw new IllegalArgumentException(
                    "pitch out of range %d..%d: %d".formatted(lowest, highest, pitch));
        }
        return pitch - lowest;
    }
}
