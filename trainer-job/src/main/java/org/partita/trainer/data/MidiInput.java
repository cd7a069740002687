package org.partita.trainer.data;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import me.tongfei.progressbar.ProgressBar;
import org.partita.music.event.Grid;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of every command that reads directories of MIDI files: which files and parts to take. */
public final class MidiInput {

    private static final List<String> NO_STYLES = List.of("unknown");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--exclude-licence",
            paramLabel = "PREFIX",
            description = "Skip files whose licence starts so. May be repeated.")
    private List<String> excludedLicences = List.of();

    @Option(
            names = "--require",
            paramLabel = "PREFIX:COLUMN=TEXT",
            description =
                    "Of the files under PREFIX take only those with TEXT in this manifest column.")
    private List<String> requirements = List.of();

    @Option(
            names = "--programs",
            split = ",",
            paramLabel = "N",
            description =
                    "Keep only parts with these General MIDI programs, joined to one part of the"
                            + " first.")
    private List<Integer> programs = List.of();

    /** What the options say, every note staying where it is. */
    public Preparation.Filter filter() {
        return filter(Grid.STEPS_PER_QUARTER);
    }

    /**
     * What the options say.
     *
     * @throws ParameterException if they make no sense
     */
    Preparation.Filter filter(int grid) {
        try {
            return new Preparation.Filter(
                    excludedLicences,
                    requirements.stream().map(Preparation.Requirement::parse).toList(),
                    programs,
                    grid);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Refuses what is no directory.
     *
     * @param option by which they were named
     */
    public void requireDirectories(String option, List<Path> directories) {
        for (Path directory : directories) {
            if (!Files.isDirectory(directory)) {
                throw new ParameterException(
                        spec.commandLine(), option + " is not a directory: " + directory);
            }
        }
    }

    /**
     * Pieces of the directories, without composers; prints what is skipped.
     *
     * @param option by which they were named
     * @throws IOException if one of them holds nothing that can be used
     */
    public Preparation.Result read(String option, List<Path> directories) throws IOException {
        return read(option, directories, NO_STYLES);
    }

    /**
     * Pieces of the directories; prints what is skipped.
     *
     * @param option by which they were named
     * @param styles labels for their composers, the first one for all others
     * @throws IOException if one of them holds nothing that can be used
     */
    public Preparation.Result read(String option, List<Path> directories, List<String> styles)
            throws IOException {
        requireDirectories(option, directories);
        Preparation preparation = new Preparation(filter());
        Preparation.Result result;
        try (ProgressBar bar =
                new ProgressBar("read " + option, Preparation.countFiles(directories))) {
            result = preparation.prepare(directories, styles, _ -> bar.step());
        }
        if (!result.skipped().isEmpty()) {
            PrintWriter screen = spec.commandLine().getOut();
            screen.printf("%s: %d files read%n", option, result.files());
            Preparation.Skip.print(result.skipped(), screen);
        }
        if (!result.unusable().isEmpty()) {
            throw new IOException(
                    "%s holds no usable MIDI file: %s"
                            .formatted(option, result.unusable().getFirst()));
        }
        return result;
    }

    /**
     * Pieces of prepared files, which are taken whole, and of directories.
     *
     * @param option by which they were named
     * @throws IOException if one of the directories holds nothing that can be used, or a file is
     *     not prepared music
     */
    public List<PreparedPiece> piecesOf(String option, List<Path> paths) throws IOException {
        for (Path path : paths) {
            if (!Files.exists(path)) {
                throw new ParameterException(
                        spec.commandLine(), option + ": no such file or directory: " + path);
            }
        }
        List<PreparedPiece> pieces = new ArrayList<>();
        List<Path> directories = new ArrayList<>();
        for (Path path : paths) {
            if (Files.isRegularFile(path)) {
                pieces.addAll(PreparedMusic.load(path).pieces());
            } else {
                directories.add(path);
            }
        }
        if (!directories.isEmpty()) {
            pieces.addAll(read(option, directories).music().pieces());
        }
        return pieces;
    }
}
