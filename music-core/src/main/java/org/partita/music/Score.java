package org.partita.music;

import java.util.Comparator;
import java.util.List;

/**
 * A piece of music in musical time.
 *
 * @param ticksPerQuarter resolution of all {@link Ticks} in it, 1..32767
 * @param parts in the order of the file; may be empty
 * @param tempos ordered by time; before the first one, 120 quarter notes a minute hold
 * @param meters ordered by time; before the first one, 4/4 holds
 * @param texts free text events of the file (MIDI meta type 1), such as a provenance record
 */
public record Score(
        int ticksPerQuarter,
        List<Part> parts,
        List<TempoChange> tempos,
        List<MeterChange> meters,
        List<String> texts) {

    public Score {
        if (ticksPerQuarter < 1 || ticksPerQuarter > 32767) {
            throw new IllegalArgumentException(
                    "ticksPerQuarter out of range 1..32767: " + ticksPerQuarter);
        }
        parts = List.copyOf(parts);
        tempos = tempos.stream().sorted(Comparator.comparing(TempoChange::at)).toList();
        meters = meters.stream().sorted(Comparator.comparing(MeterChange::at)).toList();
        texts = List.copyOf(texts);
    }

    /** Notes in all parts together. */
    public int noteCount() {
        return parts.stream().mapToInt(part -> part.notes().size()).sum();
    }

    /** When the last note ends. */
    public Ticks end() {
        return parts.stream()
                .flatMap(part -> part.notes().stream())
                .map(Note::end)
                .max(Comparator.naturalOrder())
                .orElse(Ticks.ZERO);
    }
}
