package org.partita.worker.engine;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The attention of one event to the past of its lane: for each head the mean of the values,
 * weighted by the softmax of query times keys. All heads share the keys and values (Shazeer,
 * <cite>Fast Transformer Decoding</cite>, 2019), so each is read once for all of them; a matrix
 * library that copies a ring into its own layout first takes twice as long.
 *
 * <p>Every sum but the softmax's runs in the order of the ring, whatever the machine's vectors; the
 * result depends on nothing but query and ring. Confined to one thread.
 */
final class Attention {

    /** Heads that share the reading of a key. */
    private static final int TOGETHER = 4;

    private static final VectorSpecies<Float> SPECIES =
            FloatVector.SPECIES_PREFERRED.length() <= AttentionRing.BLOCK / 2
                    ? FloatVector.SPECIES_PREFERRED
                    : FloatVector.SPECIES_512;
    private static final int LENGTH = SPECIES.length();

    /** Its exponential is zero beside any other. */
    private static final float BLOCKED = -1e30f;

    private final int heads;
    private final int keyWidth;
    private final int valueWidth;
    private final int rowWidth;
    private final int slots;

    // Rows of heads nobody asked for fill up the last group.
    private final float[] query;
    private final float[] weights;
    private final float[] mixed;

    Attention(int heads, AttentionRing.Shape ring) {
        this.heads = heads;
        keyWidth = ring.keyWidth();
        valueWidth = ring.valueWidth();
        rowWidth = ring.valueRow();
        slots = ring.paddedSlots();
        int rows = Math.ceilDiv(heads, TOGETHER) * TOGETHER;
        query = new float[rows * keyWidth];
        weights = new float[rows * slots];
        mixed = new float[rows * rowWidth];
    }

    /** Where to write the query, {@code [heads, keyWidth]}, scaled already. */
    float[] query() {
        return query;
    }

    /**
     * Looks at the first slots of a ring.
     *
     * @param filled how many count, at least one
     * @param target {@code [heads, valueWidth]}
     */
    void attend(AttentionRing ring, int filled, float[] target) {
        int padded = AttentionRing.padded(filled);
        for (int head = 0; head < heads; head += TOGETHER) {
            for (int slot = 0; slot < padded; slot += 2 * LENGTH) {
                score(ring, head, slot);
            }
        }
        for (int head = 0; head < heads; head++) {
            softmax(head * slots, filled, padded);
        }
        for (int head = 0; head < heads; head += TOGETHER) {
            for (int column = 0; column < rowWidth; column += 2 * LENGTH) {
                mix(ring, head, filled, column);
            }
        }
        for (int head = 0; head < heads; head++) {
            System.arraycopy(mixed, head * rowWidth, target, head * valueWidth, valueWidth);
        }
    }

    /** Query times key for four heads and two vectors of slots. */
    private void score(AttentionRing ring, int head, int slot) {
        sum(
                keyWidth,
                query,
                head * keyWidth,
                keyWidth,
                ring.keys(),
                ring.shape().keyIndex(slot),
                AttentionRing.BLOCK,
                weights,
                head * slots + slot,
                slots);
    }

    /** Weights times values for four heads and two vectors of columns. */
    private void mix(AttentionRing ring, int head, int filled, int column) {
        sum(
                filled,
                weights,
                head * slots,
                slots,
                ring.values(),
                column,
                rowWidth,
                mixed,
                head * rowWidth + column,
                rowWidth);
    }

