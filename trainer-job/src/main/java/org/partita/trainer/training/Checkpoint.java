package org.partita.trainer.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.partita.trainer.network.Weights;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A moment of a training run from which it goes on exactly, and from which a model can be exported.
 * A directory {@code update-NNNNNNNN} that appears whole, by one rename:
 *
 * <pre>
 * state.json   {@link State}
 * weights.bin  average.bin  first-moment.bin  second-moment.bin  lanes.bin   {@link Weights} files
 * </pre>
 *
 * @param state everything that is not an array
 * @param weights current weights of the network
 * @param average moving average of the weights: the model
 * @param firstMoment of the optimiser
 * @param secondMoment of the optimiser
 * @param lanes state of the lanes
 */
public record Checkpoint(
        State state,
        Weights weights,
        Weights average,
        Weights firstMoment,
        Weights secondMoment,
        Weights lanes) {

    private static final String PREFIX = "update-";
    private static final int KEPT = 2;

    private static final String STATE = "state.json";
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /**
     * @param config of the run
     * @param data what is being learnt
     * @param begunFrom name of what its first weights came from; empty if they were random
     * @param update number of updates made
     * @param seconds of training so far, over all stretches
     * @param events learnt from so far
     * @param epochs times each piece was drawn
     * @param positions where the lanes stand
     * @param validation results of the averaged weights, the newest last
     */
    public record State(
            TrainingConfig config,
            DataSummary data,
            String begunFrom,
            int update,
            double seconds,
            long events,
            double epochs,
            LanePositions positions,
            List<ValidationResult> validation) {
        public State {
            validation = List.copyOf(validation);
        }
    }

    /** Writes this below {@code run}, whole or not at all, and drops all but the two newest. */
    void save(Path run) throws IOException {
        String name = PREFIX + "%08d".formatted(state.update());
        Path part = run.resolve(name + ".part");
        delete(part);
        Files.createDirectories(part);
        Files.writeString(part.resolve(STATE), MAPPER.writeValueAsString(state) + "\n");
        weights.save(part.resolve("weights.bin"));
        average.save(part.resolve("average.bin"));
        firstMoment.save(part.resolve("first-moment.bin"));
        secondMoment.save(part.resolve("second-moment.bin"));
        lanes.save(part.resolve("lanes.bin"));
        Path whole = run.resolve(name);
        delete(whole);
        Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
        deleteUnfinished(run);
        List<Path> all = all(run);
        for (Path old : all.subList(0, Math.max(0, all.size() - KEPT))) {
            delete(old);
        }
    }

    /** Whether a run's directory holds one. */
    public static boolean existsIn(Path run) throws IOException {
        return !all(run).isEmpty();
    }

    /**
     * The newest one of a run.
     *
     * @throws IOException if there is none or it cannot be read
     */
    public static Checkpoint latest(Path run) throws IOException {
        List<Path> all = all(run);
        if (all.isEmpty()) {
            throw new IOException("no checkpoint in " + run);
        }
        return load(all.getLast());
    }

    /**
     * The one in this directory, or the newest one of the run in it.
     *
     * @throws IOException if there is none or it cannot be read
     */
    public static Checkpoint open(Path directory) throws IOException {
        return Files.isRegularFile(directory.resolve(STATE)) ? load(directory) : latest(directory);
    }

    private static Checkpoint load(Path directory) throws IOException {
        try {
            return new Checkpoint(
                    MAPPER.readValue(Files.readString(directory.resolve(STATE)), State.class),
                    Weights.load(directory.resolve("weights.bin")),
                    Weights.load(directory.resolve("average.bin")),
                    Weights.load(directory.resolve("first-moment.bin")),
                    Weights.load(directory.resolve("second-moment.bin")),
                    Weights.load(directory.resolve("lanes.bin")));
        } catch (JacksonException e) {
            throw new IOException(
                    directory.resolve(STATE) + " is of another version of the trainer", e);
        }
    }

    private static List<Path> all(Path run) throws IOException {
        if (!Files.isDirectory(run)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(run)) {
            return entries.filter(
                            entry -> {
                                String name = entry.getFileName().toString();
                                return name.startsWith(PREFIX) && !name.endsWith(".part");
                            })
                    .sorted()
                    .toList();
        }
    }

    /** What a run that was killed while it saved has left. */
    private static void deleteUnfinished(Path run) throws IOException {
        try (Stream<Path> entries = Files.list(run)) {
            for (Path entry : entries.toList()) {
                String name = entry.getFileName().toString();
                if (name.startsWith(PREFIX) && name.endsWith(".part")) {
                    delete(entry);
                }
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> entries = Files.walk(directory)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        }
    }
}
