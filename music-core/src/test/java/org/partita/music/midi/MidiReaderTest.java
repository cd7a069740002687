package org.partita.music.midi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.partita.music.midi.RawMidi.chunk;
import static org.partita.music.midi.RawMidi.file;
import static org.partita.music.midi.RawMidi.hex;
import static org.partita.music.midi.RawMidi.track;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.partita.music.MeterChange;
import org.partita.music.Note;
import org.partita.music.Part;
import org.partita.music.Score;
import org.partita.music.TempoChange;
import org.partita.music.Ticks;

/** Each rule by which a file becomes a score, on the smallest file that needs it. */
class MidiReaderTest {

    private static final String ON_60 = " 90 3C 40";
    private static final String OFF_60 = " 80 3C 40";

    private static Score read(byte[] bytes) throws MidiFormatException {
        return MidiReader.read(bytes, "test.mid");
    }

    private static Score readTrack(String events) throws MidiFormatException {
        return read(file(0, 96, track(events)));
    }

    private static Note note(int pitch, int start, int duration) {
        return new Note(pitch, 64, new Ticks(start), new Ticks(duration));
    }

    @Nested
    class Notes {

        @Test
        void noteLastsFromStrikeToRelease() throws Exception {
            // When
            Score score = readTrack("10" + ON_60 + " 60" + OFF_60);

            // Then
            assertThat(score.ticksPerQuarter()).isEqualTo(96);
            assertThat(score.parts())
                    .containsExactly(new Part("", 0, false, List.of(note(60, 0x10, 0x60))));
        }

        @Test
        void strikeOfVelocityZeroIsARelease() throws Exception {
            // When
            Score score = readTrack("00" + ON_60 + " 20 90 3C 00");

            // Then
            assertThat(onlyPart(score).notes()).containsExactly(note(60, 0, 0x20));
        }

        @Test
        void runningStatusGoesOnAcrossMetaAndSystemExclusiveEvents() throws Exception {
            // When
            Score score =
                    readTrack(
                            "00 90 3C 40  10 3C 00  00 FF 06 01 41  00 F0 02 01 F7  00 3E 40 10 3E 00");

            // Then
            assertThat(onlyPart(score).notes())
                    .containsExactly(note(60, 0, 0x10), note(62, 0x10, 0x10));
        }

        @Test
        void keyStruckAgainEndsItsEarlierNote() throws Exception {
            // When
            Score score = readTrack("00" + ON_60 + " 10" + ON_60 + " 10" + OFF_60);

            // Then
            assertThat(onlyPart(score).notes())
                    .containsExactly(note(60, 0, 0x10), note(60, 0x10, 0x10));
        }

        @Test
        void releaseAtTheTickOfTheSecondStrikeBelongsToTheFirst() throws Exception {
            // When
            Score score = readTrack("00" + ON_60 + " 10" + ON_60 + " 00" + OFF_60 + " 20" + OFF_60);

            // Then
            assertThat(onlyPart(score).notes())
                    .containsExactly(note(60, 0, 0x10), note(60, 0x10, 0x20));
        }

        @Test
        void zeroLengthNoteLastsOneTick() throws Exception {
            // When
            Score score = readTrack("08" + ON_60 + " 00" + OFF_60 + " 10" + ON_60 + " 10" + OFF_60);

            // Then
            assertThat(onlyPart(score).notes())
                    .containsExactly(note(60, 8, 1), note(60, 0x18, 0x10));
        }

        @Test
        void ofTwoStrikesAtOneTickTheLaterOneStays() throws Exception {
            // When
            Score score = readTrack("00 90 3C 50 00" + OFF_60 + " 00" + ON_60 + " 10" + OFF_60);

            // Then
            assertThat(onlyPart(score).notes()).containsExactly(note(60, 0, 0x10));
        }

        @Test
        void releaseOfASilentKeyIsNothing() throws Exception {
            // When
            Score score = readTrack("00" + OFF_60);

            // Then
            assertThat(score.parts()).isEmpty();
        }

        @Test
        void hangingNoteEndsWithItsTrack() throws Exception {
            // When
            Score score = readTrack("00" + ON_60 + " 30 C0 05 10 B0 07 40");

            // Then
            assertThat(onlyPart(score).notes()).containsExactly(note(60, 0, 0x40));
        }

        @Test
        void trackWithoutItsEndEndsWithItsChunk() throws Exception {
            // When
            Score score = read(file(1, 96, chunk("MTrk", hex("00" + ON_60 + " 30" + OFF_60))));

            // Then
            assertThat(onlyPart(score).notes()).containsExactly(note(60, 0, 0x30));
        }

