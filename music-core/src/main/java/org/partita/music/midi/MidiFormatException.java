package org.partita.music.midi;

import java.io.IOException;

/** The bytes are not a MIDI file that can be read; the message names the file, reason and place. */
public final class MidiFormatException extends IOException {

    private final String fileName;
    private final String reason;
    private final int byteOffset;

    MidiFormatException(String fileName, String reason, int byteOffset) {
        super("%s: %s (byte %d)".formatted(fileName, reason, byteOffset));
        this.fileName = fileName;
        this.reason = reason;
        this.byteOffset = byteOffset;
    }

    /** The file as its reader was told to call it. */
    public String fileName() {
        return fileName;
    }

    /** What is wrong, without file and place. */
    public String reason() {
        return reason;
    }

    /** Where reading stopped, counted from the first byte of the file. */
    public int byteOffset() {
        return byteOffset;
    }
}
