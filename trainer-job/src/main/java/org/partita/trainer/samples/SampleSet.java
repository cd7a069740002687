package org.partita.trainer.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A directory of composed pieces: {@code random} and {@code note} by their start, {@code long} ones
 * for drift, {@code lengths} of every kind for validity alone.
 */
final class SampleSet {

    static final String RANDOM = "random";
    static final String NOTE = "note";
    static final String LONG = "long";
    static final String LENGTHS = "lengths";

    private static final long SEEDS = 1_000_000;

    private final Path directory;
    private final String launcher;
    private final @Nullable Path model;
    private final List<String> sampling;

    /**
     * @param directory where the pieces go
     * @param launcher the program {@code partita}
     * @param model bundle, null for the first shipped one
     * @param sampling options of {@code partita compose}
     */
    SampleSet(Path directory, String launcher, @Nullable Path model, List<String> sampling) {
        this.directory = directory;
        this.launcher = launcher;
        this.model = model;
        this.sampling = sampling;
    }

    /** Half of the pieces after random frames, half after empty ones and each key in turn. */
    void compose(int pieces, int notes) throws IOException, InterruptedException {
        String length = Integer.toString(notes);
        int random = pieces / 2;
        run(
                RANDOM,
                "--count",
                Integer.toString(random),
                "--start",
                "random",
                "--notes",
                length,
                "--seed",
                "0");
        run(
                NOTE,
                "--count",
                Integer.toString(pieces - random),
                "--start",
                "note:21-108",
                "--notes",
                length,
                "--seed",
                Long.toString(SEEDS));
    }

    void composeLong(int pieces, int notes) throws IOException, InterruptedException {
        run(
                LONG,
                "--count",
                Integer.toString(pieces),
                "--start",
                "mixed",
                "--notes",
                Integer.toString(notes),
                "--seed",
                Long.toString(2 * SEEDS));
    }

    /** Lengths in notes, bars and seconds by turns, each after both starts. */
    void composeLengths(int pieces) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        List<String> requests = new ArrayList<>();
        for (int i = 0; i < pieces; i++) {
            String length =
                    switch (i % 3) {
                        case 0 -> "\"notes\":" + (1 + i % 200);
                        case 1 -> "\"bars\":" + (1 + i % 17);
                        default -> "\"seconds\":" + (1 + i % 41);
                    };
            String start =
                    i / 3 % 2 == 0
                            ? "\"kind\":\"random\""
                            : "\"kind\":\"note\",\"pitch\":" + (21 + i % 88);
            requests.add(
                    "{\"start\":{%s},\"length\":{%s},\"seed\":%d}"
                            .formatted(start, length, 3 * SEEDS + i));
        }
        Path file = directory.resolve(LENGTHS + ".jsonl");
        Files.write(file, requests);
        run(LENGTHS, "--requests", file.toString());
    }

    private void run(String group, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(launcher, "compose", "--out"));
        command.add(directory.resolve(group).toString());
        if (model != null) {
            command.addAll(List.of("--model", model.toString()));
        }
        command.addAll(sampling);
        command.addAll(List.of(options));
        int status = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IOException("composing failed: " + String.join(" ", command));
        }
    }
}
