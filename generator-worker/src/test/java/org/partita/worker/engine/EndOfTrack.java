package org.partita.worker.engine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiSystem;

/** When the longest track of a MIDI file ends, as the JDK's own reader sees it. */
final class EndOfTrack {

    private EndOfTrack() {}

    static long of(byte[] midi) throws IOException {
        try {
            return MidiSystem.getSequence(new ByteArrayInputStream(midi)).getTickLength();
        } catch (InvalidMidiDataException e) {
            throw new IOException(e);
        }
    }
}
