package org.partita.trainer.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import org.partita.music.event.Grid;
import org.partita.trainer.report.JsonReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code trainer prepare}: directories of MIDI files to one file of prepared music. */
@Command(
        name = "prepare",
        mixinStandardHelpOptions = true,
        description = {
            "Read every MIDI file of the directories, put it on the grid and write all pieces to"
                    + " one file.",
            "A file that cannot be used is reported and skipped. Where a directory or the one above"
                    + " it has a MANIFEST.csv, licences and composers come from there."
        })
public final class PrepareCommand implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "DIR", description = "Directories of .mid files.")
    private List<Path> directories = List.of();

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "File to write.")
    private Path out = Path.of("");

    @Mixin private MidiInput input = new MidiInput();

    @Option(
            names = "--grid",
            paramLabel = "N",
            description =
                    "Move notes to N steps a quarter note, a divisor of 24 (default"
                            + " ${DEFAULT-VALUE}).")
    private int grid = Grid.STEPS_PER_QUARTER;

    @Option(
            names = "--styles-of",
            paramLabel = "FILE",
            description = "Use the style labels of this prepared file (for validation data).")
    private @Nullable Path stylesOf;

    @Mixin private JsonReport json = new JsonReport();

    private record Report(
            List<String> directories,
            List<String> filters,
            int files,
            int pieces,
            long notes,
            long events,
            Map<String, Long> notesByLicence,
            List<String> styles,
            List<Preparation.Skip> skipped) {}

    @Override
    public Integer call() throws IOException {
        input.requireDirectories("DIR", directories);
        Preparation.Filter filter = input.filter(grid);
        List<String> styles = stylesOf == null ? null : PreparedMusic.load(stylesOf).styles();
        Preparation.Result result;
        try (ProgressBar bar = new ProgressBar("prepare", Preparation.countFiles(directories))) {
            result = new Preparation(filter).prepare(directories, styles, file -> bar.step());
        }
        if (result.music().pieces().isEmpty()) {
            spec.commandLine().getErr().println("No usable MIDI file in " + directories);
            Preparation.Skip.print(result.skipped(), spec.commandLine().getOut());
            return 1;
        }
        if (out.toAbsolutePath().getParent() != null) {
            Files.createDirectories(out.toAbsolutePath().getParent());
        }
        result.music().save(out);
        Report report = report(result);
        print(report);
        json.write(report);
        return 0;
    }

    private static Report report(Preparation.Result result) {
        Map<String, Long> byLicence = new TreeMap<>();
        for (PreparedPiece piece : result.music().pieces()) {
            String licence = piece.source().licence();
            byLicence.merge(
                    licence.isEmpty() ? "not stated" : licence,
                    (long) piece.events().noteCount(),
                    Long::sum);
        }
        PreparedMusic music = result.music();
        return new Report(
                music.directories(),
                music.filters(),
                result.files(),
                music.pieces().size(),
                music.notes(),
                music.events(),
                byLicence,
                music.styles(),
                result.skipped());
    }

    private void print(Report report) {
        var screen = spec.commandLine().getOut();
        screen.printf("files read      %,12d%n", report.files());
        screen.printf("pieces kept     %,12d%n", report.pieces());
        screen.printf("files skipped   %,12d%n", report.skipped().size());
        screen.printf("notes           %,12d%n", report.notes());
        screen.printf("events          %,12d%n", report.events());
        report.notesByLicence()
                .forEach((licence, notes) -> screen.printf("  %,12d notes %s%n", notes, licence));
        screen.println("styles          " + String.join(", ", report.styles()));
        Preparation.Skip.print(report.skipped(), screen);
        screen.println("written to      " + out);
        screen.flush();
    }
}
