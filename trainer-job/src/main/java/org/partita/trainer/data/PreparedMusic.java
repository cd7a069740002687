package org.partita.trainer.data;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.partita.music.event.Conditions;
import org.partita.music.event.EventSequence;
import org.partita.music.event.GridMeter;
import org.partita.music.event.GridPart;
import org.partita.music.event.GridTempo;
import org.partita.music.event.Vocabulary;

/**
 * Pieces prepared for training, with the directories they came from: one compressed file.
 *
 * @param directories the scanned directories, as given
 * @param filters the filters that were applied, in words
 * @param styles style labels by index; index 0 is the unknown style
 * @param pieces in the order of their paths
 */
public record PreparedMusic(
        List<String> directories,
        List<String> filters,
        List<String> styles,
        List<PreparedPiece> pieces) {

    private static final int MAGIC = 0x504d5331; // "PMS1"

    public PreparedMusic {
        directories = List.copyOf(directories);
        filters = List.copyOf(filters);
        styles = List.copyOf(styles);
        pieces = List.copyOf(pieces);
    }

    public long events() {
        return pieces.stream().mapToLong(piece -> piece.events().size()).sum();
    }

    public long notes() {
        return pieces.stream().mapToLong(piece -> piece.events().noteCount()).sum();
    }

    /** Writes the file whole or not at all. */
    public void save(Path file) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try (DataOutputStream out =
                new DataOutputStream(
                        new BufferedOutputStream(
                                new GZIPOutputStream(Files.newOutputStream(part)), 1 << 16))) {
            out.writeInt(MAGIC);
            out.writeInt(Vocabulary.SIZE);
            writeStrings(out, directories);
            writeStrings(out, filters);
            writeStrings(out, styles);
            out.writeInt(pieces.size());
            for (PreparedPiece piece : pieces) {
                write(out, piece);
            }
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Reads what {@link #save} wrote. */
    public static PreparedMusic load(Path file) throws IOException {
        try (DataInputStream in =
                new DataInputStream(
                        new BufferedInputStream(
                                new GZIPInputStream(Files.newInputStream(file)), 1 << 16))) {
            if (in.readInt() != MAGIC || in.readInt() != Vocabulary.SIZE) {
                throw new IOException(
                        file + " was not made by this version of `prepare`; make it again");
            }
            List<String> directories = readStrings(in);
            List<String> filters = readStrings(in);
            List<String> styles = readStrings(in);
            int count = in.readInt();
            List<PreparedPiece> pieces = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                pieces.add(readPiece(in));
            }
            return new PreparedMusic(directories, filters, styles, pieces);
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            throw new IOException(file + " is not prepared music or is damaged", e);
        }
    }

    private static void write(DataOutputStream out, PreparedPiece piece) throws IOException {
        PreparedPiece.Source source = piece.source();
        writeStrings(
                out,
                List.of(
                        source.path(),
                        source.composer(),
                        source.title(),
                        source.licence(),
                        source.repository()));
        Conditions conditions = piece.conditions();
        out.writeInt(conditions.style());
        out.writeInt(conditions.parts().size());
        for (GridPart part : conditions.parts()) {
            writeString(out, part.name());
            out.writeByte(part.program());
            out.writeBoolean(part.percussion());
        }
        out.writeInt(conditions.meters().size());
        for (GridMeter meter : conditions.meters()) {
            out.writeInt(meter.startStep());
            out.writeInt(meter.numerator());
            out.writeInt(meter.denominator());
        }
        out.writeInt(conditions.tempos().size());
        for (GridTempo tempo : conditions.tempos()) {
            out.writeInt(tempo.startStep());
            out.writeInt(tempo.microsecondsPerQuarter());
        }
        EventSequence events = piece.events();
        out.writeInt(events.size());
        for (int i = 0; i < events.size(); i++) {
            out.writeByte(events.token(i));
            out.writeByte(events.durationClass(i));
            out.writeByte(events.velocityClass(i));
        }
    }

    private static PreparedPiece readPiece(DataInputStream in) throws IOException {
        List<String> source = readStrings(in);
        int style = in.readInt();
        List<GridPart> parts = new ArrayList<>();
        for (int n = in.readInt(); n > 0; n--) {
            parts.add(new GridPart(readString(in), in.readByte(), in.readBoolean()));
        }
        List<GridMeter> meters = new ArrayList<>();
        for (int n = in.readInt(); n > 0; n--) {
            meters.add(new GridMeter(in.readInt(), in.readInt(), in.readInt()));
        }
        List<GridTempo> tempos = new ArrayList<>();
        for (int n = in.readInt(); n > 0; n--) {
            tempos.add(new GridTempo(in.readInt(), in.readInt()));
        }
        EventSequence.Builder events = new EventSequence.Builder();
        for (int n = in.readInt(); n > 0; n--) {
            events.add(in.readUnsignedByte(), in.readByte(), in.readByte());
        }
        return new PreparedPiece(
                new PreparedPiece.Source(
                        source.get(0), source.get(1), source.get(2), source.get(3), source.get(4)),
                new Conditions(parts, meters, tempos, style),
                events.build());
    }

    private static void writeStrings(DataOutputStream out, List<String> strings)
            throws IOException {
        out.writeInt(strings.size());
        for (String string : strings) {
            writeString(out, string);
        }
    }

    private static List<String> readStrings(DataInputStream in) throws IOException {
        List<String> strings = new ArrayList<>();
        for (int n = in.readInt(); n > 0; n--) {
            strings.add(readString(in));
        }
        return strings;
    }

    private static void writeString(DataOutputStream out, String string) throws IOException {
        byte[] bytes = string.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readString(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }
}
