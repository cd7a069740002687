package org.partita.music.midi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;
import org.junit.jupiter.api.Test;
import org.partita.music.MeterChange;
import org.partita.music.Note;
import org.partita.music.Part;
import org.partita.music.Score;
import org.partita.music.TempoChange;
import org.partita.music.Ticks;

class MidiWriterTest {

    private static final Score WALTZ =
            new Score(
                    480,
                    List.of(
                            new Part(
                                    "Piano",
                                    0,
                                    false,
                                    List.of(
                                            note(72, 0, 480),
                                            note(60, 0, 480),
                                            note(72, 480, 960)))),
                    List.of(new TempoChange(Ticks.ZERO, 500_000)),
                    List.of(new MeterChange(Ticks.ZERO, 3, 4)),
                    List.of("Walzer für Elise"));

    private static Note note(int pitch, long start, long duration) {
        return new Note(pitch, 80, new Ticks(start), new Ticks(duration));
    }

    private static Score pieceOf(List<Part> parts) {
        return new Score(96, parts, List.of(), List.of(), List.of());
    }

    /** Files are identified by their hash: bytes once written must stay so. */
    @Test
    void bytesNeverChange() {
        // Given
        var expected = new ByteArrayOutputStream();
        expected.writeBytes(
                RawMidi.file(
                        1,
                        480,
                        RawMidi.track(
                                "00 FF 01 11 57 61 6C 7A 65 72 20 66 C3 BC 72 20 45 6C 69 73 65"
                                        + " 00 FF 58 04 03 02 18 08 00 FF 51 03 07 A1 20"),
                        RawMidi.track(
                                "00 FF 03 05 50 69 61 6E 6F 00 C0 00 00 90 48 50 00 90 3C 50"
                                        + " 83 60 80 48 40 00 80 3C 40 00 90 48 50"
                                        + " 87 40 80 48 40")));

        // When
        byte[] bytes = MidiWriter.write(WALTZ);

        // Then
        assertThat(bytes).isEqualTo(expected.toByteArray());
    }

    @Test
    void anotherProgramReadsTheSameMusic() throws Exception {
        // Given
        byte[] bytes = MidiWriter.write(WALTZ);

        // When
        Sequence sequence = MidiSystem.getSequence(new ByteArrayInputStream(bytes));

        // Then
        assertThat(MidiSystem.getMidiFileFormat(new ByteArrayInputStream(bytes)).getType())
                .isEqualTo(1);
        assertThat(sequence.getResolution()).isEqualTo(480);
        assertThat(sequence.getMicrosecondLength()).isEqualTo(1_500_000);
        assertThat(messages(sequence.getTracks()[1]))
                .extracting(ShortMessage::getCommand, ShortMessage::getData1)
                .containsExactly(
                        tuple(ShortMessage.PROGRAM_CHANGE, 0),
                        tuple(ShortMessage.NOTE_ON, 72),
                        tuple(ShortMessage.NOTE_ON, 60),
                        tuple(ShortMessage.NOTE_OFF, 72),
                        tuple(ShortMessage.NOTE_OFF, 60),
                        tuple(ShortMessage.NOTE_ON, 72),
                        tuple(ShortMessage.NOTE_OFF, 72));
    }

    @Test
    void melodicPartsSkipTheDrumChannelAndDrumsTakeIt() {
        // Given
        List<Part> parts =
                new ArrayList<>(IntStream.range(0, 15).mapToObj(index -> part(7, false)).toList());
        parts.add(3, part(0, true));

        // When
        List<Channel> channels = Channel.allocate(parts);

        // Then
        assertThat(channels).extracting(Channel::port).containsOnly(0);
        assertThat(channels)
                .extracting(Channel::number)
                .containsExactly(0, 1, 2, 9, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15);
    }

    @Test
    void moreThanFifteenPartsShareAChannelByProgramAndThenUsePorts() {
        // Given
        List<Part> parts =
                new ArrayList<>(
                        IntStream.range(0, 20).mapToObj(program -> part(program, false)).toList());
        parts.add(part(4, false));

        // When
        List<Channel> channels = Channel.allocate(parts);

        // Then
        assertThat(channels.getLast()).isEqualTo(channels.get(4));
        assertThat(Set.copyOf(channels.subList(0, 20))).hasSize(20);
        assertThat(channels.get(15)).isEqualTo(new Channel(1, 0));
    }

    @Test
    void partsOnSharedChannelsAreReadBackApart() throws Exception {
        // Given
        Score score =
                pieceOf(IntStream.range(0, 40).mapToObj(index -> part(index % 25, false)).toList());

        // When
        Score read = MidiReader.read(MidiWriter.write(score), "many parts");

        // Then
        assertThat(read).isEqualTo(score);
    }

    @Test
    void pauseLongerThanADeltaTimeCanSayIsBridged() throws Exception {
        // Given
        Score score =
                new Score(
                        32767,
                        List.of(
                                new Part(
                                        "",
                                        0,
                                        false,
                                        List.of(note(60, 0, 1), note(60, 0x2000_0000L, 1)))),
                        List.of(),
                        List.of(),
                        List.of());

        // When
        Score read = MidiReader.read(MidiWriter.write(score), "pause");

        // Then
        assertThat(read).isEqualTo(score);
    }

    @Test
    void pieceOfEndlessLengthIsRefused() {
        // Given
        Score score = pieceOf(List.of(new Part("", 0, false, List.of(note(60, 38_400_000L, 1)))));

        // When
        var thrown = assertThatIllegalArgumentException().isThrownBy(() -> MidiWriter.write(score));

        // Then
        thrown.withMessage("tick out of range 0..38400000 (400000 quarter notes): 38400001");
    }

    private static Part part(int program, boolean percussion) {
        return new Part("part", program, percussion, List.of(note(60, 0, 96)));
    }

    private static List<ShortMessage> messages(Track track) {
        return IntStream.range(0, track.size())
                .mapToObj(index -> track.get(index).getMessage())
                .filter(ShortMessage.class::isInstance)
                .map(ShortMessage.class::cast)
                .toList();
    }
}
