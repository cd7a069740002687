package org.partita.music.event;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which frames a body of music is made of and how often each occurs; immutable. A frame here is its
 * strikes in part 0, highest pitch first, and one advance to the next frame.
 */
public final class FrameDistribution {

    private static final int MAGIC = 0x50465231; // "PFR1"
    private static final int MOST_FRAMES = 1 << 20;

    private final List<EventSequence> frames;
    private final long[] upTo;

    private FrameDistribution(List<EventSequence> frames, long[] upTo) {
        this.frames = frames;
        this.upTo = upTo;
    }

    private static FrameDistribution of(Map<EventSequence, Integer> counts) {
        if (counts.isEmpty()) {
            throw new IllegalArgumentException("no frame was counted");
        }
        long[] upTo = new long[counts.size()];
        long total = 0;
        int index = 0;
        for (int count : counts.values()) {
            total += count;
            upTo[index++] = total;
        }
        return new FrameDistribution(List.copyOf(counts.keySet()), upTo);
    }

    /** How many different frames it holds. */
    public int size() {
        return frames.size();
    }

    /** A frame by its index, the most frequent first. */
    public EventSequence frame(int index) {
        return frames.get(index);
    }

    /** How often the frame of that index was counted. */
    public int count(int index) {
        return (int) (upTo[index] - (index == 0 ? 0 : upTo[index - 1]));
    }

    /**
     * Draws a frame.
     *
     * @param uniform in [0, 1); equal numbers draw equal frames
     */
    public EventSequence draw(double uniform) {
        if (!(uniform >= 0 && uniform < 1)) {
            throw new IllegalArgumentException("uniform out of range [0, 1): " + uniform);
        }
        double target = uniform * upTo[upTo.length - 1];
        int low = 0;
        int high = upTo.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (upTo[middle] > target) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return frames.get(low);
    }

    /** Writes it in a compact binary form; equal distributions give equal bytes. */
    public void write(OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        data.writeInt(MAGIC);
        data.writeInt(frames.size());
        for (int i = 0; i < frames.size(); i++) {
            EventSequence frame = frames.get(i);
            data.writeInt(count(i));
            data.writeShort(frame.size());
            for (int event = 0; event < frame.size(); event++) {
                data.writeShort(frame.token(event));
                data.writeByte(frame.durationClass(event));
                data.writeByte(frame.velocityClass(event));
            }
        }
        data.flush();
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if the stream holds anything else
     */
    public static FrameDistribution read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        if (data.readInt() != MAGIC) {
            throw new IOException("not a frame distribution");
        }
        int size = data.readInt();
        if (size < 1 || size > MOST_FRAMES) {
            throw new IOException("frames out of range 1.." + MOST_FRAMES + ": " + size);
        }
        Map<EventSequence, Integer> counts = LinkedHashMap.newLinkedHashMap(size);
        try {
            for (int i = 0; i < size; i++) {
                int count = data.readInt();
                EventSequence.Builder frame = new EventSequence.Builder();
                int events = data.readUnsignedShort();
                for (int event = 0; event < events; event++) {
                    frame.add(
                            data.readUnsignedShort(),
                            data.readUnsignedByte(),
                            data.readUnsignedByte());
                }
                if (count < 1 || counts.put(checked(frame.build()), count) != null) {
                    throw new IOException("frame " + i + " is not counted once");
                }
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("not a frame distribution: " + e.getMessage(), e);
        }
        return of(counts);
    }

    private static EventSequence checked(EventSequence frame) {
        int last = frame.size() - 1;
        int above = Vocabulary.PITCHES;
        for (int i = 0; i < last; i++) {
            if (!Vocabulary.isPitch(frame.token(i)) || frame.token(i) >= above) {
                throw new IllegalArgumentException("a frame's pitches must fall: " + frame);
            }
            above = frame.token(i);
        }
        if (last < 1 || !Vocabulary.isAdvance(frame.token(last))) {
            throw new IllegalArgumentException(
                    "a frame must strike a note and then advance: " + frame);
        }
        return frame;
    }

    /**
     * Counts the frames of pieces. Frames of several parts, and each piece's last one, do not
     * count.
     */
    public static final class Counter {

        private final Map<EventSequence, Integer> counts = new LinkedHashMap<>();

        public Counter add(EventSequence piece) {
            EventSequence.Builder frame = new EventSequence.Builder();
            boolean onePart = true;
            for (int i = 0; i < piece.size(); i++) {
                int token = piece.token(i);
                if (Vocabulary.isPart(token)) {
                    onePart = false;
                    continue;
                }
                frame.add(token, piece.durationClass(i), piece.velocityClass(i));
                if (Vocabulary.isAdvance(token)) {
                    if (onePart && frame.size() > 1) {
                        counts.merge(frame.build(), 1, Integer::sum);
                    }
                    frame = new EventSequence.Builder();
                    onePart = true;
                }
            }
            return this;
        }

        /** Whether none was counted. */
        public boolean isEmpty() {
            return counts.isEmpty();
        }

        /**
         * The most frequent frames; of equally frequent ones those that were met first.
         *
         * @param most how many different frames to keep
         * @throws IllegalArgumentException if none was counted
         */
        public FrameDistribution mostFrequent(int most) {
            List<Map.Entry<EventSequence, Integer>> entries = new ArrayList<>(counts.entrySet());
            entries.sort(
                    Comparator.comparing(
                            Map.Entry<EventSequence, Integer>::getValue,
                            Comparator.reverseOrder()));
            Map<EventSequence, Integer> kept = new LinkedHashMap<>();
            for (var entry : entries.subList(0, Math.min(most, entries.size()))) {
                kept.put(entry.getKey(), entry.getValue());
            }
            return of(kept);
        }
    }
}
