package org.partita.music.midi;

import java.util.ArrayList;
import java.util.List;
import org.partita.music.MeterChange;
import org.partita.music.TempoChange;
import org.partita.music.Ticks;

/**
 * Reads the events of one track chunk: running status (also across meta and system exclusive
 * events, as many programs write it), meta events, controllers. A tempo of zero or a meter that no
 * score can have is passed over; everything else that breaks the format fails.
 */
final class TrackParser {

    private static final int META_TEXT = 0x01;
    private static final int META_TRACK_NAME = 0x03;
    private static final int META_INSTRUMENT_NAME = 0x04;
    private static final int META_PORT = 0x21;
    private static final int META_END_OF_TRACK = 0x2F;
    private static final int META_TEMPO = 0x51;
    private static final int META_METER = 0x58;

    private static final int CONTROLLER_SUSTAIN = 64;
    private static final int CONTROLLER_ALL_SOUND_OFF = 120;
    private static final int CONTROLLER_RESET_ALL = 121;
    private static final int CONTROLLER_ALL_NOTES_OFF = 123;

    private final ByteCursor bytes;
    private final Division division;
    private final List<TrackEvent> events = new ArrayList<>();
    private String trackName = "";
    private String instrumentName = "";
    private long tick;
    private int port;
    private int status;
    private boolean ended;

    private TrackParser(ByteCursor bytes, Division division) {
        this.bytes = bytes;
        this.division = division;
    }

    /**
     * @param bytes the chunk's content, without its header
     */
    static Track parse(ByteCursor bytes, Division division) throws MidiFormatException {
        var parser = new TrackParser(bytes, division);
        while (!parser.ended && bytes.remaining() > 0) {
            parser.event();
        }
        parser.events.add(new TrackEvent.EndOfTrack(parser.tick));
        String name = parser.trackName.isEmpty() ? parser.instrumentName : parser.trackName;
        return new Track(name, parser.events);
    }

    private void event() throws MidiFormatException {
        int start = bytes.position();
        tick += (long) bytes.variableLength() * division.ticksPerFileTick();
        if (tick > division.maxTick()) {
            throw tooLong(start);
        }
        switch (bytes.peek()) {
            case 0xFF -> {
                bytes.skip(1);
                metaEvent();
            }
            case 0xF0, 0xF7 -> {
                bytes.skip(1);
                bytes.skip(bytes.variableLength());
            }
            default -> channelEvent();
        }
    }

    private void metaEvent() throws MidiFormatException {
        int type = bytes.unsignedByte();
        int length = bytes.variableLength();
        if (type == META_TEXT) {
            events.add(new TrackEvent.Text(tick, bytes.text(length)));
            return;
        }
        if (type == META_TRACK_NAME || type == META_INSTRUMENT_NAME) {
            name(type, bytes.text(length));
            return;
        }
        ByteCursor data = bytes.window("a meta event", length);
        if (type == META_END_OF_TRACK) {
            ended = true;
        } else if (type == META_PORT && length >= 1) {
            port = data.unsignedByte();
        } else if (type == META_TEMPO && length >= 3) {
            tempo((data.unsignedByte() << 16) | data.unsignedShort());
        } else if (type == META_METER && length >= 2) {
            meter(data.unsignedByte(), data.unsignedByte());
        }
    }

    private void name(int type, String name) {
        if (type == META_TRACK_NAME && trackName.isEmpty()) {
            trackName = name;
        } else if (type == META_INSTRUMENT_NAME && instrumentName.isEmpty()) {
            instrumentName = name;
        }
    }

    private void tempo(int microsecondsPerQuarter) {
        if (microsecondsPerQuarter > 0 && !division.isSmpte()) {
            events.add(
                    new TrackEvent.Tempo(new TempoChange(new Ticks(tick), microsecondsPerQuarter)));
        }
    }

    private void meter(int numerator, int denominatorPower) {
        if (numerator > 0 && denominatorPower <= 6) {
            events.add(
                    new TrackEvent.Meter(
                            new MeterChange(new Ticks(tick), numerator, 1 << denominatorPower)));
        }
    }

    private void channelEvent() throws MidiFormatException {
        int start = bytes.position();
        int first = bytes.peek();
        if (first >= 0xF0) {
            throw bytes.failure("0x%02X is no event of a MIDI file".formatted(first), start);
        }
        if (first >= 0x80) {
            status = first;
            bytes.skip(1);
        } else if (status == 0) {
            throw bytes.failure("an event without a status byte", start);
        }
        int channel = port * 16 + (status & 0x0F);
        switch (status & 0xF0) {
            case 0x80 -> {
                int pitch = dataByte();
                dataByte();
                events.add(new TrackEvent.NoteOff(tick, channel, pitch));
            }
            case 0x90 -> {
                int pitch = dataByte();
                int velocity = dataByte();
                if (velocity == 0) {
                    events.add(new TrackEvent.NoteOff(tick, channel, pitch));
                } else if (tick < division.maxTick()) {
                    events.add(new TrackEvent.NoteOn(tick, channel, pitch, velocity));
                } else {
                    throw tooLong(start);
                }
            }
            case 0xB0 -> controller(channel, dataByte(), dataByte());
            case 0xC0 -> events.add(new TrackEvent.ProgramChange(tick, channel, dataByte()));
            case 0xD0 -> dataByte();
            default -> {
                dataByte();
                dataByte();
            }
        }
    }

    private void controller(int channel, int controller, int value) {
        switch (controller) {
            case CONTROLLER_SUSTAIN ->
                    events.add(new TrackEvent.SustainPedal(tick, channel, value >= 64));
            case CONTROLLER_RESET_ALL ->
                    events.add(new TrackEvent.SustainPedal(tick, channel, false));
            case CONTROLLER_ALL_NOTES_OFF -> events.add(new TrackEvent.AllNotesOff(tick, channel));
            case CONTROLLER_ALL_SOUND_OFF -> events.add(new TrackEvent.AllSoundOff(tick, channel));
            default -> {
                // Volume, pan and their like shape the sound, not the score.
            }
        }
    }

    private MidiFormatException tooLong(int byteOffset) {
        return bytes.failure(
                "the piece is longer than %d quarter notes".formatted(Division.MAX_QUARTERS),
                byteOffset);
    }

    private int dataByte() throws MidiFormatException {
        int value = bytes.unsignedByte();
        if (value >= 0x80) {
            throw bytes.failure(
                    "data byte out of range 0..127: 0x%02X".formatted(value), bytes.position() - 1);
        }
        return value;
    }
}
