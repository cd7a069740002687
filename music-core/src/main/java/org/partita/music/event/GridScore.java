package org.partita.music.event;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.partita.music.MeterChange;
import org.partita.music.Note;
import org.partita.music.Part;
import org.partita.music.Score;
import org.partita.music.TempoChange;
import org.partita.music.Ticks;

/**
 * A piece on the grid, in the one form that the event stream can say.
 *
 * <p>Whatever notes it is given, it holds their <em>canonical</em> form: ordered by start, part and
 * falling pitch; no two notes of a part on the same key at once (a note ends where its key is
 * struck again); durations and velocities from {@link Durations} and {@link Velocities}. Making a
 * score of canonical notes changes nothing.
 *
 * @param parts who plays, at most 16
 * @param notes canonical notes
 * @param meters ordered, one a step, the first at step 0
 * @param tempos ordered, one a step, the first at step 0
 */
public record GridScore(
        List<GridPart> parts,
        List<GridNote> notes,
        List<GridMeter> meters,
        List<GridTempo> tempos) {

    /** Resolution of the scores made by {@link #toScore()}. */
    public static final int TICKS_PER_QUARTER = 480;

    private static final int TICKS_PER_STEP = TICKS_PER_QUARTER / Grid.STEPS_PER_QUARTER;

    private static final Comparator<GridNote> ORDER =
            Comparator.comparingInt(GridNote::startStep)
                    .thenComparingInt(GridNote::part)
                    .thenComparing(Comparator.comparingInt(GridNote::pitch).reversed())
                    // Of doubled notes the longest, then loudest, comes first and stays.
                    .thenComparing(Comparator.comparingInt(GridNote::durationSteps).reversed())
                    .thenComparing(Comparator.comparingInt(GridNote::velocity).reversed());

    public GridScore {
        if (parts.size() > Vocabulary.MAX_PARTS) {
            throw new IllegalArgumentException("more than 16 parts: " + parts.size());
        }
        parts = List.copyOf(parts);
        for (GridNote note : notes) {
            if (note.part() >= parts.size()) {
                throw new IllegalArgumentException(
                        "part " + note.part() + " of a note is not among " + parts.size());
            }
        }
        notes = canonical(notes);
        meters = onePerStep(meters, GridMeter::startStep, GridMeter.COMMON_TIME);
        tempos =
                onePerStep(
                        tempos,
                        GridTempo::startStep,
                        new GridTempo(0, TempoChange.DEFAULT_MICROSECONDS_PER_QUARTER));
    }

    private static List<GridNote> canonical(List<GridNote> notes) {
        List<GridNote> ordered = notes.stream().sorted(ORDER).toList();
        List<GridNote> distinct = new ArrayList<>(ordered.size());
        Map<Integer, Integer> nextStart = new HashMap<>();
        for (int i = ordered.size() - 1; i >= 0; i--) {
            GridNote note = ordered.get(i);
            boolean doubled =
                    i > 0
                            && ordered.get(i - 1).startStep() == note.startStep()
                            && ordered.get(i - 1).part() == note.part()
                            && ordered.get(i - 1).pitch() == note.pitch();
            if (doubled) {
                continue;
            }
            int key = note.part() * Vocabulary.PITCHES + note.pitch();
            int next = nextStart.getOrDefault(key, Integer.MAX_VALUE);
            int durationClass =
                    Durations.nearestClass(note.durationSteps(), next - note.startStep());
            int velocityClass = Velocities.nearestClass(note.velocity());
            distinct.add(
                    new GridNote(
                            note.part(),
                            note.pitch(),
                            Velocities.velocity(velocityClass),
                            note.startStep(),
                            Durations.steps(durationClass)));
            nextStart.put(key, note.startStep());
        }
        return List.copyOf(distinct.reversed());
    }

    private static <T> List<T> onePerStep(
            List<T> changes, ToIntFunction<T> startStep, T whereNoneHolds) {
        TreeMap<Integer, T> byStep = new TreeMap<>();
        byStep.put(0, whereNoneHolds);
        for (T change : changes) {
            byStep.put(startStep.applyAsInt(change), change);
        }
        return List.copyOf(byStep.values());
    }

    /** When the last note ends, in steps. */
    public int endStep() {
        return notes.stream().mapToInt(GridNote::endStep).max().orElse(0);
    }

    /** Time from the beginning to {@code step}, in seconds. */
    public double seconds(int step) {
        double seconds = 0;
        for (int i = 0; i < tempos.size(); i++) {
            GridTempo tempo = tempos.get(i);
            int until = i + 1 < tempos.size() ? tempos.get(i + 1).startStep() : step;
            int from = Math.min(tempo.startStep(), step);
            seconds += (Math.min(until, step) - from) * tempo.secondsPerStep();
        }
        return seconds;
    }

    /** The same music in ticks, 480 a quarter note. */
    public Score toScore() {
        Map<Integer, List<Note>> notesOfPart = new HashMap<>();
        for (GridNote note : notes) {
            notesOfPart
                    .computeIfAbsent(note.part(), part -> new ArrayList<>())
                    .add(
                            new Note(
                                    note.pitch(),
                                    note.velocity(),
                                    ticks(note.startStep()),
                                    ticks(note.durationSteps())));
        }
        List<Part> written = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            GridPart part = parts.get(i);
            written.add(
                    new Part(
                            part.name(),
                            part.program(),
                            part.percussion(),
                            notesOfPart.getOrDefault(i, List.of())));
        }
        return new Score(
                TICKS_PER_QUARTER,
                written,
                map(tempos, t -> new TempoChange(ticks(t.startStep()), t.microsecondsPerQuarter())),
                map(
                        meters,
                        m -> new MeterChange(ticks(m.startStep()), m.numerator(), m.denominator())),
                List.of());
    }

    private static <A, B> List<B> map(List<A> list, Function<A, B> function) {
        return list.stream().map(function).toList();
    }

    private static Ticks ticks(int steps) {
        return new Ticks((long) steps * TICKS_PER_STEP);
    }
}
