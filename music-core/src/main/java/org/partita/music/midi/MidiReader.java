package org.partita.music.midi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.partita.music.Score;

/**
 * Reads standard MIDI files of format 0 and 1, also inside RIFF (RMID), into a {@link Score}.
 *
 * <p>What the score keeps: what sounds (a note under the sustain pedal lasts until the pedal rises
 * or the key is struck again, a note never ended lasts to the end of its track), parts by track,
 * channel and program in the order of the file, tempo and meter changes, text events. Notes of one
 * part and pitch never overlap if they come from one track; a zero-length note lasts one tick.
 * Files counting in SMPTE frames become a score whose quarter note is half a second. A track
 * without an end-of-track event ends with its chunk; unknown chunks are skipped.
 *
 * <p>Everything else fails with one {@link MidiFormatException}: no MIDI header, format 2, chunks
 * cut short, fewer tracks than announced, broken events, a piece longer than 400,000 quarter notes,
 * a file of more than 64 MiB. Time and memory follow the size of the file, whatever lengths it
 * claims.
 *
 * <p>The parser is our own because {@code javax.sound.midi} neither says where and why a file is
 * broken nor which of its faults it silently repaired.
 */
public final class MidiReader {

    private static final int MAX_FILE_BYTES = 64 << 20;
    private static final int HEADER_BYTES = 6;

    private MidiReader() {}

    /**
     * The score of a MIDI file.
     *
     * @throws MidiFormatException if the file's content cannot be read as MIDI
     * @throws IOException if the file cannot be opened or read
     */
    public static Score read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in.readNBytes(MAX_FILE_BYTES + 1), file.toString());
        }
    }

    /**
     * The score of a MIDI file's bytes.
     *
     * @param bytes a whole file; not changed
     * @param name what to call the file in errors
     */
    public static Score read(byte[] bytes, String name) throws MidiFormatException {
        ByteCursor file = ByteCursor.over(name, bytes);
        if (bytes.length > MAX_FILE_BYTES) {
            throw file.failure("the file is larger than 64 MiB", MAX_FILE_BYTES);
        }
        return standardMidi(file.startsWith("RIFF") ? insideRiff(file) : file);
    }

    private static ByteCursor insideRiff(ByteCursor file) throws MidiFormatException {
        file.skip(8);
        if (!file.startsWith("RMID")) {
            throw file.failure("a RIFF file that holds no MIDI", file.position());
        }
        file.skip(4);
        while (file.remaining() >= 8) {
            boolean isData = file.startsWith("data");
            file.skip(4);
            long length = file.unsignedIntLittleEndian();
            if (isData) {
                return file.window("the RIFF data chunk", length);
            }
            // RIFF pads chunks to even lengths.
            file.skip(length + (length & 1));
        }
        throw file.failure("a RIFF file without a data chunk", file.position());
    }

    private static Score standardMidi(ByteCursor file) throws MidiFormatException {
        if (!file.startsWith("MThd")) {
            throw file.failure("not a MIDI file: it does not begin with MThd", file.position());
        }
        file.skip(4);
        long headerLength = file.unsignedInt();
        if (headerLength < HEADER_BYTES) {
            throw file.failure(
                    "the header is %d bytes long, it must be 6".formatted(headerLength),
                    file.position() - 4);
        }
        ByteCursor header = file.window("the header", headerLength);
        int format = header.unsignedShort();
        if (format > 1) {
            throw header.failure(
                    format == 2
                            ? "MIDI format 2 (independent patterns) is not a piece of music"
                            : "unknown MIDI format " + format,
                    header.position() - 2);
        }
        int announcedTracks = header.unsignedShort();
        Division division = Division.of(header.unsignedShort(), header);
        return ScoreAssembler.assemble(division, tracks(file, announcedTracks, division));
    }

    private static List<Track> tracks(ByteCursor file, int announced, Division division)
            throws MidiFormatException {
        List<Track> tracks = new ArrayList<>();
        // What follows the last announced track is read if it is a track and ignored if not.
        while (file.startsWith("MTrk") || (tracks.size() < announced && file.remaining() > 0)) {
            boolean isTrack = file.startsWith("MTrk");
            if (file.remaining() < 8) {
                throw file.failure("the file ends in a chunk header", file.position());
            }
            file.skip(4);
            long length = file.unsignedInt();
            String name = isTrack ? "track " + (tracks.size() + 1) : "an unknown chunk";
            ByteCursor chunk = file.window(name, length);
            if (isTrack) {
                tracks.add(TrackParser.parse(chunk, division));
            }
        }
        if (tracks.size() < announced) {
            throw file.failure(
                    "%d tracks announced, %d found".formatted(announced, tracks.size()),
                    file.position());
        }
        return tracks;
    }
}
