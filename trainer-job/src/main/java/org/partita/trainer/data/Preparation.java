package org.partita.trainer.data;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.partita.music.Part;
import org.partita.music.Score;
import org.partita.music.event.Conditions;
import org.partita.music.event.EventCodec;
import org.partita.music.event.EventContext;
import org.partita.music.event.EventSequence;
import org.partita.music.event.Features;
import org.partita.music.event.Grid;
import org.partita.music.event.GridNote;
import org.partita.music.event.GridScore;
import org.partita.music.event.Quantiser;
import org.partita.music.midi.MidiReader;

/**
 * Turns directories of MIDI files into {@link PreparedMusic}. A file that cannot be used is skipped
 * with a reason; no file stops the work.
 */
public final class Preparation {

    /** Pieces with fewer notes teach nothing. */
    static final int FEWEST_NOTES = 16;

    /**
     * Which files and parts to take.
     *
     * @param excludedLicences files whose licence starts with one of these are skipped
     * @param required rules on the manifest's rows
     * @param programs General MIDI programs of the parts to keep, which become one part of the
     *     first of them; empty keeps every part as it is
     * @param grid steps a quarter note that notes are moved to, a divisor of {@link
     *     Grid#STEPS_PER_QUARTER}
     */
    public record Filter(
            List<String> excludedLicences,
            List<Requirement> required,
            List<Integer> programs,
            int grid) {

        public Filter {
            excludedLicences = List.copyOf(excludedLicences);
            required = List.copyOf(required);
            programs = List.copyOf(programs);
            if (grid < 1 || Grid.STEPS_PER_QUARTER % grid != 0) {
                throw new IllegalArgumentException(
                        "the grid must divide " + Grid.STEPS_PER_QUARTER + ": " + grid);
            }
            for (int program : programs) {
                if (program < 0 || program > 127) {
                    throw new IllegalArgumentException("program out of range 0..127: " + program);
                }
            }
        }

        /** These rules, every note staying where it is. */
        public Filter(
                List<String> excludedLicences, List<Requirement> required, List<Integer> programs) {
            this(excludedLicences, required, programs, Grid.STEPS_PER_QUARTER);
        }

        List<String> describe() {
            List<String> words = new ArrayList<>();
            excludedLicences.forEach(l -> words.add("without licence " + l + "*"));
            required.forEach(r -> words.add(r.toString()));
            if (!programs.isEmpty()) {
                words.add("programs " + programs + " as one part");
            }
            if (grid != Grid.STEPS_PER_QUARTER) {
                words.add("on a grid of " + grid + " a quarter note");
            }
            return words;
        }
    }

    /**
     * Files whose manifest path starts with {@code prefix} must have {@code text} in a column.
     *
     * @param prefix of the manifest's path
     * @param column of the manifest
     * @param text that the column must contain
     */
    public record Requirement(String prefix, String column, String text) {

        /**
         * Reads {@code PREFIX:COLUMN=TEXT}.
         *
         * @throws IllegalArgumentException if it is written in another way
         */
        public static Requirement parse(String rule) {
            int colon = rule.indexOf(':');
            int equals = rule.indexOf('=', colon + 1);
            if (colon < 0 || equals < 0) {
                throw new IllegalArgumentException(
                        "a requirement reads PREFIX:COLUMN=TEXT: " + rule);
            }
            return new Requirement(
                    rule.substring(0, colon),
                    rule.substring(colon + 1, equals),
                    rule.substring(equals + 1));
        }

        boolean allows(Map<String, String> row) {
            return !row.getOrDefault("path", "").startsWith(prefix)
                    || row.getOrDefault(column, "").contains(text);
        }

        @Override
        public String toString() {
            return prefix + ":" + column + "=" + text;
        }
    }

    /**
     * A file that was not used, and why.
     *
     * @param path relative to the directory that was scanned
     * @param reason in words
     */
    public record Skip(String path, String reason) {

        private static final int REASONS_SHOWN = 20;

        /** Prints how many files were skipped for each reason, with an example. */
        public static void print(List<Skip> skipped, PrintWriter screen) {
            Map<String, List<String>> byReason = new TreeMap<>();
            for (Skip skip : skipped) {
                String reason = skip.reason().replace(skip.path(), "…");
                byReason.computeIfAbsent(reason, _ -> new ArrayList<>()).add(skip.path());
            }
            byReason.entrySet().stream()
                    .limit(REASONS_SHOWN)
                    .forEach(entry ->
                            screen.printf(
                                    "skipped %d: %s (such as %s)%n",
                                    entry.getValue().size(),
                                    entry.getKey(),
                                    entry.getValue().getFirst()));
            if (byReason.size() > REASONS_SHOWN) {
                screen.printf(
                        "… and %d more reasons; --json lists all%n",
                        byReason.size() - REASONS_SHOWN);
            }
            screen.flush();
        }
    }

    /**
     * What came of it.
     *
     * @param music the pieces that can be used
     * @param files how many files were looked at
     * @param skipped the other files, in the order of their paths
     * @param unusable the directories that gave no piece
     */
    public record Result(PreparedMusic music, int files, List<Skip> skipped, List<Path> unusable) {}

    /** Why a file cannot be used. */
    private static final class UnusableException extends Exception {
        UnusableException(String reason) {
            super(reason);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    private final Filter filter;

    public Preparation(Filter filter) {
        this.filter = filter;
    }

    /**
     * The MIDI files of a directory and all below it, by name; links are followed, but not back to
     * a directory that they lie in.
     */
    public static List<Path> midiFiles(Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(
                directory,
                Set.of(FileVisitOption.FOLLOW_LINKS),
                Integer.MAX_VALUE,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (attributes.isRegularFile() && isMidi(file)) {
                            files.add(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException reason)
                            throws IOException {
                        if (reason instanceof FileSystemLoopException) {
                            return FileVisitResult.CONTINUE;
                        }
                        throw reason;
                    }
                });
        Collections.sort(files);
        return files;
    }

    private static boolean isMidi(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".mid") || name.endsWith(".midi");
    }

