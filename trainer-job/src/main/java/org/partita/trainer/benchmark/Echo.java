package org.partita.trainer.benchmark;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What followed when the last tokens were heard before: a pointer into the past that moves along as
 * long as the music repeats itself, as the match model of PAQ compressors does.
 */
final class Echo {

    static final int NONE = -1;

    private final int shortest;
    private final int period;
    private final Map<Integer, Integer> ends = new HashMap<>();
    private int[] heard = new int[256];
    private int size;
    private int pointer = NONE;
    private int agreed;

    /**
     * @param shortest how many tokens have to agree
     * @param period only positions that differ by a multiple of this are compared
     */
    Echo(int shortest, int period) {
        this.shortest = shortest;
        this.period = period;
    }

    void accept(int token) {
        if (size == heard.length) {
            heard = Arrays.copyOf(heard, 2 * size);
        }
        heard[size++] = token;
        if (pointer != NONE && heard[pointer] == token) {
            pointer++;
            agreed++;
        } else {
            pointer = NONE;
            agreed = 0;
        }
        if (size < shortest) {
            return;
        }
        Integer end = ends.put(hash(), size);
        if (pointer == NONE && end != null) {
            agreed = agreement(end);
            pointer = agreed < shortest ? NONE : end;
        }
    }

    /** The token that followed then, or {@link #NONE}. */
    int expected() {
        return pointer == NONE ? NONE : heard[pointer];
    }

    /** How many tokens have agreed in a row, 0 if there is none to expect. */
    int agreed() {
        return pointer == NONE ? 0 : agreed;
    }

    private int hash() {
        int hash = size % period;
        for (int i = size - shortest; i < size; i++) {
            hash = 0x01000193 * (hash ^ heard[i]);
        }
        return hash;
    }

    private int agreement(int end) {
        int length = 0;
        while (length < end && heard[end - 1 - length] == heard[size - 1 - length]) {
            length++;
        }
        return length;
    }
}
