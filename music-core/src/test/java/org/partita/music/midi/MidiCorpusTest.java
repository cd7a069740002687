package org.partita.music.midi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;
import org.junit.jupiter.api.Test;
import org.partita.music.Score;

/**
 * Real files, where there are any: all are read, and an independent parser counts the same notes.
 */
class MidiCorpusTest {

    private record Strike(int track, int channel, int pitch, long tick) {}

    @Test
    void everyFileIsReadWithAllItsNotesAndSurvivesWriting() throws Exception {
        // Given
        int files = 0;
        long notes = 0;

        for (Path file : Corpora.midiFiles()) {
            byte[] bytes = Files.readAllBytes(file);

            // When
            Score score = MidiReader.read(bytes, file.toString());

            // Then
            assertThat(score.noteCount()).as("notes of %s", file).isEqualTo(strikes(bytes).size());
            assertThat(MidiReader.read(MidiWriter.write(score), "written"))
                    .as("%s written and read", file)
                    .isEqualTo(score);
            files++;
            notes += score.noteCount();
        }
        System.out.printf("%d files, %d notes read%n", files, notes);
    }

    /** Strikes as the JDK's parser sees them, doubled ones at one tick counted once. */
    private static Set<Strike> strikes(byte[] bytes) throws Exception {
        Set<Strike> strikes = new HashSet<>();
        Sequence sequence = MidiSystem.getSequence(new ByteArrayInputStream(bytes));
        Track[] tracks = sequence.getTracks();
        for (int track = 0; track < tracks.length; track++) {
            for (int index = 0; index < tracks[track].size(); index++) {
                MidiEvent event = tracks[track].get(index);
                if (event.getMessage() instanceof ShortMessage message
                        && message.getCommand() == ShortMessage.NOTE_ON
                        && message.getData2() > 0) {
                    strikes.add(
                            new Strike(
                                    track,
                                    message.getChannel(),
                                    message.getData1(),
                                    event.getTick()));
                }
            }
        }
        return strikes;
    }
}