    /**
     * For four heads the sum of rows, each times a coefficient of the head, in two vectors of
     * columns.
     *
     * @param count of the rows
     * @param coefficients {@code [4, count]}, from {@code first} on, a head's {@code perHead} after
     *     the last one's
     * @param rows from {@code at} on, each {@code stride} after the last one
     * @param target to write to from {@code to} on, a head {@code apart} after the last one
     */
    private static void sum(
            int count,
            float[] coefficients,
            int first,
            int perHead,
            float[] rows,
            int at,
            int stride,
            float[] target,
            int to,
            int apart) {
        FloatVector sum00 = FloatVector.zero(SPECIES);
        FloatVector sum01 = sum00;
        FloatVector sum10 = sum00;
        FloatVector sum11 = sum00;
        FloatVector sum20 = sum00;
        FloatVector sum21 = sum00;
        FloatVector sum30 = sum00;
        FloatVector sum31 = sum00;
        for (int i = 0; i < count; i++) {
            FloatVector row0 = FloatVector.fromArray(SPECIES, rows, at + i * stride);
            FloatVector row1 = FloatVector.fromArray(SPECIES, rows, at + i * stride + LENGTH);
            FloatVector times = broadcast(coefficients[first + i]);
            sum00 = row0.fma(times, sum00);
            sum01 = row1.fma(times, sum01);
            times = broadcast(coefficients[first + perHead + i]);
            sum10 = row0.fma(times, sum10);
            sum11 = row1.fma(times, sum11);
            times = broadcast(coefficients[first + 2 * perHead + i]);
            sum20 = row0.fma(times, sum20);
            sum21 = row1.fma(times, sum21);
            times = broadcast(coefficients[first + 3 * perHead + i]);
            sum30 = row0.fma(times, sum30);
            sum31 = row1.fma(times, sum31);
        }
        put(sum00, sum01, target, to);
        put(sum10, sum11, target, to + apart);
        put(sum20, sum21, target, to + 2 * apart);
        put(sum30, sum31, target, to + 3 * apart);
    }

    private static void put(FloatVector first, FloatVector second, float[] target, int at) {
        first.intoArray(target, at);
        second.intoArray(target, at + LENGTH);
    }

    /**
     * Turns a head's scores into weights, in place.
     *
     * <p>The exponential, of numbers that are not positive, is good to two units in the last place;
     * below the smallest normal number it gives zero or little more. It is written out, since a
     * library's may round otherwise before and after it is compiled, and written here, since a
     * method that was compiled by itself is called with vectors as objects. Polynomial and split of
     * ln 2: S. L. Moshier, Cephes, {@code expf}.
     */
    private void softmax(int row, int filled, int padded) {
        Arrays.fill(weights, row + filled, row + padded, BLOCKED);
        FloatVector largest = broadcast(BLOCKED);
        for (int i = row; i < row + padded; i += LENGTH) {
            largest = largest.max(FloatVector.fromArray(SPECIES, weights, i));
        }
        float top = largest.reduceLanes(VectorOperators.MAX);
        FloatVector sums = FloatVector.zero(SPECIES);
        for (int i = row; i < row + padded; i += LENGTH) {
            FloatVector x = FloatVector.fromArray(SPECIES, weights, i).sub(top).max(-87f);
            // Adding 1.5 * 2^23 rounds to the nearest integer and leaves it in the lowest bits.
            FloatVector shifted = x.mul(1.442695f).add(0x1.8p23f);
            FloatVector power = shifted.sub(0x1.8p23f);
            FloatVector rest = power.fma(broadcast(-0.6933594f), x);
            rest = power.fma(broadcast(2.1219444e-4f), rest);
            FloatVector sum = broadcast(1.9875691e-4f);
            sum = sum.fma(rest, broadcast(1.3981999e-3f));
            sum = sum.fma(rest, broadcast(8.333452e-3f));
            sum = sum.fma(rest, broadcast(4.1665796e-2f));
            sum = sum.fma(rest, broadcast(0.16666666f));
            sum = sum.fma(rest, broadcast(0.5f));
            sum = sum.fma(rest.mul(rest), rest).add(1f);
            FloatVector weight =
                    sum.reinterpretAsInts()
                            .add(shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
                            .reinterpretAsFloats();
            weight.intoArray(weights, i);
            sums = sums.add(weight);
        }
        float total = 0;
        for (int lane = 0; lane < LENGTH; lane++) {
            total += sums.lane(lane);
        }
        for (int i = row; i < row + padded; i += LENGTH) {
            FloatVector.fromArray(SPECIES, weights, i).div(total).intoArray(weights, i);
        }
    }

    private static FloatVector broadcast(float number) {
        return FloatVector.broadcast(SPECIES, number);
    }
}
