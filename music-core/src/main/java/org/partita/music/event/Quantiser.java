package org.partita.music.event;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.partita.music.MeterChange;
import org.partita.music.Note;
import org.partita.music.Part;
import org.partita.music.Score;
import org.partita.music.TempoChange;
import org.partita.music.Ticks;

/**
 * Puts a score on the grid. Starts and ends go to the nearest step. Parts of the same instrument
 * become one part (the two hands of a piano), so any score has at most 16 parts; where more than 16
 * instruments play, the later ones share the last part.
 */
public final class Quantiser {

    private Quantiser() {}

    /**
     * @throws IllegalArgumentException if a note starts after {@link Grid#MAX_STEPS}
     */
    public static GridScore quantise(Score score) {
        Map<Instrument, Integer> indexOf = new LinkedHashMap<>();
        List<GridPart> parts = new ArrayList<>();
        List<GridNote> notes = new ArrayList<>();
        for (Part part : score.parts()) {
            if (part.notes().isEmpty()) {
                continue;
            }
            Instrument instrument =
                    new Instrument(part.percussion() ? 0 : part.program(), part.percussion());
            int index =
                    indexOf.computeIfAbsent(
                            instrument, _ -> Math.min(indexOf.size(), Vocabulary.MAX_PARTS - 1));
            if (index == parts.size()) {
                parts.add(new GridPart(part.name(), instrument.program(), part.percussion()));
            }
            for (Note note : part.notes()) {
                int start = step(note.start(), score);
                int end = step(note.end(), score);
                notes.add(
                        new GridNote(
                                index,
                                note.pitch(),
                                note.velocity(),
                                start,
                                Math.max(1, end - start)));
            }
        }
        List<GridMeter> meters = new ArrayList<>();
        for (MeterChange meter : score.meters()) {
            meters.add(
                    new GridMeter(step(meter.at(), score), meter.numerator(), meter.denominator()));
        }
        List<GridTempo> tempos = new ArrayList<>();
        for (TempoChange tempo : score.tempos()) {
            tempos.add(new GridTempo(step(tempo.at(), score), tempo.microsecondsPerQuarter()));
        }
        return new GridScore(parts, notes, meters, tempos);
    }

    private static int step(Ticks at, Score score) {
        double step =
                Math.rint((double) at.value() * Grid.STEPS_PER_QUARTER / score.ticksPerQuarter());
        // Far beyond what a grid note accepts, and far from overflow.
        return (int) Math.min(step, 1e9);
    }

    private record Instrument(int program, boolean percussion) {}
}