        @Test
        void allNotesOffReleasesAndAllSoundOffSilences() throws Exception {
            // When
            Score score =
                    readTrack(
                            "00"
                                    + ON_60
                                    + " 00 90 3E 40 10 B0 7B 00"
                                    + " 00"
                                    + ON_60
                                    + " 10 B0 78 00");

            // Then
            assertThat(onlyPart(score).notes())
                    .containsExactly(note(62, 0, 0x10), note(60, 0, 0x10), note(60, 0x10, 0x10));
        }
    }

    @Nested
    class Pedal {

        private static final String DOWN = " B0 40 7F";
        private static final String UP = " B0 40 00";

        @Test
        void noteSoundsUntilThePedalRises() throws Exception {
            // When
            Score score = readTrack("00" + DOWN + " 00" + ON_60 + " 10" + OFF_60 + " 30" + UP);

            // Then
            assertThat(onlyPart(score).notes()).containsExactly(note(60, 0, 0x40));
        }

        @Test
        void noteUnderThePedalEndsWhereItsKeyIsStruckAgain() throws Exception {
            // When
            Score score =
                    readTrack(
                            "00" + DOWN + " 00" + ON_60 + " 10" + OFF_60 + " 10" + ON_60 + " 10"
                                    + OFF_60 + " 10" + UP);

            // Then
            assertThat(onlyPart(score).notes())
                    .containsExactly(note(60, 0, 0x20), note(60, 0x20, 0x20));
        }

        @Test
        void heldKeyOutlastsThePedal() throws Exception {
            // When
            Score score = readTrack("00" + DOWN + " 00" + ON_60 + " 10" + UP + " 10" + OFF_60);

            // Then
            assertThat(onlyPart(score).notes()).containsExactly(note(60, 0, 0x20));
        }

        @Test
        void resettingAllControllersLiftsThePedal() throws Exception {
            // When
            Score score =
                    readTrack(
                            "00" + DOWN + " 00" + ON_60 + " 10" + OFF_60 + " 10 B0 79 00 10" + UP);

            // Then
            assertThat(onlyPart(score).notes()).containsExactly(note(60, 0, 0x20));
        }

        @Test
        void leftHandFollowsThePedalOfTheRightHandsTrack() throws Exception {
            // When
            Score score =
                    read(
                            file(
                                    1,
                                    96,
                                    track("00" + DOWN + " 40" + UP),
                                    track("00" + ON_60 + " 10" + OFF_60)));

            // Then
            assertThat(onlyPart(score).notes()).containsExactly(note(60, 0, 0x40));
        }

        @Test
        void trackWithItsOwnPedalIgnoresTheOthers() throws Exception {
            // When
            Score score =
                    read(
                            file(
                                    1,
                                    96,
                                    track("00" + DOWN + " 40" + UP),
                                    track("00" + ON_60 + " 10" + OFF_60 + " 00" + UP)));

            // Then
            assertThat(onlyPart(score).notes()).containsExactly(note(60, 0, 0x10));
        }
    }

    @Nested
    class Parts {

        @Test
        void partIsTrackAndChannelAndProgram() throws Exception {
            // When
            Score score =
                    read(
                            file(
                                    1,
                                    96,
                                    track(
                                            "00 FF 03 05 57 69 6E 64 73 00 C0 49 00"
                                                    + ON_60
                                                    + " 10"
                                                    + OFF_60
                                                    + " 00 C0 44 00"
                                                    + ON_60
                                                    + " 10"
                                                    + OFF_60
                                                    + " 00 C1 46 00 91 3C 40 10 81 3C 40"),
                                    track("00 FF 04 04 44 72 75 6D 00 99 24 40 10 89 24 40")));

            // Then
            assertThat(score.parts())
                    .extracting(Part::name, Part::program, Part::percussion)
                    .containsExactly(
                            tuple("Winds", 0x49, false),
                            tuple("Winds", 0x44, false),
                            tuple("Winds", 0x46, false),
                            tuple("Drum", 0, true));
        }

        @Test
        void trackWithoutAProgramFollowsItsChannel() throws Exception {
            // When
            Score score =
                    read(
                            file(
                                    1,
                                    96,
                                    track("00 C0 28"),
                                    track("00" + ON_60 + " 10" + OFF_60),
                                    track("00 C0 2A 00" + ON_60 + " 10" + OFF_60)));

            // Then
            assertThat(score.parts()).extracting(Part::program).containsExactly(0x28, 0x2A);
        }