    static int countFiles(List<Path> directories) throws IOException {
        int files = 0;
        for (Path directory : directories) {
            files += midiFiles(directory).size();
        }
        return files;
    }

    /**
     * Reads every MIDI file of the directories.
     *
     * @param styles labels to use, or null to take the most common composers
     * @param progress told of every file looked at
     */
    public Result prepare(
            List<Path> directories, @Nullable List<String> styles, Consumer<Path> progress)
            throws IOException {
        List<PreparedPiece> pieces = new ArrayList<>();
        List<Skip> skipped = new ArrayList<>();
        List<Path> unusable = new ArrayList<>();
        int files = 0;
        for (Path directory : directories) {
            int before = pieces.size();
            Manifest manifest = Manifest.find(directory);
            for (Path file : midiFiles(directory)) {
                files++;
                Map<String, String> row = manifest == null ? Manifest.NO_ROW : manifest.row(file);
                String path = directory.relativize(file).toString();
                try {
                    pieces.add(prepare(file, path, row));
                } catch (UnusableException e) {
                    skipped.add(new Skip(path, e.reason()));
                }
                progress.accept(file);
            }
            if (pieces.size() == before) {
                unusable.add(directory);
            }
        }
        List<String> labels =
                styles == null ? StyleLabels.mostCommon(pieces, Features.STYLES) : styles;
        List<PreparedPiece> labelled =
                pieces.stream().map(piece -> withStyle(piece, labels)).toList();
        PreparedMusic music =
                new PreparedMusic(
                        directories.stream().map(Preparation::name).toList(),
                        filter.describe(),
                        labels,
                        labelled);
        return new Result(music, files, List.copyOf(skipped), List.copyOf(unusable));
    }

    private PreparedPiece prepare(Path file, String path, Map<String, String> row)
            throws UnusableException {
        String licence = row.getOrDefault("licence", "");
        for (String excluded : filter.excludedLicences()) {
            if (licence.startsWith(excluded)) {
                throw new UnusableException("licence " + licence);
            }
        }
        for (Requirement requirement : filter.required()) {
            if (!requirement.allows(row)) {
                throw new UnusableException("not " + requirement);
            }
        }
        try {
            GridScore grid = onGrid(Quantiser.quantise(keptParts(MidiReader.read(file))));
            if (grid.notes().size() < FEWEST_NOTES) {
                throw new UnusableException(
                        grid.notes().isEmpty() && !filter.programs().isEmpty()
                                ? "no part with these programs"
                                : "fewer than " + FEWEST_NOTES + " notes");
            }
            EventSequence events = EventCodec.encode(grid);
            Conditions conditions = Conditions.of(grid);
            requireLegal(events, conditions);
            return new PreparedPiece(
                    new PreparedPiece.Source(
                            path,
                            row.getOrDefault("composer", ""),
                            row.getOrDefault("title", ""),
                            licence,
                            row.getOrDefault("source_repo", "")),
                    conditions,
                    events);
        } catch (IOException e) {
            throw new UnusableException(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // Whatever is wrong with a file, the others can still be used.
            throw new UnusableException("cannot be put on the grid: " + e);
        }
    }

    private Score keptParts(Score score) {
        if (filter.programs().isEmpty()) {
            return score;
        }
        Set<Integer> wanted = Set.copyOf(filter.programs());
        List<Part> kept = new ArrayList<>();
        for (Part part : score.parts()) {
            if (!part.percussion() && wanted.contains(part.program())) {
                kept.add(new Part(part.name(), filter.programs().getFirst(), false, part.notes()));
            }
        }
        return new Score(
                score.ticksPerQuarter(), kept, score.tempos(), score.meters(), score.texts());
    }

    private GridScore onGrid(GridScore fine) {
        int unit = Grid.STEPS_PER_QUARTER / filter.grid();
        List<GridNote> moved = new ArrayList<>();
        for (GridNote note : fine.notes()) {
            moved.add(
                    new GridNote(
                            note.part(),
                            note.pitch(),
                            note.velocity(),
                            nearest(note.startStep(), unit),
                            Math.max(unit, nearest(note.durationSteps(), unit))));
        }
        return new GridScore(fine.parts(), moved, fine.meters(), fine.tempos());
    }

    private static int nearest(int steps, int unit) {
        return (steps + unit / 2) / unit * unit;
    }

    private static void requireLegal(EventSequence events, Conditions conditions) {
        EventContext context = new EventContext(conditions);
        for (int i = 0; i < events.size(); i++) {
            context.accept(events.token(i), events.durationClass(i), events.velocityClass(i));
        }
    }

    private static PreparedPiece withStyle(PreparedPiece piece, List<String> labels) {
        int style = StyleLabels.indexOf(labels, piece.source().composer());
        return new PreparedPiece(
                piece.source(), piece.conditions().withStyle(style), piece.events());
    }

    /** The last two names of a path: enough to know a corpus by, and no one's home directory. */
    private static String name(Path directory) {
        Path absolute = directory.toAbsolutePath().normalize();
        int names = absolute.getNameCount();
        return names < 2
                ? absolute.toString()
                : absolute.subpath(names - 2, names).toString().replace('\\', '/');
    }
}
