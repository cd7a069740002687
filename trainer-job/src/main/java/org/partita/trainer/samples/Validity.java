package org.partita.trainer.samples;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whether a composed file is what a player and its composer's client may expect. The file is read
 * with the JDK's MIDI parser and judged by its raw events, since our own reader mends what it can.
 */
final class Validity {

    /** How the text event begins that says how a file was made. */
    static final String PROVENANCE = "{\"partita\":";

    private static final int TEXT = 0x01;
    private static final int PORT = 0x21;
    private static final int TEMPO = 0x51;
    private static final int METER = 0x58;
    private static final int END_OF_TRACK = 0x2F;
    private static final int DEFAULT_TEMPO = 500_000;
    private static final JsonMapper JSON = JsonMapper.shared();

    private int notes;
    private int tempo = DEFAULT_TEMPO;
    private double quartersPerBar = 4;
    private @Nullable JsonNode request;
    private final List<String> faults = new ArrayList<>();

    private Validity() {}

    /**
     * What is wrong with a file: it cannot be read; a note never ends, ends without having begun,
     * lasts no time or is struck while the same key sounds; a tempo or meter has another number of
     * bytes than the standard says; its length is not the one that its provenance says was asked
     * for, or, if the start is part of the piece, falls short of it.
     */
    static List<String> faults(Path file) throws IOException {
        try {
            Sequence sequence = MidiSystem.getSequence(file.toFile());
            Validity validity = new Validity();
            validity.check(sequence);
            return List.copyOf(validity.faults);
        } catch (InvalidMidiDataException | EOFException e) {
            return List.of("cannot be read: " + e.getMessage());
        }
    }

    private void check(Sequence sequence) {
        Map<Integer, Long> sounding = new HashMap<>();
        for (PortEvent each : inOrder(sequence)) {
            MidiEvent event = each.event();
            switch (event.getMessage()) {
                case ShortMessage message -> check(message, each.port(), event.getTick(), sounding);
                case MetaMessage message -> note(message);
                default -> {}
            }
        }
        sounding.forEach((key, start) ->
                faults.add("key %d struck at tick %d never ends".formatted(key & 0x7F, start)));
        if (request != null) {
            checkLength(request, sequence);
        }
    }

    /** An event and the port that its track is sent to. */
    private record PortEvent(MidiEvent event, int port) {}

    /**
     * The events of all tracks by time, those of one tick in the order of the tracks: a key of a
     * channel is one key, whichever track strikes it.
     */
    private static List<PortEvent> inOrder(Sequence sequence) {
        List<PortEvent> events = new ArrayList<>();
        for (Track track : sequence.getTracks()) {
            int port = 0;
            for (int i = 0; i < track.size(); i++) {
                MidiEvent event = track.get(i);
                if (event.getMessage() instanceof MetaMessage message
                        && message.getType() == PORT
                        && message.getData().length == 1) {
                    port = message.getData()[0];
                }
                events.add(new PortEvent(event, port));
            }
        }
        events.sort(Comparator.comparingLong(each -> each.event().getTick()));
        return events;
    }

    private void check(ShortMessage message, int port, long tick, Map<Integer, Long> sounding) {
        int command = message.getCommand();
        if (command != ShortMessage.NOTE_ON && command != ShortMessage.NOTE_OFF) {
            return;
        }
        int key = port << 11 | message.getChannel() << 7 | message.getData1();
        if (command == ShortMessage.NOTE_ON && message.getData2() > 0) {
            notes++;
            if (sounding.put(key, tick) != null) {
                faults.add(
                        "key %d is struck at tick %d while it sounds"
                                .formatted(message.getData1(), tick));
            }
            return;
        }
        Long start = sounding.remove(key);
        if (start == null) {
            faults.add(
                    "key %d ends at tick %d and was not struck"
                            .formatted(message.getData1(), tick));
        } else if (start == tick) {
            faults.add("key %d lasts no time at tick %d".formatted(message.getData1(), tick));
        }
    }

    private void note(MetaMessage message) {
        byte[] data = message.getData();
        switch (message.getType()) {
            case TEMPO -> {
                if (hasLength(data, 3, "tempo")) {
                    tempo = ((data[0] & 0xFF) << 16) | ((data[1] & 0xFF) << 8) | (data[2] & 0xFF);
                }
            }
            case METER -> {
                if (hasLength(data, 4, "meter")) {
                    quartersPerBar = 4.0 * (data[0] & 0xFF) / (1 << data[1]);
                }
            }
            case TEXT -> readProvenance(new String(data, StandardCharsets.UTF_8));
            default -> {}
        }
    }

    private boolean hasLength(byte[] data, int wanted, String event) {
        if (data.length != wanted) {
            faults.add("a %s event has %d bytes, not %d".formatted(event, data.length, wanted));
        }
        return data.length == wanted;
    }

    private void readProvenance(String text) {
        if (!text.startsWith(PROVENANCE)) {
            return;
        }
        try {
            request = JSON.readTree(text).path("request");
        } catch (JacksonException e) {
            faults.add("its provenance is damaged: " + e.getOriginalMessage());
        }
    }

    private void checkLength(JsonNode request, Sequence sequence) {
        JsonNode asked = request.path("length");
        boolean longer = request.path("includePrompt").asBoolean(false);
        if (asked.has("notes")) {
            int wanted = asked.path("notes").asInt();
            if (longer ? notes < wanted : notes != wanted) {
                faults.add("%d notes, asked for %d".formatted(notes, wanted));
            }
            return;
        }
        double quarters =
                asked.has("bars")
                        ? asked.path("bars").asInt() * quartersPerBar
                        : asked.path("seconds").asInt() * 1e6 / tempo;
        long wanted = Math.round(quarters * sequence.getResolution());
        long end = end(sequence);
        if (longer ? end < wanted : end != wanted) {
            faults.add("ends at tick %d, asked for %d".formatted(end, wanted));
        }
    }

    private static long end(Sequence sequence) {
        long end = 0;
        for (Track track : sequence.getTracks()) {
            for (int i = 0; i < track.size(); i++) {
                MidiEvent event = track.get(i);
                if (event.getMessage() instanceof MetaMessage message
                        && message.getType() == END_OF_TRACK) {
                    end = Math.max(end, event.getTick());
                }
            }
        }
        return end;
    }
}
