package org.partita.music;

import java.util.Comparator;
import java.util.List;

/**
 * One player's notes.
 *
 * @param name what the score calls the part, may be empty
 * @param program General MIDI program, 0..127 (0 = acoustic grand piano); meaningless for drums
 * @param percussion whether pitches are drum sounds (MIDI channel 10)
 * @param notes ordered by start, then by falling pitch
 */
public record Part(String name, int program, boolean percussion, List<Note> notes) {

    private static final Comparator<Note> CANONICAL =
            Comparator.comparing(Note::start)
                    .thenComparing(Comparator.comparingInt(Note::pitch).reversed())
                    .thenComparing(Note::duration)
                    .thenComparingInt(Note::velocity);

    public Part {
        if (program < 0 || program > 127) {
            throw new IllegalArgumentException("program out of range 0..127: " + program);
        }
        notes = notes.stream().sorted(CANONICAL).toList();
    }
}
