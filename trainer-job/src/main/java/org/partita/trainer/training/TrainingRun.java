package org.partita.trainer.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.partita.trainer.network.Dropout;
import org.partita.trainer.network.LaneState;
import org.partita.trainer.network.Network;
import org.partita.trainer.network.NetworkConfig;
import org.partita.trainer.network.Weights;

/**
 * A training run that can be interrupted and continued: with the same music and configuration, a
 * run that went on from a checkpoint makes the same updates as one that never stopped.
 */
public final class TrainingRun implements AutoCloseable {

    /** A validation on the way reads no more of a piece than this; the last one reads all. */
    private static final int GLANCE_EVENTS = 1024;

    /** How often what happens; periods in seconds of training. */
    public record Rhythm(double checkpointSeconds, double validationSeconds) {}

    private final Path directory;
    private final TrainingConfig config;
    private final DataSummary data;
    private final Repertoire held;
    private final RunListener listener;
    private final DoubleSupplier clock;

    private final Network network;
    private final Learner learner;
    private final Optimiser optimiser;
    private final LaneState lanes;
    private final BatchSource source;
    private final String begunFrom;
    private final ExecutorService prefetch =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("batches").factory());

    private LanePositions positions;
    private final List<ValidationResult> validations = new ArrayList<>();
    private int update;
    private double secondsBefore;
    private long events;
    private double startedAt;

    /**
     * @param learnt the pieces that {@code data} sums up
     * @param held pieces to validate on, perhaps none
     * @param start weights to begin with, or null for random ones; not looked at with a checkpoint
     * @param checkpoint to go on from, or null to begin
     * @param clock seconds that pass
     */
    TrainingRun(
            Path directory,
            TrainingConfig config,
            Repertoire learnt,
            DataSummary data,
            Repertoire held,
            @Nullable Start start,
            @Nullable Checkpoint checkpoint,
            RunListener listener,
            DoubleSupplier clock) {
        this.directory = directory;
        this.config = config;
        this.data = data;
        this.held = held;
        this.listener = listener;
        this.clock = clock;
        NetworkConfig shape = config.network(learnt.form());
        network =
                new Network(
                        shape,
                        checkpoint == null ? initial(shape, config) : checkpoint.weights(),
                        Network.bestDevice());
        if (checkpoint == null && start != null) {
            network.parameters().copy(start.weights(), network.parameters().values());
        }
        learner = new Learner(network, config.chainedHeads());
        optimiser = new Optimiser(network.parameters(), config);
        lanes = network.newState(config.lanes());
        source = BatchSource.training(learnt, config);
        if (checkpoint == null) {
            positions = new LanePositions(0, List.of());
            begunFrom = start == null ? "" : start.name();
        } else {
            Checkpoint.State state = checkpoint.state();
            if (!state.data().sha256().equals(data.sha256())) {
                throw new IllegalArgumentException(
                        "the checkpoint was trained on other music; prepare the same again or"
                                + " begin a new run");
            }
            optimiser.restore(
                    checkpoint.firstMoment(), checkpoint.secondMoment(), checkpoint.average());
            lanes.restore(checkpoint.lanes());
            source.restore(state.positions());
            positions = state.positions();
            begunFrom = state.begunFrom();
            update = state.update();
            secondsBefore = state.seconds();
            events = state.events();
            validations.addAll(state.validation());
        }
    }

    Network network() {
        return network;
    }

    /** What learns more slowly begins smaller. */
    private static Weights initial(NetworkConfig shape, TrainingConfig config) {
        Weights weights = Network.initial(shape, config.seed());
        float[] facts = weights.get("features.weight").values();
        for (int i = 0; i < facts.length; i++) {
            facts[i] *= (float) config.featureRate();
        }
        return weights;
    }

    /** Trains until the budget is used up, then validates and saves. */
    void run(Budget budget, Rhythm rhythm) throws IOException, InterruptedException {
        Schedule schedule =
                new Schedule(config.learningRate(), config.warmUpUpdates(), config.finalRate());
        startedAt = clock.getAsDouble();
        double lastSaved = seconds();
        double lastValidated = seconds();
        Future<@Nullable Batch> coming = prefetch.submit(source::next);
        while (budget.progress(update, seconds()) < 1) {
            Batch batch = take(coming);
            coming = prefetch.submit(source::next);
            double progress = budget.progress(update, seconds());
            update++;
            Losses losses = learner.learn(batch, lanes, dropout());
            double rate = schedule.rate(update, progress);
            double gradient = optimiser.update(update, rate);
            positions = batch.after();
            events += losses.events();
            listener.updated(update, progress, seconds(), losses, rate, gradient);
            if (seconds() - lastValidated >= rhythm.validationSeconds()) {
                validate(GLANCE_EVENTS);
                lastValidated = seconds();
            }
            if (seconds() - lastSaved >= rhythm.checkpointSeconds()) {
                save();
                lastSaved = seconds();
            }
        }
        validate(Integer.MAX_VALUE);
        save();
    }

    private double seconds() {
        return secondsBefore + clock.getAsDouble() - startedAt;
    }

    private static Batch take(Future<@Nullable Batch> coming) throws InterruptedException {
        try {
            Batch batch = coming.get();
            if (batch == null) {
                throw new IllegalStateException("training music never ends");
            }
            return batch;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a batch could not be made", e.getCause());
        }
    }

    private Dropout dropout() {
        return new Dropout(
                config.inputDropout(),
                config.layerDropout(),
                config.outputDropout(),
                config.seed() * 1_000_003L + update);
    }

    private void validate(int mostEvents) {
        if (held.pieces() == 0) {
            return;
        }
        Losses losses = optimiser.withAverage(() -> validationLosses(mostEvents));
        ValidationResult result = ValidationResult.of(update, seconds(), held.pieces(), losses);
        validations.add(result);
        listener.validated(result, mostEvents == Integer.MAX_VALUE);
    }

    private Losses validationLosses(int mostEvents) {
        BatchSource once = BatchSource.once(held, config, mostEvents);
        Losses sum = Losses.ZERO;
        try (LaneState state = network.newState(config.lanes())) {
            for (Batch batch = once.next(); batch != null; batch = once.next()) {
                sum = sum.plus(learner.evaluate(batch, state));
            }
        }
        return sum;
    }

    private void save() throws IOException {
        new Checkpoint(
                        new Checkpoint.State(
                                config,
                                data,
                                begunFrom,
                                update,
                                seconds(),
                                events,
                                (double) positions.nextDraw() / Math.max(1, data.pieces()),
                                positions,
                                validations),
                        network.weights(),
                        optimiser.average(),
                        optimiser.firstMoment(),
                        optimiser.secondMoment(),
                        lanes.save())
                .save(directory);
        listener.saved(update);
    }

    @Override
    public void close() {
        prefetch.shutdownNow();
        try {
            // The thread may be writing features of a batch that nobody will take.
            prefetch.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lanes.close();
        optimiser.close();
        network.close();
    }
}
