package org.partita.worker.engine;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.partita.music.event.Conditions;
import org.partita.music.event.FrameDistribution;
import org.partita.music.event.GridPart;
import org.partita.music.model.BundleFiles;
import org.partita.music.model.ModelInstrument;
import org.partita.music.model.ModelManifest;
import org.partita.music.model.SamplingDefaults;
import org.partita.protocol.JobError;
import org.partita.protocol.Sampling;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A trained model, checked against its manifest and loaded. Immutable and shared by all decode
 * threads.
 */
public final class ModelBundle implements AutoCloseable {

    /**
     * Events of a run of the loop graph. Copying the rings is the smaller a part of a run the more
     * there are; a piece waits for the last of them with its first.
     */
    static final int LOOP_EVENTS = 64;

    private static final Logger LOG = LoggerFactory.getLogger(ModelBundle.class);

    private final ModelManifest manifest;
    private final ExecutionProvider provider;
    private final ModelShape shape;
    private final int heads;
    private final FrameDistribution frames;
    private final OrtEnvironment environment;
    private final OrtSession recurrence;
    private final OrtSession output;
    private final OrtSession duration;
    private final OrtSession velocity;
    private final @Nullable OrtSession loop;

    private ModelBundle(
            ModelManifest manifest,
            ExecutionProvider provider,
            FrameDistribution frames,
            OrtEnvironment environment,
            OrtSession recurrence,
            OrtSession output,
            OrtSession duration,
            OrtSession velocity,
            @Nullable OrtSession loop)
            throws OrtException {
        this.manifest = manifest;
        this.provider = provider;
        this.shape = ModelShape.of(manifest);
        this.heads = heads(recurrence);
        this.frames = frames;
        this.environment = environment;
        this.recurrence = recurrence;
        this.output = output;
        this.duration = duration;
        this.velocity = velocity;
        this.loop = loop;
    }

    /**
     * Loads the bundle in a directory. On CUDA the loop graph composes the pieces it is made for;
     * all else, and all of a bundle without that graph, is composed event by event on the CPU.
     * Warns if what this processor computes for a piece depends on the others beside it.
     *
     * @throws IOException if a file is missing or is not the one the manifest names
     * @throws IllegalArgumentException if the model was made for another version of this program
     * @throws EngineException if ONNX Runtime refuses a graph
     * @throws IllegalStateException if Java was started without the Vector API
     */
    public static ModelBundle load(Path directory, ExecutionProvider provider) throws IOException {
        return load(directory, provider, provider == ExecutionProvider.CUDA);
    }

    /**
     * The same, with or without the loop graph whatever the provider.
     *
     * @param looping whether to use it, if the bundle has it
     */
    public static ModelBundle load(Path directory, ExecutionProvider provider, boolean looping)
            throws IOException {
        requireVectors();
        ModelManifest manifest = readManifest(directory.resolve(BundleFiles.MANIFEST));
        BundleFiles.requireIntact(directory, manifest);
        ModelShape.of(manifest);
        FrameDistribution frames;
        try (InputStream in =
                new BufferedInputStream(
                        Files.newInputStream(directory.resolve(BundleFiles.FRAMES)))) {
            frames = FrameDistribution.read(in);
        }
        try {
            OrtEnvironment environment = OnnxRuntime.environment();
            ExecutionProvider cpu = ExecutionProvider.CPU;
            boolean loops = looping && manifest.files().containsKey(BundleFiles.LOOP);
            ModelBundle model =
                    new ModelBundle(
                            manifest,
                            provider,
                            frames,
                            environment,
                            session(environment, directory.resolve(BundleFiles.RECURRENCE), cpu),
                            session(environment, directory.resolve(BundleFiles.OUTPUT), cpu),
                            session(environment, directory.resolve(BundleFiles.DURATION), cpu),
                            session(environment, directory.resolve(BundleFiles.VELOCITY), cpu),
                            loops
                                    ? session(
                                            environment,
                                            directory.resolve(BundleFiles.LOOP),
                                            provider)
                                    : null);
            warnOfDifferences(model, directory);
            return model;
        } catch (OrtException e) {
            throw new EngineException("cannot load the model in " + directory, e);
        }
    }

