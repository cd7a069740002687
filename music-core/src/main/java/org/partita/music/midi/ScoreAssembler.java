package org.partita.music.midi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import org.partita.music.MeterChange;
import org.partita.music.Note;
import org.partita.music.Part;
import org.partita.music.Score;
import org.partita.music.TempoChange;
import org.partita.music.Ticks;

/**
 * Plays all tracks of a file together and writes down what sounds.
 *
 * <p>A part is what one track plays on one channel with one program, so a pianist's hands on two
 * tracks are two parts, and a player who changes instrument is two parts. Program and pedal belong
 * to the channel, whichever track sets them; but a track that sets its own follows only its own,
 * because many files put every instrument on the same channel of a different track.
 */
final class ScoreAssembler {

    /** General MIDI's drum channel, counted from 0. */
    static final int PERCUSSION_CHANNEL = 9;

    private static final int EVERY_TRACK = -1;

    /** A channel as one track sees it, or as {@link #EVERY_TRACK} does. */
    private record Seat(int track, int channel) {}

    private record PartKey(int track, int channel, int program) {}

    /** What holds at a seat at the moment. */
    private static final class Setting {
        final Pedal pedal = new Pedal();
        int program;
    }

    /** A track, how far it has been played, and the keyboards it plays on, by channel. */
    private static final class Player {
        final int track;
        final List<TrackEvent> events;
        final Map<Integer, Keyboard> keyboards = new HashMap<>();
        int next;

        Player(int track, List<TrackEvent> events) {
            this.track = track;
            this.events = events;
        }

        boolean isDone() {
            return next == events.size();
        }

        long tick() {
            return events.get(next).tick();
        }

        Keyboard keyboard(int channel) {
            return keyboards.computeIfAbsent(channel, key -> new Keyboard());
        }
    }

    private final Division division;
    private final List<Track> tracks;
    private final Set<Seat> ownProgram = new HashSet<>();
    private final Set<Seat> ownPedal = new HashSet<>();
    private final Map<Seat, Setting> settings = new HashMap<>();
    private final Map<PartKey, List<Note>> notes = new LinkedHashMap<>();
    private final TreeMap<Long, TempoChange> tempos = new TreeMap<>();
    private final TreeMap<Long, MeterChange> meters = new TreeMap<>();
    private final List<String> texts = new ArrayList<>();

    private ScoreAssembler(Division division, List<Track> tracks) {
        this.division = division;
        this.tracks = tracks;
    }

    static Score assemble(Division division, List<Track> tracks) {
        var assembler = new ScoreAssembler(division, tracks);
        assembler.playAll();
        return assembler.score();
    }

    private void playAll() {
        var players =
                new PriorityQueue<Player>(
                        Comparator.comparingLong(Player::tick)
                                .thenComparingInt(player -> player.track));
        for (int track = 0; track < tracks.size(); track++) {
            List<TrackEvent> events = tracks.get(track).events();
            findOwnSettings(track, events);
            players.add(new Player(track, events));
        }
        List<Player> everyone = List.copyOf(players);
        long lastTick = 0;
        while (!players.isEmpty()) {
            Player player = players.remove();
            long tick = player.tick();
            lastTick = tick;
            do {
                play(player, player.events.get(player.next++));
            } while (!player.isDone() && player.tick() == tick);
            if (!player.isDone()) {
                players.add(player);
            }
        }
        for (Player player : everyone) {
            for (Keyboard keyboard : player.keyboards.values()) {
                keyboard.finish(lastTick);
            }
        }
        if (division.isSmpte()) {
            tempos.put(0L, new TempoChange(Ticks.ZERO, division.fixedTempo()));
        }
    }

    private void findOwnSettings(int track, List<TrackEvent> events) {
        for (TrackEvent event : events) {
            if (event instanceof TrackEvent.ProgramChange change) {
                ownProgram.add(new Seat(track, change.channel()));
            } else if (event instanceof TrackEvent.SustainPedal pedal) {
                ownPedal.add(new Seat(track, pedal.channel()));
            }
        }
    }

    private void play(Player player, TrackEvent event) {
        switch (event) {
            case TrackEvent.NoteOn on ->
                    player.keyboard(on.channel())
                            .strike(
                                    on.pitch(),
                                    on.velocity(),
                                    on.tick(),
                                    notesOf(player.track, on.channel()));
            case TrackEvent.NoteOff off ->
                    player.keyboard(off.channel())
                            .release(off.pitch(), off.tick(), pedalOf(player.track, off.channel()));
            case TrackEvent.AllNotesOff off ->
                    player.keyboard(off.channel())
                            .releaseAll(off.tick(), pedalOf(player.track, off.channel()));
            case TrackEvent.AllSoundOff off -> player.keyboard(off.channel()).silence(off.tick());
            case TrackEvent.EndOfTrack end -> endOfTrack(player, end.tick());
            case TrackEvent.ProgramChange change -> {
                setting(player.track, change.channel()).program = change.program();
                setting(EVERY_TRACK, change.channel()).program = change.program();
            }
            case TrackEvent.SustainPedal pedal -> {
                move(setting(player.track, pedal.channel()).pedal, pedal);
                move(setting(EVERY_TRACK, pedal.channel()).pedal, pedal);
            }
            // Of several at one tick the last one in file order holds.
            case TrackEvent.Tempo tempo -> tempos.put(tempo.tick(), tempo.change());
            case TrackEvent.Meter meter -> meters.put(meter.tick(), meter.change());
            case TrackEvent.Text text -> texts.add(text.text());
        }
    }

    /** Keys still held go up; what another track's pedal sustains rings on. */
    private void endOfTrack(Player player, long tick) {
        player.keyboards.forEach((channel, keyboard) -> {
            if (ownPedal.contains(new Seat(player.track, channel))) {
                keyboard.silence(tick);
            } else {
                keyboard.releaseAll(tick, pedalOf(player.track, channel));
            }
        });
    }

    private static void move(Pedal pedal, TrackEvent.SustainPedal event) {
        if (event.down()) {
            pedal.press();
        } else {
            pedal.lift(event.tick());
        }
    }

    private Pedal pedalOf(int track, int channel) {
        return setting(ownPedal.contains(new Seat(track, channel)) ? track : EVERY_TRACK, channel)
                .pedal;
    }

    private List<Note> notesOf(int track, int channel) {
        boolean own = ownProgram.contains(new Seat(track, channel));
        int program = setting(own ? track : EVERY_TRACK, channel).program;
        return notes.computeIfAbsent(
                new PartKey(track, channel, program), key -> new ArrayList<>());
    }

    private Setting setting(int track, int channel) {
        return settings.computeIfAbsent(new Seat(track, channel), seat -> new Setting());
    }

    private Score score() {
        // A stable sort: in a track, parts stay in the order in which they first play.
        List<Part> parts =
                notes.entrySet().stream()
                        // Empty where another program's strike replaced the only note.
                        .filter(entry -> !entry.getValue().isEmpty())
                        .sorted(Comparator.comparingInt(entry -> entry.getKey().track()))
                        .map(entry -> part(entry.getKey(), entry.getValue()))
                        .toList();
        return new Score(
                division.ticksPerQuarter(),
                parts,
                List.copyOf(tempos.values()),
                List.copyOf(meters.values()),
                texts);
    }

    private Part part(PartKey key, List<Note> notesOfPart) {
        return new Part(
                tracks.get(key.track()).name(),
                key.program(),
                key.channel() % 16 == PERCUSSION_CHANNEL,
                notesOfPart);
    }
}
