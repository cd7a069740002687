package org.partita.worker.engine;

import java.nio.FloatBuffer;

/**
 * Keys and values of a lane's last events, in the layout that {@link Attention} reads: keys {@code
 * [slots / 32, keyWidth, 32]}, values {@code [slots, valueWidth]}, both filled up to whole vectors.
 */
final class AttentionRing {

    /** Slots whose keys lie side by side: two of the longest vectors. */
    static final int BLOCK = 32;

    /**
     * Sizes.
     *
     * @param slots events it holds, the newest included
     */
    record Shape(int slots, int keyWidth, int valueWidth) {

        int paddedSlots() {
            return padded(slots);
        }

        /** Numbers from one event's values to the next one's. */
        int valueRow() {
            return padded(valueWidth);
        }

        /** Where a slot's key begins; its next number is {@link #BLOCK} further on. */
        int keyIndex(int slot) {
            int block = slot / BLOCK;
            return block * BLOCK * keyWidth + slot - block * BLOCK;
        }
    }

    private final Shape shape;
    private final float[] keys;
    private final float[] values;

    AttentionRing(Shape shape) {
        this.shape = shape;
        keys = new float[shape.paddedSlots() * shape.keyWidth()];
        values = new float[shape.slots() * shape.valueRow()];
    }

    /** Up to whole blocks. */
    static int padded(int count) {
        return Math.ceilDiv(count, BLOCK) * BLOCK;
    }

    Shape shape() {
        return shape;
    }

    float[] keys() {
        return keys;
    }

    float[] values() {
        return values;
    }

    /**
     * Keeps an event in place of the oldest one.
     *
     * @param event its number in the lane, from zero
     * @param row of the lane in {@code key [lanes, keyWidth]} and {@code value [lanes, valueWidth]}
     */
    void keep(long event, FloatBuffer key, FloatBuffer value, int row) {
        int slot = (int) (event % shape.slots());
        int at = shape.keyIndex(slot);
        for (int i = 0; i < shape.keyWidth(); i++) {
            keys[at + i * BLOCK] = key.get(row * shape.keyWidth() + i);
        }
        int width = shape.valueWidth();
        value.get(row * width, values, slot * shape.valueRow(), width);
    }

    /** How many slots count after so many events. */
    int filled(long events) {
        return (int) Math.min(events, shape.slots());
    }
}
