package org.partita.music.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.partita.music.midi.MidiReader;
import org.partita.music.midi.MidiWriter;

/** The laws of grid, events and bytes on every MIDI file below {@code -Dpartita.corpora=DIR}. */
class CorpusRoundTripTest {

    @Test
    void everyFileSurvivesGridEventsAndBytes() throws IOException {
        String corpora = System.getProperty("partita.corpora", "");
        assumeTrue(!corpora.isEmpty(), "no corpora: give a directory by -Dpartita.corpora=DIR");
        List<Path> files;
        try (Stream<Path> paths = Files.walk(Path.of(corpora))) {
            files = paths.filter(path -> path.toString().endsWith(".mid")).toList();
        }
        assertThat(files).isNotEmpty();
        long notes = 0;
        for (Path file : files) {
            GridScore score = Quantiser.quantise(MidiReader.read(file));
            notes += score.notes().size();

            GridScore decoded = EventCodec.decode(EventCodec.encode(score), Conditions.of(score));
            GridScore reread =
                    Quantiser.quantise(
                            MidiReader.read(MidiWriter.write(score.toScore()), file.toString()));

            assertThat(decoded).as("events of %s", file).isEqualTo(score);
            assertThat(reread.notes()).as("bytes of %s", file).isEqualTo(score.notes());
        }
        System.out.printf("Corpus round trip: %,d files, %,d notes%n", files.size(), notes);
    }
}
