package org.partita.trainer.ngram;

import java.util.Arrays;

/**
 * A piece as symbols for a counting model. Each symbol stands in a known <em>situation</em> (which
 * kind of symbol it is, which voice, which beat) and is one of so many.
 */
public final class Symbols {

    private int[] symbols = new int[256];
    private int[] situations = new int[256];
    private int[] alphabets = new int[256];
    private int size;

    /**
     * Appends a symbol.
     *
     * @param symbol number of the symbol, at least 0; symbols of different kinds have different
     *     numbers
     * @param situation what is known beside the symbols before, at least 0
     * @param alphabet how many symbols are possible in that situation
     */
    public Symbols add(int symbol, int situation, int alphabet) {
        if (symbol < 0 || situation < 0 || alphabet < 1) {
            throw new IllegalArgumentException(
                    "not a symbol: %d in situation %d of %d"
                            .formatted(symbol, situation, alphabet));
        }
        if (size == symbols.length) {
            symbols = Arrays.copyOf(symbols, 2 * size);
            situations = Arrays.copyOf(situations, 2 * size);
            alphabets = Arrays.copyOf(alphabets, 2 * size);
        }
        symbols[size] = symbol;
        situations[size] = situation;
        alphabets[size] = alphabet;
        size++;
        return this;
    }

    public int size() {
        return size;
    }

    public int symbol(int index) {
        return symbols[index];
    }

    public int situation(int index) {
        return situations[index];
    }

    int alphabet(int index) {
        return alphabets[index];
    }
}
