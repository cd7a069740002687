package org.partita.trainer.benchmark;

import java.util.Arrays;
import org.partita.trainer.training.EventForm;

/**
 * Reads sets of pitches. The network is told the pitches of this frame so far, those of the three
 * before, for how long each has sounded, the one that the frame before had at the same place in its
 * order, and its next one below the last pitch of this frame.
 */
final class FrameReading extends SymbolReading {

    private static final int PITCHES = 88;
    private static final int PLACES = 8;
    private static final double LONG = 16;

    static final EventForm FORM = form(8 * PITCHES + PLACES + LENGTHS + COMMON_FEATURES);

    private final int[] held = new int[PITCHES];
    private final int[][] before = {{}, {}, {}};
    private final int[] current = new int[PITCHES];
    private int size;
    private int frame;
    private int unchanged;

    FrameReading(int[] symbols, int moved) {
        super(symbols, moved, 1);
    }

    @Override
    int token(int symbol) {
        return symbol;
    }

    @Override
    int reference() {
        return 0;
    }

    @Override
    void accept(int symbol) {
        if (symbol != Protocol.END_OF_FRAME) {
            current[size++] = symbol;
            // The set's lowest key, 21, is an A.
            hear(symbol + 9);
            return;
        }
        int[] ended = Arrays.copyOf(current, size);
        boolean[] sounds = new boolean[PITCHES];
        for (int pitch : ended) {
            sounds[pitch] = true;
        }
        for (int pitch = 0; pitch < PITCHES; pitch++) {
            held[pitch] = sounds[pitch] ? held[pitch] + 1 : 0;
        }
        unchanged = Arrays.equals(ended, before[0]) ? unchanged + 1 : 0;
        before[2] = before[1];
        before[1] = before[0];
        before[0] = ended;
        size = 0;
        frame++;
    }

    @Override
    int frame() {
        return frame;
    }

    @Override
    public void legal(boolean[] mask) {
        Arrays.fill(mask, false);
        Arrays.fill(mask, 0, size == 0 ? PITCHES : current[size - 1], true);
        mask[Protocol.END_OF_FRAME] = true;
    }

    @Override
    void describe(Pen pen) {
        pen.mark(Arrays.copyOf(current, size), PITCHES);
        for (int[] earlier : before) {
            pen.mark(earlier, PITCHES);
        }
        for (int count : held) {
            pen.number(Math.min(1, count / LONG));
        }
        for (int count : held) {
            pen.number(count == 0 ? 0 : 1.0 / count);
        }
        pen.choose(size < before[0].length ? before[0][size] : -1, PITCHES);
        int below = -1;
        for (int pitch : before[0]) {
            if (size == 0 || pitch < current[size - 1]) {
                below = pitch;
                break;
            }
        }
        pen.choose(below, PITCHES);
        pen.choose(Math.min(size, PLACES - 1), PLACES);
        pen.choose(lengthClass(unchanged), LENGTHS);
    }
}
