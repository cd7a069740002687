package org.partita.worker.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.partita.music.model.ModelManifest;
import org.partita.protocol.GenerationRequest;
import org.partita.protocol.Length;
import org.partita.protocol.ModelDescription;
import org.partita.protocol.Start;
import org.partita.worker.engine.Engine;
import org.partita.worker.engine.EngineSettings;
import org.partita.worker.engine.ExecutionProvider;
import org.partita.worker.engine.ModelBundle;
import org.partita.worker.engine.ModelDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An engine for every model bundle that the worker found, loaded and warm. */
final class Engines implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Engines.class);
    private static final Duration WARM_UP = Duration.ofMinutes(2);
    private static final int WARM_UP_NOTES = 64;

    private final SortedMap<String, Engine> engines = new TreeMap<>();
    private final ExecutionProvider provider;

    /**
     * @param directory of bundles
     * @param lanes jobs that can be composed at the same time
     * @throws IllegalStateException if there is no bundle, or two of one name
     * @throws UncheckedIOException if a bundle is damaged
     */
    Engines(Path directory, int threads, int lanes) {
        provider = ExecutionProvider.best();
        EngineSettings settings = EngineSettings.ofLanes(threads, lanes);
        Map<String, Path> named = named(directory);
        try {
            named.forEach((name, bundle) ->
                    engines.put(name, new Engine(load(bundle, provider), settings)));
            engines.values().forEach(Engines::warmUp);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        LOG.atInfo()
                .addKeyValue("models", engines.keySet())
                .addKeyValue("provider", provider.describe())
                .addKeyValue("threads", threads)
                .log("engines are warm");
    }

    private static Map<String, Path> named(Path directory) {
        Map<String, Path> named = new TreeMap<>();
        try {
            for (Path bundle : ModelDirectory.bundles(directory)) {
                String name = ModelBundle.describe(bundle).name();
                Path other = named.put(name, bundle);
                if (other != null) {
                    throw new IllegalStateException(
                            "the models in %s and %s are both called %s"
                                    .formatted(other, bundle, name));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look for models in " + directory, e);
        }
        if (named.isEmpty()) {
            throw new IllegalStateException(
                    "no model in " + directory.toAbsolutePath() + "; set partita.worker.models");
        }
        return named;
    }

    private static ModelBundle load(Path bundle, ExecutionProvider provider) {
        try {
            return ModelBundle.load(bundle, provider);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot load the model in " + bundle, e);
        }
    }

    private static void warmUp(Engine engine) {
        GenerationRequest request =
                GenerationRequest.of(new Start.Random(), new Length.Notes(WARM_UP_NOTES));
        try {
            engine.compose(request, 0, engine.model().defaultSampling()).await(WARM_UP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while warming up", e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("the model did not compose within " + WARM_UP, e);
        }
    }

    /** The engine of a model, or {@code null} if this worker has none. */
    @Nullable Engine find(String model) {
        return engines.get(model);
    }

    /** What runs the models, and on which kernels. */
    String provider() {
        return provider.describe();
    }

    List<ModelDescription> describe() {
        return engines.values().stream().map(engine -> describe(engine.model())).toList();
    }

    private static ModelDescription describe(ModelBundle model) {
        ModelManifest manifest = model.manifest();
        List<ModelDescription.Instrument> instruments = new ArrayList<>();
        manifest.instruments()
                .forEach(instrument ->
                        instruments.add(
                                new ModelDescription.Instrument(
                                        instrument.name(),
                                        instrument.program(),
                                        instrument.lowestPitch(),
                                        instrument.highestPitch())));
        List<String> sources = new ArrayList<>();
        manifest.trainingData()
                .forEach(source -> sources.add(source.name() + " (" + source.licence() + ")"));
        return new ModelDescription(
                manifest.name(),
                manifest.title(),
                manifest.fingerprint(),
                manifest.network().parameters(),
                instruments,
                manifest.styles(),
                model.defaultSampling(),
                String.join("; ", sources));
    }

    @Override
    public void close() {
        for (Engine engine : engines.values()) {
            engine.close();
            engine.model().close();
        }
        engines.clear();
    }
}
