package org.partita.music.midi;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.partita.music.MeterChange;
import org.partita.music.Note;
import org.partita.music.Part;
import org.partita.music.Score;
import org.partita.music.TempoChange;
import org.partita.music.Ticks;

/**
 * Writes a {@link Score} as a standard MIDI file of format 1: a first track with texts, meters and
 * tempos, then a track for each part with its name, program and notes. The same score always gives
 * the same bytes.
 *
 * <p>Reading the file gives an equal score, if every part has a note, no two notes of one pitch
 * overlap in a part, and no two tempos or two meters share a tick.
 */
public final class MidiWriter {

    private static final int MAX_PARTS = 0xFFFE;
    private static final int MAX_DELTA = 0x0FFFFFFF;
    private static final int RELEASE_VELOCITY = 64;

    private MidiWriter() {}

    /**
     * The bytes of a MIDI file of the score.
     *
     * @throws IllegalArgumentException if the score is longer than 400,000 quarter notes or has
     *     more than 65,534 parts
     */
    public static byte[] write(Score score) {
        return write(score, Ticks.ZERO);
    }

    /**
     * The same, where the piece lasts until {@code end} though its last note may end before.
     *
     * @throws IllegalArgumentException if the score is longer than 400,000 quarter notes or has
     *     more than 65,534 parts
     */
    public static byte[] write(Score score, Ticks end) {
        if (score.parts().size() > MAX_PARTS) {
            throw new IllegalArgumentException(
                    "parts out of range 0..%d: %d".formatted(MAX_PARTS, score.parts().size()));
        }
        var file = new ByteArrayOutputStream();
        ascii(file, "MThd");
        bigEndian(file, 6, 4);
        bigEndian(file, 1, 2);
        bigEndian(file, score.parts().size() + 1, 2);
        bigEndian(file, score.ticksPerQuarter(), 2);
        long maxTick = Division.maxTick(score.ticksPerQuarter());
        TrackWriter conductor = conductor(score, new TrackWriter(maxTick));
        conductor.endAt(end.value());
        conductor.appendTo(file);
        List<Channel> channels = Channel.allocate(score.parts());
        for (int part = 0; part < channels.size(); part++) {
            part(score.parts().get(part), channels.get(part), new TrackWriter(maxTick))
                    .appendTo(file);
        }
        return file.toByteArray();
    }

    private static TrackWriter conductor(Score score, TrackWriter track) {
        score.texts().forEach(text -> track.meta(0, 0x01, text.getBytes(StandardCharsets.UTF_8)));
        List<TempoChange> tempos = score.tempos();
        int nextTempo = 0;
        for (MeterChange meter : score.meters()) {
            while (nextTempo < tempos.size()
                    && tempos.get(nextTempo).at().compareTo(meter.at()) < 0) {
                tempo(tempos.get(nextTempo++), track);
            }
            meter(meter, track);
        }
        tempos.subList(nextTempo, tempos.size()).forEach(tempo -> tempo(tempo, track));
        return track;
    }

    private static void tempo(TempoChange tempo, TrackWriter track) {
        int micros = tempo.microsecondsPerQuarter();
        track.meta(
                tempo.at().value(),
                0x51,
                (byte) (micros >> 16),
                (byte) (micros >> 8),
                (byte) micros);
    }

    private static void meter(MeterChange meter, TrackWriter track) {
        // The metronome ticks once a beat: 24 MIDI clocks are a quarter note.
        int clocksPerClick = Math.max(1, 24 * 4 / meter.denominator());
        track.meta(
                meter.at().value(),
                0x58,
                (byte) meter.numerator(),
                (byte) Integer.numberOfTrailingZeros(meter.denominator()),
                (byte) clocksPerClick,
                (byte) 8);
    }

    private static TrackWriter part(Part part, Channel channel, TrackWriter track) {
        if (!part.name().isEmpty()) {
            track.meta(0, 0x03, part.name().getBytes(StandardCharsets.UTF_8));
        }
        if (channel.port() > 0) {
            track.meta(0, 0x21, (byte) channel.port());
        }
        track.event(0, 0xC0 | channel.number(), part.program());
        for (KeyMove move : KeyMove.of(part.notes())) {
            track.event(
                    move.tick(),
                    (move.velocity() > 0 ? 0x90 : 0x80) | channel.number(),
                    move.pitch(),
                    move.velocity() > 0 ? move.velocity() : RELEASE_VELOCITY);
        }
        return track;
    }

    /**
     * A key going down, or up where velocity is 0. Keys go up before others go down at the same
     * tick, so that a repeated note is struck anew.
     */
    private record KeyMove(long tick, int pitch, int velocity) {

        static List<KeyMove> of(List<Note> notes) {
            List<KeyMove> moves = new ArrayList<>(2 * notes.size());
            for (Note note : notes) {
                moves.add(new KeyMove(note.start().value(), note.pitch(), note.velocity()));
                moves.add(new KeyMove(note.end().value(), note.pitch(), 0));
            }
            moves.sort(
                    Comparator.comparingLong(KeyMove::tick)
                            .thenComparing(move -> move.velocity() > 0)
                            .thenComparing(Comparator.comparingInt(KeyMove::pitch).reversed()));
            return moves;
        }
    }

    /** The events of one track chunk, in the order of their ticks. */
    private static final class TrackWriter {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final long maxTick;
        private long lastTick;
        private long end;

        TrackWriter(long maxTick) {
            this.maxTick = maxTick;
        }

        void event(long tick, int... data) {
            advanceTo(tick);
            for (int value : data) {
                bytes.write(value);
            }
        }

        void meta(long tick, int type, byte... data) {
            event(tick, 0xFF, type);
            variableLength(data.length);
            bytes.writeBytes(data);
        }

        void endAt(long tick) {
            end = tick;
        }

        void appendTo(ByteArrayOutputStream file) {
            meta(Math.max(lastTick, end), 0x2F);
            ascii(file, "MTrk");
            bigEndian(file, bytes.size(), 4);
            file.writeBytes(bytes.toByteArray());
        }

        private void advanceTo(long tick) {
            if (tick > maxTick) {
                throw new IllegalArgumentException(
                        "tick out of range 0..%d (%d quarter notes): %d"
                                .formatted(maxTick, Division.MAX_QUARTERS, tick));
            }
            while (tick - lastTick > MAX_DELTA) {
                variableLength(MAX_DELTA);
                // An empty sequencer-specific event: the only thing that says nothing.
                bytes.writeBytes(new byte[] {(byte) 0xFF, 0x7F, 0});
                lastTick += MAX_DELTA;
            }
            variableLength((int) (tick - lastTick));
            lastTick = tick;
        }

        private void variableLength(int value) {
            for (int shift = 21; shift > 0; shift -= 7) {
                if (value >> shift > 0) {
                    bytes.write(((value >> shift) & 0x7F) | 0x80);
                }
            }
            bytes.write(value & 0x7F);
        }
    }

    private static void ascii(ByteArrayOutputStream out, String tag) {
        out.writeBytes(tag.getBytes(StandardCharsets.US_ASCII));
    }

    private static void bigEndian(ByteArrayOutputStream out, int value, int length) {
        for (int index = length - 1; index >= 0; index--) {
            out.write(value >> (8 * index));
        }
    }
}
