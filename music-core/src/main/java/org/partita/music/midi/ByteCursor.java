package org.partita.music.midi;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A reading position in a window of a file's bytes. Every read is checked against the end of the
 * window, and nothing is ever allocated by a length that the file merely claims.
 */
final class ByteCursor {

    private final String fileName;
    private final byte[] bytes;
    private final String window;
    private final int end;
    private int position;

    /**
     * @param window what lies between start and end, to say in errors: "the file", "track 3"
     */
    private ByteCursor(String fileName, byte[] bytes, String window, int start, int end) {
        this.fileName = fileName;
        this.bytes = bytes;
        this.window = window;
        this.position = start;
        this.end = end;
    }

    static ByteCursor over(String fileName, byte[] bytes) {
        return new ByteCursor(fileName, bytes, "the file", 0, bytes.length);
    }

    int position() {
        return position;
    }

    int remaining() {
        return end - position;
    }

    int unsignedByte() throws MidiFormatException {
        if (position >= end) {
            throw failure(window + " ends in the middle of an event", position);
        }
        return bytes[position++] & 0xFF;
    }

    /** The next byte, left where it is. */
    int peek() throws MidiFormatException {
        int value = unsignedByte();
        position--;
        return value;
    }

    int unsignedShort() throws MidiFormatException {
        return (unsignedByte() << 8) | unsignedByte();
    }

    /** Four bytes, most significant first. */
    long unsignedInt() throws MidiFormatException {
        return ((long) unsignedShort() << 16) | unsignedShort();
    }

    /** Four bytes, least significant first, as RIFF stores its lengths. */
    long unsignedIntLittleEndian() throws MidiFormatException {
        return Integer.toUnsignedLong(Integer.reverseBytes((int) unsignedInt()));
    }

    /** A variable-length quantity of at most four bytes: 0..0x0FFFFFFF. */
    int variableLength() throws MidiFormatException {
        int start = position;
        int value = 0;
        for (int length = 0; length < 4; length++) {
            int next = unsignedByte();
            value = (value << 7) | (next & 0x7F);
            if (next < 0x80) {
                return value;
            }
        }
        throw failure("a variable-length number is longer than four bytes", start);
    }

    /** Whether the next four bytes spell {@code tag}; they are left where they are. */
    boolean startsWith(String tag) {
        return remaining() >= 4
                && new String(bytes, position, 4, StandardCharsets.ISO_8859_1).equals(tag);
    }

    void skip(long length) throws MidiFormatException {
        claim(length, "");
    }

    /** The next {@code length} bytes as a window of its own; this cursor moves behind them. */
    ByteCursor window(String name, long length) throws MidiFormatException {
        int start = claim(length, name + " is cut short: ");
        return new ByteCursor(fileName, bytes, name, start, position);
    }

    /** The next {@code length} bytes as UTF-8, or as Latin-1 where they are not that. */
    String text(int length) throws MidiFormatException {
        int start = claim(length, "a text is cut short: ");
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, start, length))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return new String(bytes, start, length, StandardCharsets.ISO_8859_1);
        }
    }

    MidiFormatException failure(String reason, int byteOffset) {
        return new MidiFormatException(fileName, reason, byteOffset);
    }

    private int claim(long length, String complaint) throws MidiFormatException {
        if (length > remaining()) {
            throw failure(
                    "%s%d bytes announced, %d left in %s"
                            .formatted(complaint, length, remaining(), window),
                    position);
        }
        int start = position;
        position += (int) length;
        return start;
    }
}
