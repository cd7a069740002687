package org.partita.trainer.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.partita.music.midi.MidiWriter;

class ValidityTest {

    private static final int QUARTER = 480;

    @TempDir private Path directory;

    private Sequence sequence;
    private Track track;

    ValidityTest() throws InvalidMidiDataException {
        sequence = new Sequence(Sequence.PPQ, QUARTER);
        track = sequence.createTrack();
    }

    @BeforeEach
    void twoNotes() throws InvalidMidiDataException {
        note(ShortMessage.NOTE_ON, 60, 0);
        note(ShortMessage.NOTE_OFF, 60, QUARTER);
        note(ShortMessage.NOTE_ON, 60, QUARTER);
        note(ShortMessage.NOTE_OFF, 60, 2 * QUARTER);
    }

    @Test
    void soundFileHasNoFault() throws Exception {
        askedFor("\"notes\":2");

        assertThat(faults()).isEmpty();
    }

    @Test
    void stuckNoteIsFound() throws Exception {
        note(ShortMessage.NOTE_ON, 64, 240);

        assertThat(faults()).containsExactly("key 64 struck at tick 240 never ends");
    }

    @Test
    void overlapOnOneKeyIsFound() throws Exception {
        note(ShortMessage.NOTE_ON, 60, 720);

        assertThat(faults()).contains("key 60 is struck at tick 720 while it sounds");
    }

    @Test
    void overlapOnOneKeyIsFoundAcrossTracks() throws Exception {
        Track other = sequence.createTrack();
        other.add(new MidiEvent(new ShortMessage(ShortMessage.NOTE_ON, 0, 60, 64), 240));
        other.add(new MidiEvent(new ShortMessage(ShortMessage.NOTE_OFF, 0, 60, 0), 960));

        assertThat(faults()).contains("key 60 is struck at tick 240 while it sounds");
    }

    @Test
    void keysOfAnotherPortAreOthers() throws Exception {
        Track other = sequence.createTrack();
        other.add(new MidiEvent(new MetaMessage(0x21, new byte[] {1}, 1), 0));
        other.add(new MidiEvent(new ShortMessage(ShortMessage.NOTE_ON, 0, 60, 64), 240));
        other.add(new MidiEvent(new ShortMessage(ShortMessage.NOTE_OFF, 0, 60, 0), 960));

        assertThat(faults()).isEmpty();
    }

    @Test
    void endWithoutBeginningIsFound() throws Exception {
        note(ShortMessage.NOTE_OFF, 61, 720);

        assertThat(faults()).containsExactly("key 61 ends at tick 720 and was not struck");
    }

    @Test
    void wrongNumberOfNotesIsFound() throws Exception {
        askedFor("\"notes\":3");

        assertThat(faults()).containsExactly("2 notes, asked for 3");
    }

    @Test
    void barsAreMeasuredInTheFilesMeter() throws Exception {
        // 2/4, so that the two quarters are one bar.
        track.add(new MidiEvent(new MetaMessage(0x58, new byte[] {2, 2, 24, 8}, 4), 0));
        askedFor("\"bars\":1");

        assertThat(faults()).isEmpty();
    }

    @Test
    void secondsAreMeasuredAtTheFilesTempo() throws Exception {
        // 60 quarter notes a minute.
        track.add(new MidiEvent(new MetaMessage(0x51, new byte[] {0x0F, 0x42, 0x40}, 3), 0));
        askedFor("\"seconds\":3");

        assertThat(faults()).containsExactly("ends at tick 960, asked for 1440");
    }

    @Test
    void tempoAndMeterWithoutTheirBytesAreFaults() throws Exception {
        track.add(new MidiEvent(new MetaMessage(0x51, new byte[0], 0), 0));
        track.add(new MidiEvent(new MetaMessage(0x58, new byte[] {4}, 1), 0));

        assertThat(faults())
                .containsExactly(
                        "a tempo event has 0 bytes, not 3", "a meter event has 1 bytes, not 4");
    }

    @Test
    void startInThePieceMayMakeItLongerButNotShorter() throws Exception {
        askedFor("\"notes\":1},\"includePrompt\":true,\"more\":{");
        assertThat(faults()).isEmpty();

        askedFor("\"seconds\":10},\"includePrompt\":true,\"more\":{");
        assertThat(faults()).containsExactly("ends at tick 960, asked for 9600");
    }

    @Test
    void otherBytesCannotBeRead() throws Exception {
        Path file = directory.resolve("noise.mid");
        Files.writeString(file, "this is no music");

        assertThat(Validity.faults(file)).singleElement().asString().startsWith("cannot be read");
    }

    @Test
    void aFileCutShortCannotBeRead() throws Exception {
        Path file = Files.write(directory.resolve("cut.mid"), new byte[] {'M', 'T', 'h', 'd', 0});

        assertThat(Validity.faults(file)).singleElement().asString().startsWith("cannot be read");
    }

    @Test
    void whatOurWriterWritesIsValid() throws Exception {
        Path file = directory.resolve("ours.mid");
        Files.write(
                file,
                MidiWriter.write(
                        StatisticTest.piece(
                                        List.of(
                                                StatisticTest.note(60, 0, 24),
                                                StatisticTest.note(60, 24, 24),
                                                StatisticTest.note(67, 0, 48)))
                                .toScore()));

        assertThat(Validity.faults(file)).isEmpty();
    }

    private void askedFor(String length) throws InvalidMidiDataException {
        byte[] text =
                "{\"partita\":1,\"request\":{\"length\":{%s}}}"
                        .formatted(length)
                        .getBytes(StandardCharsets.UTF_8);
        track.add(new MidiEvent(new MetaMessage(0x01, text, text.length), 0));
    }

    private void note(int command, int pitch, long tick) throws InvalidMidiDataException {
        track.add(new MidiEvent(new ShortMessage(command, 0, pitch, 80), tick));
    }

    private List<String> faults() throws IOException {
        Path file = directory.resolve("piece.mid");
        MidiSystem.write(sequence, 1, file.toFile());
        return Validity.faults(file);
    }
}
