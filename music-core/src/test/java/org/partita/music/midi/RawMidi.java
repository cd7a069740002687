package org.partita.music.midi;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** MIDI files put together byte by byte, for what no writer of ours would write. */
final class RawMidi {

    private static final HexFormat HEX = HexFormat.of();
    static final String END_OF_TRACK = " 00 FF 2F 00";

    private RawMidi() {}

    static byte[] hex(String bytes) {
        return HEX.parseHex(bytes.replace(" ", ""));
    }

    /** A whole file; the header announces as many tracks as are given. */
    static byte[] file(int format, int division, byte[]... tracks) {
        return file(format, tracks.length, division, tracks);
    }

    static byte[] file(int format, int announcedTracks, int division, byte[]... tracks) {
        var file = new ByteArrayOutputStream();
        file.writeBytes(
                hex(
                        "4D 54 68 64 00 00 00 06 %02X %02X %02X %02X %02X %02X"
                                .formatted(
                                        format >> 8,
                                        format & 0xFF,
                                        announcedTracks >> 8,
                                        announcedTracks & 0xFF,
                                        division >> 8,
                                        division & 0xFF)));
        for (byte[] track : tracks) {
            file.writeBytes(track);
        }
        return file.toByteArray();
    }

    /** A track chunk of the given events, with an end of track. */
    static byte[] track(String events) {
        return chunk("MTrk", hex(events + END_OF_TRACK));
    }

    static byte[] chunk(String tag, byte[] content) {
        var chunk = new ByteArrayOutputStream();
        for (int index = 0; index < 4; index++) {
            chunk.write(tag.charAt(index));
        }
        for (int shift = 24; shift >= 0; shift -= 8) {
            chunk.write(content.length >> shift);
        }
        chunk.writeBytes(content);
        return chunk.toByteArray();
    }
}