        @Test
        void sameChannelOfAnotherPortIsAnotherChannel() throws Exception {
            // When
            Score score =
                    read(
                            file(
                                    1,
                                    96,
                                    track("00 C0 28"),
                                    track("00 FF 21 01 01 00" + ON_60 + " 10" + OFF_60)));

            // Then
            assertThat(onlyPart(score).program()).isZero();
        }

        @Test
        void formatZeroFileGivesAPartForEachChannel() throws Exception {
            // When
            Score score = readTrack("00" + ON_60 + " 00 99 24 40 10" + OFF_60 + " 00 89 24 40");

            // Then
            assertThat(score.parts()).extracting(Part::percussion).containsExactly(false, true);
        }
    }

    @Nested
    class Time {

        @Test
        void temposMetersAndTextsOfAllTracksAreTheScores() throws Exception {
            // When
            Score score =
                    read(
                            file(
                                    1,
                                    480,
                                    track(
                                            "00 FF 51 03 07 A1 20 00 FF 58 04 03 02 18 08 00 FF 01 03 4D C3 BC"),
                                    track(
                                            "60 FF 51 03 0F 42 40 00 FF 58 02 06 03 00 FF 01 02 4D FC")));

            // Then
            assertThat(score.tempos())
                    .containsExactly(
                            new TempoChange(Ticks.ZERO, 500_000),
                            new TempoChange(new Ticks(0x60), 1_000_000));
            assertThat(score.meters())
                    .containsExactly(
                            new MeterChange(Ticks.ZERO, 3, 4),
                            new MeterChange(new Ticks(0x60), 6, 8));
            assertThat(score.texts()).containsExactly("Mü", "Mü");
        }

        @Test
        void ofTwoTemposAtOneTickTheLaterOneHolds() throws Exception {
            // When
            Score score = readTrack("00 FF 51 03 07 A1 20 00 FF 51 03 0F 42 40");

            // Then
            assertThat(score.tempos()).containsExactly(new TempoChange(Ticks.ZERO, 1_000_000));
        }

