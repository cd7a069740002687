package org.partita.music.midi;

import org.partita.music.MeterChange;
import org.partita.music.TempoChange;

/** The events of a track that make music; all others are passed over while parsing. */
sealed interface TrackEvent {

    /** When it happens, in ticks of the file. */
    long tick();

    /** An event for one channel; channels of different ports are different. */
    sealed interface OnChannel extends TrackEvent {

        /** {@code port * 16 + channel}, channels counted from 0. */
        int channel();
    }

    record NoteOn(long tick, int channel, int pitch, int velocity) implements OnChannel {}

    record NoteOff(long tick, int channel, int pitch) implements OnChannel {}

    record ProgramChange(long tick, int channel, int program) implements OnChannel {}

    record SustainPedal(long tick, int channel, boolean down) implements OnChannel {}

    /** All keys of the channel are let go. */
    record AllNotesOff(long tick, int channel) implements OnChannel {}

    /** All sound of the channel ends, pedal or not. */
    record AllSoundOff(long tick, int channel) implements OnChannel {}

    record Tempo(TempoChange change) implements TrackEvent {
        @Override
        public long tick() {
            return change.at().value();
        }
    }

    record Meter(MeterChange change) implements TrackEvent {
        @Override
        public long tick() {
            return change.at().value();
        }
    }

    record Text(long tick, String text) implements TrackEvent {}

    /** Always a track's last event, whether the file had one or not. */
    record EndOfTrack(long tick) implements TrackEvent {}
}