    private static void warnOfDifferences(ModelBundle model, Path directory) throws OrtException {
        BatchInvariance.difference(model)
                .ifPresent(difference ->
                        LOG.atWarn()
                                .addKeyValue("model", directory)
                                .addKeyValue("processor", KernelFamily.ofThisMachine())
                                .addKeyValue("difference", difference)
                                .log("the same request may give other bytes beside other pieces"));
    }

    private static void requireVectors() {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            throw new IllegalStateException(
                    "Java was started without --add-modules=jdk.incubator.vector");
        }
    }

    /**
     * What the bundle in a directory says of itself, unchecked.
     *
     * @throws IOException if there is no manifest or it is none
     */
    public static ModelManifest describe(Path directory) throws IOException {
        return readManifest(directory.resolve(BundleFiles.MANIFEST));
    }

    private static ModelManifest readManifest(Path file) throws IOException {
        try {
            return JsonMapper.shared().readValue(Files.readAllBytes(file), ModelManifest.class);
        } catch (JacksonException e) {
            throw new IOException(file + " is no manifest: " + e.getOriginalMessage(), e);
        }
    }

    private static OrtSession session(
            OrtEnvironment environment, Path graph, ExecutionProvider provider)
            throws OrtException {
        try (OrtSession.SessionOptions options = provider.sessionOptions()) {
            return environment.createSession(graph.toString(), options);
        }
    }

    private static int heads(OrtSession recurrence) throws OrtException {
        NodeInfo query = recurrence.getOutputInfo().get("query");
        if (query == null || !(query.getInfo() instanceof TensorInfo tensor)) {
            throw new IllegalArgumentException(BundleFiles.RECURRENCE + " gives no query");
        }
        return Math.toIntExact(tensor.getShape()[1]);
    }

    public ModelManifest manifest() {
        return manifest;
    }

    /** What runs it. */
    public ExecutionProvider provider() {
        return provider;
    }

    /** Query heads of the attention. */
    public int heads() {
        return heads;
    }

    /** How tokens are drawn where a request does not say. */
    public Sampling defaultSampling() {
        SamplingDefaults defaults = manifest.defaults();
        return new Sampling(
                defaults.temperature(), defaults.topK(), defaults.topP(), defaults.minP());
    }

    FrameDistribution frames() {
        return frames;
    }

    /** Who plays when nothing else is asked for. */
    GridPart soloist() {
        ModelInstrument first = manifest.instruments().getFirst();
        return new GridPart(first.name(), first.program(), first.percussion());
    }

    /**
     * The index of a style label.
     *
     * @param label {@code null} for none in particular
     * @throws UnusableRequestException if the model does not know it
     */
    int style(@Nullable String label) {
        if (label == null) {
            return Conditions.UNKNOWN_STYLE;
        }
        int index = manifest.styles().indexOf(label);
        if (index < 0) {
            throw new UnusableRequestException(
                    JobError.Code.STYLE_UNKNOWN,
                    "style %s is none of the model %s; it knows %s"
                            .formatted(
                                    label, manifest.name(), String.join(", ", manifest.styles())));
        }
        return index;
    }

    /** The version of ONNX Runtime that runs the graphs. */
    String runtimeVersion() {
        return environment.getVersion();
    }

    /** Whether there is a loop graph to be used. */
    public boolean loops() {
        return loop != null;
    }

    /** Steps lanes on the CPU, event by event. */
    Decoder stepDecoder(int lanes) {
        return new StepDecoder(laneArrays(lanes), noteHeads(lanes), StepClock.NONE);
    }

    /** Steps lanes by the loop graph, many events at a time; only if {@link #loops}. */
    Decoder loopDecoder(int lanes) {
        OrtSession session = Objects.requireNonNull(loop);
        try {
            return new LoopDecoder(new LoopArrays(environment, session, shape, lanes, LOOP_EVENTS));
        } catch (OrtException e) {
            throw new EngineException("cannot make room for " + lanes + " lanes", e);
        }
    }

    LaneArrays laneArrays(int capacity) {
        return new LaneArrays(environment, recurrence, output, shape, heads, capacity);
    }

    NoteHeads noteHeads(int capacity) {
        return new NoteHeads(environment, duration, velocity, shape, capacity);
    }

    @Override
    public void close() {
        try (recurrence;
                output;
                duration;
                velocity;
                loop) {
            // Closing in reverse order is all there is to do.
        } catch (OrtException e) {
            throw new EngineException("cannot unload the model " + manifest.name(), e);
        }
    }
}
