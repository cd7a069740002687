package org.partita.worker.engine;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.partita.music.event.Conditions;
import org.partita.protocol.GenerationRequest;
import org.partita.protocol.Sampling;
import org.partita.protocol.SamplingRequest;

/**
 * Composes many pieces at once with one model (continuous batching: Yu et al., <cite>Orca</cite>,
 * OSDI'22). Each decode thread steps its lanes together; pieces join and leave between any two
 * events. What is composed does not depend on what else is.
 */
public final class Engine implements AutoCloseable {

    private final ModelBundle model;
    private final DecodePool stepping;

    /** For the pieces that the loop graph is made for, where there is one. */
    private final @Nullable DecodePool looping;

    /** Starts the decode threads. The model stays the caller's to close, after the engine. */
    public Engine(ModelBundle model, EngineSettings settings) {
        this.model = model;
        stepping =
                new DecodePool(
                        "decode",
                        ExecutionProvider.CPU.describe(),
                        settings.threads(),
                        settings.lanesPerThread(),
                        model::stepDecoder);
        looping =
                model.loops()
                        ? new DecodePool(
                                "loop",
                                "%s (%d lanes)"
                                        .formatted(
                                                model.provider().describe(), settings.loopLanes()),
                                Math.ceilDiv(settings.lanes(), settings.loopLanes()),
                                settings.loopLanes(),
                                model::loopDecoder)
                        : null;
    }

    public ModelBundle model() {
        return model;
    }

    /** Events stepped since the start by all lanes, prompts included. */
    public long events() {
        return pools().mapToLong(DecodePool::events).sum();
    }

    /** How long the steps since the start took. */
    public Latencies latencies() {
        long[] sum = StepTimes.none();
        pools().forEach(pool -> pool.addTimes(sum));
        return new Latencies(sum);
    }

    private Stream<DecodePool> pools() {
        return looping == null ? Stream.of(stepping) : Stream.of(stepping, looping);
    }

    /**
     * Begins a piece. It is a pure function of the arguments, the model and its execution provider.
     *
     * @param seed of its random numbers
     * @param sampling complete settings; the request's own are not looked at
     * @throws UnusableRequestException if the request's start is a file that cannot be continued so
     *     far, or if the model does not know its style
     * @throws IllegalStateException if the engine is closed
     */
    public Composing compose(GenerationRequest request, long seed, Sampling sampling) {
        Commission commission = Commission.of(request, seed, sampling, model);
        Lane lane = new Lane(commission);
        DecodePool pool = looping != null && Lane.fitsLoop(commission) ? looping : stepping;
        Provenance provenance =
                new Provenance(
                        complete(request, seed, sampling),
                        model.manifest().fingerprint(),
                        model.runtimeVersion(),
                        pool.provider());
        pool.compose(lane);
        return new Composing(commission, lane, provenance);
    }

    /** The request with everything said that the piece depends on, and nothing else. */
    private GenerationRequest complete(GenerationRequest request, long seed, Sampling sampling) {
        return new GenerationRequest(
                model.manifest().name(),
                request.start(),
                request.length(),
                new SamplingRequest(
                        sampling.temperature(), sampling.topK(), sampling.topP(), sampling.minP()),
                seed,
                request.tempoBpm(),
                request.meter(),
                style(request),
                request.controls(),
                request.includePrompt(),
                null);
    }

    /** Naming the style that stands for none in particular says nothing. */
    private @Nullable String style(GenerationRequest request) {
        return model.style(request.style()) == Conditions.UNKNOWN_STYLE ? null : request.style();
    }

    /** Gives up what is being composed and ends the threads. */
    @Override
    public void close() {
        pools().forEach(DecodePool::close);
    }
}
