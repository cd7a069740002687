package org.partita.music.midi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.partita.music.MeterChange;
import org.partita.music.Note;
import org.partita.music.Part;
import org.partita.music.Score;
import org.partita.music.TempoChange;
import org.partita.music.Ticks;

/** The law that makes the file format trustworthy: what is written is what is read. */
class MidiRoundTripTest {

    @Property
    void readingWhatWasWrittenGivesAnEqualScore(@ForAll("scores") Score score) throws Exception {
        // When
        Score read = MidiReader.read(MidiWriter.write(score), "written");

        // Then
        assertThat(read).isEqualTo(score);
    }

    @Property(tries = 200)
    void theSameScoreGivesTheSameBytes(@ForAll("scores") Score score) throws Exception {
        // Given
        byte[] first = MidiWriter.write(score);

        // When
        byte[] second = MidiWriter.write(MidiReader.read(first, "first"));

        // Then
        assertThat(second).isEqualTo(first);
    }

    @Provide
    Arbitrary<Score> scores() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 32767),
                        parts().list().ofMaxSize(20),
                        tempos().list().ofMaxSize(5).uniqueElements(TempoChange::at),
                        meters().list().ofMaxSize(5).uniqueElements(MeterChange::at),
                        Arbitraries.strings()
                                .withCharRange(' ', '\uD7FF')
                                .ofMaxLength(200)
                                .list()
                                .ofMaxSize(3))
                .as(Score::new);
    }

    private static Arbitrary<Part> parts() {
        return Combinators.combine(
                        Arbitraries.strings().withCharRange(' ', '\uD7FF').ofMaxLength(12),
                        Arbitraries.integers().between(0, 127),
                        Arbitraries.of(true, false, false, false),
                        notes().list().ofMinSize(1).ofMaxSize(30))
                .as((name, program, percussion, notes) ->
                        new Part(name, program, percussion, withoutOverlaps(notes)));
    }

    private static Arbitrary<Note> notes() {
        // Few pitches and starts, so that repeated and touching notes are common.
        return Combinators.combine(
                        Arbitraries.integers().between(60, 67),
                        Arbitraries.integers().between(1, 127),
                        Arbitraries.longs().between(0, 960).map(start -> start / 120 * 120),
                        Arbitraries.longs().between(1, 500))
                .as((pitch, velocity, start, duration) ->
                        new Note(pitch, velocity, new Ticks(start), new Ticks(duration)));
    }

    private static List<Note> withoutOverlaps(List<Note> notes) {
        List<Note> kept = new ArrayList<>();
        for (Note note : notes) {
            boolean free =
                    kept.stream()
                            .noneMatch(other ->
                                    other.pitch() == note.pitch()
                                            && other.start().compareTo(note.end()) < 0
                                            && note.start().compareTo(other.end()) < 0);
            if (free) {
                kept.add(note);
            }
        }
        return kept;
    }

    private static Arbitrary<TempoChange> tempos() {
        return Combinators.combine(ticks(), Arbitraries.integers().between(1, 0xFFFFFF))
                .as(TempoChange::new);
    }

    private static Arbitrary<MeterChange> meters() {
        return Combinators.combine(
                        ticks(),
                        Arbitraries.integers().between(1, 255),
                        Arbitraries.integers().between(0, 6).map(power -> 1 << power))
                .as(MeterChange::new);
    }

    private static Arbitrary<Ticks> ticks() {
        return Arbitraries.longs().between(0, 400_000).map(Ticks::new);
    }
}
