package org.partita.worker.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.partita.music.MeterChange;
import org.partita.music.Note;
import org.partita.music.Score;
import org.partita.music.midi.MidiReader;
import org.partita.protocol.Controls;

/**
 * What a written file breaks of the controls, found in its bytes alone and without any code of the
 * engine. Files of one part and one meter.
 */
final class ControlViolations {

    private static final int PITCH_CLASSES = 12;
    private static final String SHARPS = "C C#D D#E F F#G G#A A#B ";

    private final Controls controls;
    private final List<String> found = new ArrayList<>();

    private ControlViolations(Controls controls) {
        this.controls = controls;
    }

    /** One sentence a violation. */
    static List<String> of(byte[] midi, Controls controls) throws Exception {
        Score score = MidiReader.read(midi, "piece.mid");
        List<Note> notes =
                score.parts().stream()
                        .flatMap(part -> part.notes().stream())
                        .sorted(Comparator.comparing(Note::start))
                        .toList();
        ControlViolations violations = new ControlViolations(controls);
        notes.forEach(violations::pitch);
        violations.polyphony(notes);
        violations.density(notes, score.meters(), score.ticksPerQuarter());
        return violations.found;
    }

    private void pitch(Note note) {
        var range = controls.pitchRange();
        if (range != null && (note.pitch() < range.lowest() || note.pitch() > range.highest())) {
            found.add(note + " is outside " + range);
        }
        var key = controls.key();
        if (key != null) {
            int tonic = SHARPS.indexOf((sharp(key.tonic()) + " ").substring(0, 2)) / 2;
            int degree = (note.pitch() - tonic + PITCH_CLASSES) % PITCH_CLASSES;
            if (!key.scale().semitones().contains(degree)) {
                found.add(note + " is not in " + key);
            }
        }
    }

    private static String sharp(String tonic) {
        return switch (tonic) {
            case "Db" -> "C#";
            case "Eb" -> "D#";
            case "Gb" -> "F#";
            case "Ab" -> "G#";
            case "Bb" -> "A#";
            case "Cb" -> "B";
            case "Fb" -> "E";
            case "E#" -> "F";
            case "B#" -> "C";
            default -> tonic;
        };
    }

    /** Keys go down and up tick by tick; up first, as the file says it. */
    private void polyphony(List<Note> notes) {
        Integer most = controls.maxPolyphony();
        if (most == null) {
            return;
        }
        Map<Long, Integer> changes = new TreeMap<>();
        for (Note note : notes) {
            changes.merge(note.start().value(), 1, Integer::sum);
            changes.merge(note.end().value(), -1, Integer::sum);
        }
        int sounding = 0;
        for (var change : changes.entrySet()) {
            sounding += change.getValue();
            if (sounding > most) {
                found.add(sounding + " notes sound at tick " + change.getKey());
            }
        }
    }

    private void density(List<Note> notes, List<MeterChange> meters, int ticksPerQuarter) {
        Integer most = controls.maxNotesPerBeat();
        if (most == null) {
            return;
        }
        Map<Long, Integer> begun = new TreeMap<>();
        for (Note note : notes) {
            MeterChange meter =
                    meters.stream()
                            .filter(change -> change.at().compareTo(note.start()) <= 0)
                            .reduce(meters.getFirst(), (_, later) -> later);
            long ticksPerBeat = 4L * ticksPerQuarter / meter.denominator();
            long intoBeat = note.start().minus(meter.at()).value() % ticksPerBeat;
            begun.merge(note.start().value() - intoBeat, 1, Integer::sum);
        }
        begun.forEach((beat, count) -> {
            if (count > most) {
                found.add(count + " notes begin in the beat at tick " + beat);
            }
        });
    }
}
