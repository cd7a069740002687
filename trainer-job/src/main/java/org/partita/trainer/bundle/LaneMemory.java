package org.partita.trainer.bundle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * What a bundle's network remembers of each lane: GRU states {@code [B, H]} per layer, and a ring
 * of keys {@code [B, C, KW]} and values {@code [B, C, VD]}. Which slots count and in which order is
 * the session's business that made it.
 */
public final class LaneMemory {

    final int lanes;
    final int hidden;
    final int slots;
    final int keyWidth;
    final int valueSize;
    final float[][] states;
    // Outside the heap, where ONNX Runtime reads them in place: they are most of what it reads.
    final FloatBuffer keys;
    final FloatBuffer values;
    final long[] filled;
    final long[] events;

    /** An empty memory as this graph of a step or a sequence takes it. */
    static LaneMemory of(Graph graph, int lanes) {
        int layers = 0;
        while (graph.takes("h" + layers)) {
            layers++;
        }
        return new LaneMemory(
                lanes,
                layers,
                graph.extent("h0", 1),
                graph.extent("keys", 1),
                graph.extent("keys", 2),
                graph.extent("values", 2));
    }

    private LaneMemory(int lanes, int layers, int hidden, int slots, int keyWidth, int valueSize) {
        this.lanes = lanes;
        this.hidden = hidden;
        this.slots = slots;
        this.keyWidth = keyWidth;
        this.valueSize = valueSize;
        states = new float[layers][lanes * hidden];
        keys = outsideTheHeap(lanes * slots * keyWidth);
        values = outsideTheHeap(lanes * slots * valueSize);
        filled = new long[lanes];
        events = new long[lanes];
    }

    private static FloatBuffer outsideTheHeap(int size) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(size, Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /** Forgets everything in a lane: a new piece begins. */
    public void reset(int lane) {
        for (float[] state : states) {
            Arrays.fill(state, lane * hidden, (lane + 1) * hidden, 0f);
        }
        filled[lane] = 0;
        events[lane] = 0;
    }
}
