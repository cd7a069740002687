package org.partita.trainer.samples;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.partita.music.event.GridMeter;
import org.partita.music.event.GridNote;
import org.partita.music.event.GridScore;
import org.partita.music.event.GridTempo;

/** Bar lines of a piece, and excerpts that begin at them. */
final class Bars {

    private Bars() {}

    /** Steps at which a bar begins, the first 0, as long as a note begins in or after the bar. */
    static List<Integer> starts(GridScore piece) {
        int last = piece.notes().isEmpty() ? -1 : piece.notes().getLast().startStep();
        List<Integer> starts = new ArrayList<>();
        int start = 0;
        while (start <= last) {
            starts.add(start);
            start += lengthAt(piece.meters(), start);
        }
        return starts;
    }

    /** Length in steps of the bar that begins at a step; a change of meter within it ends it. */
    static int lengthAt(List<GridMeter> meters, int step) {
        int bar = meters.getFirst().stepsPerBar();
        int until = Integer.MAX_VALUE;
        for (GridMeter meter : meters) {
            if (meter.startStep() > step) {
                until = meter.startStep();
                break;
            }
            bar = meter.stepsPerBar();
        }
        return Math.min(bar, until - step);
    }

    /**
     * So many neighbouring notes, the first of them the first of a bar, from the middle of a piece;
     * the whole piece if it has no more.
     */
    static GridScore middleNotes(GridScore piece, int count) {
        List<GridNote> notes = piece.notes();
        if (notes.size() <= count) {
            return piece;
        }
        int wanted = notes.get((notes.size() - count) / 2).startStep();
        int from = starts(piece).stream().filter(s -> s <= wanted).reduce(0, (_, s) -> s);
        int first = indexFrom(notes, from);
        return from(piece, notes.subList(first, Math.min(notes.size(), first + count)), from);
    }

    /** A piece's first notes. */
    static GridScore firstNotes(GridScore piece, int count) {
        List<GridNote> notes = piece.notes();
        return from(piece, notes.subList(0, Math.min(count, notes.size())), 0);
    }

    /** So many neighbouring bars from the middle of a piece, the whole piece if it has no more. */
    static GridScore middleBars(GridScore piece, int count) {
        List<Integer> starts = starts(piece);
        if (starts.size() <= count) {
            return piece;
        }
        int first = (starts.size() - count) / 2;
        int from = starts.get(first);
        int end = starts.get(first + count);
        List<GridNote> notes = piece.notes();
        GridScore excerpt =
                from(piece, notes.subList(indexFrom(notes, from), indexFrom(notes, end)), from);
        return excerpt.notes().isEmpty() ? piece : excerpt;
    }

    /** Neighbouring stretches of so many notes each; what is left over at the end is not used. */
    static List<GridScore> stretches(GridScore piece, int notes) {
        return IntStream.range(0, piece.notes().size() / notes)
                .mapToObj(i -> {
                    List<GridNote> part = piece.notes().subList(i * notes, (i + 1) * notes);
                    return from(piece, part, part.getFirst().startStep());
                })
                .toList();
    }

    private static int indexFrom(List<GridNote> notes, int step) {
        int index = 0;
        while (index < notes.size() && notes.get(index).startStep() < step) {
            index++;
        }
        return index;
    }

    private static GridScore from(GridScore piece, List<GridNote> notes, int origin) {
        return new GridScore(
                piece.parts(),
                notes.stream()
                        .map(note ->
                                new GridNote(
                                        note.part(),
                                        note.pitch(),
                                        note.velocity(),
                                        note.startStep() - origin,
                                        note.durationSteps()))
                        .toList(),
                // Changes before the origin collapse onto step 0, where the last one wins.
                piece.meters().stream()
                        .map(meter ->
                                new GridMeter(
                                        Math.max(0, meter.startStep() - origin),
                                        meter.numerator(),
                                        meter.denominator()))
                        .toList(),
                piece.tempos().stream()
                        .map(tempo ->
                                new GridTempo(
                                        Math.max(0, tempo.startStep() - origin),
                                        tempo.microsecondsPerQuarter()))
                        .toList());
    }
}