        @Test
        void tempoOfZeroAndImpossibleMetersArePassedOver() throws Exception {
            // When
            Score score =
                    readTrack(
                            "00 FF 51 03 00 00 00 00 FF 51 01 05"
                                    + " 00 FF 58 04 00 02 18 08 00 FF 58 04 04 07 18 08");

            // Then
            assertThat(score.tempos()).isEmpty();
            assertThat(score.meters()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({
            // frames a second and ticks a frame, then what a second of file ticks becomes
            "E828, 960, 500000",
            "E728, 1000, 500000",
            "E701, 25, 500000",
            "E328, 1200, 500500",
            "E250, 2400, 500000",
        })
        void smpteTicksBecomeHalfSecondQuartersOfTheSameTime(
                String division, int ticksPerQuarter, int microseconds) throws Exception {
            // Given
            byte[] bytes =
                    file(
                            0,
                            Integer.parseInt(division, 16),
                            track("00 FF 51 03 0F 42 40 0A" + ON_60 + " 14" + OFF_60));

            // When
            Score score = read(bytes);

            // Then
            assertThat(score.ticksPerQuarter()).isEqualTo(ticksPerQuarter);
            assertThat(score.tempos()).containsExactly(new TempoChange(Ticks.ZERO, microseconds));
            assertThat(onlyPart(score).notes()).containsExactly(note(60, 20, 40));
        }
    }

    @Nested
    class Containers {

        private final byte[] plain = file(0, 96, track("00" + ON_60 + " 10" + OFF_60));

        @Test
        void fileInsideRiffIsReadLikeAPlainOne() throws Exception {
            // Given
            var riff = new ByteArrayOutputStream();
            riff.writeBytes(hex("52 49 46 46 00 00 00 00 52 4D 49 44"));
            riff.writeBytes(hex("4E 6F 74 65 03 00 00 00 41 42 43 00 64 61 74 61"));
            riff.writeBytes(new byte[] {(byte) plain.length, 0, 0, 0});
            riff.writeBytes(plain);

            // When
            Score score = read(riff.toByteArray());

            // Then
            assertThat(score).isEqualTo(read(plain));
        }

        @Test
        void unknownChunksLongHeadersAndTrailingBytesAreSkipped() throws Exception {
            // Given
            var bytes = new ByteArrayOutputStream();
            bytes.writeBytes(hex("4D 54 68 64 00 00 00 08 00 01 00 01 00 60 AA BB"));
            bytes.writeBytes(chunk("XFIH", new byte[5]));
            bytes.writeBytes(track("00" + ON_60 + " 10" + OFF_60));
            bytes.writeBytes(new byte[] {0, 0, 1});

            // When
            Score score = read(bytes.toByteArray());

            // Then
            assertThat(score).isEqualTo(read(plain));
        }

        @Test
        void fileIsReadFromItsPath(@TempDir Path folder) throws Exception {
            // Given
            Path path = Files.write(folder.resolve("piece.mid"), plain);

            // When
            Score score = MidiReader.read(path);

            // Then
            assertThat(score).isEqualTo(read(plain));
        }
    }

    @Nested
    class BrokenFiles {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "''                                    | not a MIDI file: it does not begin with MThd | 0",
                    "4D 54 68                              | not a MIDI file: it does not begin with MThd | 0",
                    "3C 68 74 6D 6C 3E                     | not a MIDI file: it does not begin with MThd | 0",
                    "52 49 46 46 00 00 00 00 57 41 56 45   | a RIFF file that holds no MIDI | 8",
                    "52 49 46 46 00 00 00 00 52 4D 49 44   | a RIFF file without a data chunk | 12",
                    "4D 54 68 64 00 00 00 04 00 00 00 00   | the header is 4 bytes long, it must be 6 | 4",
                    "4D 54 68 64 00 00 00 06 00 00         | the header is cut short: 6 bytes announced, 2 left in the file | 8",
                    "4D 54 68 64 00 00 00 06 00 02 00 01 00 60 | MIDI format 2 (independent patterns) is not a piece of music | 8",
                    "4D 54 68 64 00 00 00 06 00 07 00 01 00 60 | unknown MIDI format 7 | 8",
                    "4D 54 68 64 00 00 00 06 00 01 00 01 00 00 | the division is 0 ticks a quarter note | 12",
                    "4D 54 68 64 00 00 00 06 00 01 00 01 E7 00 | the SMPTE division of 25 frames a second and 0 ticks a frame means nothing | 12",
                    "4D 54 68 64 00 00 00 06 00 01 00 02 00 60 | 2 tracks announced, 0 found | 14",
                    "4D 54 68 64 00 00 00 06 00 01 00 01 00 60 4D 54 72 | the file ends in a chunk header | 14",
                })
        void brokenHeaderIsNamed(String bytes, String reason, int offset) {
            // When
            var thrown =
                    assertThatExceptionOfType(MidiFormatException.class)
                            .isThrownBy(() -> read(bytes.isEmpty() ? new byte[0] : hex(bytes)));

            // Then
            thrown.withMessage("test.mid: %s (byte %d)", reason, offset);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "00 3C 40          | an event without a status byte | 23",
                    "00 F4             | 0xF4 is no event of a MIDI file | 23",
                    "00 90 3C 80       | data byte out of range 0..127: 0x80 | 25",
                    "00 90 3C          | track 1 ends in the middle of an event | 25",
                    "FF FF FF FF 7F    | a variable-length number is longer than four bytes | 22",
                    "00 FF 51 20 00    | a meta event is cut short: 32 bytes announced, 1 left in track 1 | 26",
                    "00 FF 01 20 00    | a text is cut short: 32 bytes announced, 1 left in track 1 | 26",
                    "00 F0 FF 7F 00    | 16383 bytes announced, 1 left in track 1 | 26",
                    "FF FF FF 7F 90 3C 40 | the piece is longer than 400000 quarter notes | 22",
                })
        void brokenEventIsNamed(String events, String reason, int offset) {
            // Given
            byte[] bytes = file(0, 96, chunk("MTrk", hex(events)));

            // When
            var thrown =
                    assertThatExceptionOfType(MidiFormatException.class)
                            .isThrownBy(() -> read(bytes));

            // Then
            thrown.withMessage("test.mid: %s (byte %d)", reason, offset)
                    .satisfies(broken -> {
                        assertThat(broken.fileName()).isEqualTo("test.mid");
                        assertThat(broken.reason()).isEqualTo(reason);
                        assertThat(broken.byteOffset()).isEqualTo(offset);
                    });
        }

        @Test
        void everyTruncationOfAFileFails() {
            // Given
            byte[] whole = file(1, 96, track("00" + ON_60 + " 10" + OFF_60), track("00 C0 05"));

            for (int length = 0; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);

                // When
                var thrown =
                        assertThatExceptionOfType(MidiFormatException.class)
                                .as("cut to %d bytes", length)
                                .isThrownBy(() -> read(cut));

                // Then
                thrown.withMessageStartingWith("test.mid: ");
            }
        }
    }

    private static Part onlyPart(Score score) {
        assertThat(score.parts()).hasSize(1);
        return score.parts().getFirst();
    }
}
