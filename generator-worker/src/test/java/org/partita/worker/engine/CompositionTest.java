package org.partita.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiSystem;
import org.junit.jupiter.api.Test;
import org.partita.music.event.GridScore;
import org.partita.protocol.GenerationRequest;
import org.partita.protocol.Length;
import org.partita.protocol.Sampling;
import org.partita.protocol.Start;

class CompositionTest {

    @Test
    void aPieceOfBarsLastsThemEvenIfNothingWasComposed()
            throws IOException, InvalidMidiDataException {
        // Given
        GenerationRequest request = GenerationRequest.of(new Start.Random(), new Length.Bars(2));
        try (ModelBundle model = RandomModel.load()) {
            Commission commission = Commission.of(request, 1, Sampling.DEFAULT, model);
            // When
            Composition silent =
                    Composition.of(
                            commission, List.of(), new Provenance(request, "", "test", "CPU"));
            // Then
            assertThat(
                            MidiSystem.getSequence(new ByteArrayInputStream(silent.midi()))
                                    .getTickLength())
                    .isEqualTo(2 * 4 * GridScore.TICKS_PER_QUARTER);
        }
    }
}
