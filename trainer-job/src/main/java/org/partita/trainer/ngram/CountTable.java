package org.partita.trainer.ngram;

/**
 * Two counters for each 64-bit key, in open addressing: 16 bytes an entry. Keys are hashes of
 * contexts; with 10^8 of them, the chance that any two contexts share one is below 10^-3.
 */
final class CountTable {

    private static final double FULL = 0.7;

    private long[] keys;
    private int[] totals;
    private int[] distinct;
    private int size;

    CountTable() {
        keys = new long[1 << 10];
        totals = new int[1 << 10];
        distinct = new int[1 << 10];
    }

    /** Adds to the counters of {@code key} and tells whether it is new. */
    boolean add(long key, int total, int more) {
        if (size > FULL * keys.length) {
            grow();
        }
        int slot = slot(keys, key);
        boolean fresh = keys[slot] == 0;
        if (fresh) {
            keys[slot] = key;
            size++;
        }
        totals[slot] += total;
        distinct[slot] += more;
        return fresh;
    }

    /** Where the key is, or -1. */
    int find(long key) {
        int slot = slot(keys, key);
        return keys[slot] == 0 ? -1 : slot;
    }

    int total(int slot) {
        return totals[slot];
    }

    int distinct(int slot) {
        return distinct[slot];
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldTotals = totals;
        int[] oldDistinct = distinct;
        keys = new long[Math.multiplyExact(2, oldKeys.length)];
        totals = new int[keys.length];
        distinct = new int[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int slot = slot(keys, oldKeys[i]);
                keys[slot] = oldKeys[i];
                totals[slot] = oldTotals[i];
                distinct[slot] = oldDistinct[i];
            }
        }
    }

    private static int slot(long[] keys, long key) {
        if (key == 0) {
            throw new IllegalArgumentException("key 0 stands for an empty slot");
        }
        int mask = keys.length - 1;
        int slot = (int) (key ^ (key >>> 32)) & mask;
        while (keys[slot] != 0 && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }
}
