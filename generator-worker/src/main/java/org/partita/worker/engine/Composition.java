package org.partita.worker.engine;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import org.partita.music.MeterChange;
import org.partita.music.Note;
import org.partita.music.Part;
import org.partita.music.Score;
import org.partita.music.TempoChange;
import org.partita.music.Ticks;
import org.partita.music.event.Conditions;
import org.partita.music.event.GridNote;
import org.partita.music.event.GridPart;
import org.partita.music.event.GridScore;
import org.partita.music.midi.MidiWriter;

/** A finished piece; immutable. */
public final class Composition {

    private final Score score;
    private final byte[] midi;
    private final String sha256;
    private final Provenance provenance;

    private Composition(Score score, byte[] midi, Provenance provenance) {
        this.score = score;
        this.midi = midi;
        this.provenance = provenance;
        try {
            sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(midi));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Puts the composed notes, and the prompt's if they were asked for, into a MIDI file. */
    static Composition of(Commission commission, List<GridNote> composed, Provenance provenance) {
        boolean withPrompt = commission.request().includePrompt();
        Prompt prompt = commission.prompt();
        Conditions conditions = prompt.conditions();
        Ticks origin = withPrompt ? ticks(prompt.originStep()) : Ticks.ZERO;
        List<List<Note>> notes = new ArrayList<>();
        for (int i = 0; i < conditions.parts().size(); i++) {
            notes.add(new ArrayList<>());
        }
        boolean timed = commission.goal() instanceof Goal.TimeGoal;
        Ticks end =
                commission.goal() instanceof Goal.TimeGoal(int _, long ticks)
                        ? origin.plus(new Ticks(ticks))
                        : Ticks.ZERO;
        UnaryOperator<Note> cut = timed ? note -> cut(note, end) : note -> note;
        if (withPrompt) {
            for (GridNote note : prompt.notes()) {
                notes.get(note.part()).add(cut.apply(note(note, Ticks.ZERO)));
            }
        }
        for (GridNote note : composed) {
            notes.get(note.part()).add(cut.apply(note(note, origin)));
        }
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < notes.size(); i++) {
            GridPart part = conditions.parts().get(i);
            parts.add(new Part(part.name(), part.program(), part.percussion(), notes.get(i)));
        }
        Score score =
                new Score(
                        GridScore.TICKS_PER_QUARTER,
                        parts,
                        withPrompt ? tempos(conditions) : List.of(tempo(prompt)),
                        withPrompt ? meters(conditions) : List.of(meter(prompt)),
                        List.of(provenance.toText()));
        return new Composition(score, MidiWriter.write(score, end), provenance);
    }

    private static Note cut(Note note, Ticks end) {
        return note.end().compareTo(end) <= 0
                ? note
                : new Note(note.pitch(), note.velocity(), note.start(), end.minus(note.start()));
    }

    private static Ticks ticks(long steps) {
        return new Ticks(steps * Goal.TICKS_PER_STEP);
    }

    private static Note note(GridNote note, Ticks origin) {
        return new Note(
                note.pitch(),
                note.velocity(),
                origin.plus(ticks(note.startStep())),
                ticks(note.durationSteps()));
    }

    private static TempoChange tempo(Prompt prompt) {
        return new TempoChange(Ticks.ZERO, prompt.tempo().microsecondsPerQuarter());
    }

    private static MeterChange meter(Prompt prompt) {
        return new MeterChange(
                Ticks.ZERO, prompt.meter().numerator(), prompt.meter().denominator());
    }

    private static List<TempoChange> tempos(Conditions conditions) {
        return conditions.tempos().stream()
                .map(tempo ->
                        new TempoChange(ticks(tempo.startStep()), tempo.microsecondsPerQuarter()))
                .toList();
    }

    private static List<MeterChange> meters(Conditions conditions) {
        return conditions.meters().stream()
                .map(meter ->
                        new MeterChange(
                                ticks(meter.startStep()), meter.numerator(), meter.denominator()))
                .toList();
    }

    /** The music. */
    public Score score() {
        return score;
    }

    /** The MIDI file. */
    public byte[] midi() {
        return midi.clone();
    }

    /** SHA-256 of the MIDI file, 64 lower-case hex digits. */
    public String sha256() {
        return sha256;
    }

    /** Fingerprint of the model bundle that composed it. */
    public String modelSha256() {
        return provenance.modelSha256();
    }

    /** What ran the model. */
    public String provider() {
        return provenance.provider();
    }
}
