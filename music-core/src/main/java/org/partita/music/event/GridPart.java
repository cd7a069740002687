package org.partita.music.event;

/**
 * Who plays a part.
 *
 * @param name what the score calls it, may be empty
 * @param program General MIDI program, 0..127
 * @param percussion whether pitches are drum sounds
 */
public record GridPart(String name, int program, boolean percussion) {

    /** A solo grand piano. */
    public static final GridPart PIANO = new GridPart("Piano", 0, false);

    public GridPart {
        if (program < 0 || program > 127) {
            throw new IllegalArgumentException("program out of range 0..127: " + program);
        }
    }

    /** General MIDI family of the program, 0..15 (0 = pianos), or 16 for drums. */
    int family() {
        return percussion ? 16 : program / 8;
    }
}
