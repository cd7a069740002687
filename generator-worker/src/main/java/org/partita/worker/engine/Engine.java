package org.partita.worker.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
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
    private final EngineSettings settings;
    private final List<DecodeThread> threads = new ArrayList<>();

    // Guarded by this: lanes given to each thread, and those that wait for a free row.
    private final int[] load;
    private final ArrayDeque<Lane> waiting = new ArrayDeque<>();
    private boolean closed;

    /** Starts the decode threads. The model stays the caller's to close, after the engine. */
    public Engine(ModelBundle model, EngineSettings settings) {
        this.model = model;
        this.settings = settings;
        load = new int[settings.threads()];
        for (int i = 0; i < settings.threads(); i++) {
            int index = i;
            threads.add(
                    new DecodeThread(
                            "decode-" + i, model, settings.lanesPerThread(), _ -> hasLeft(index)));
        }
        threads.forEach(DecodeThread::start);
    }

    public ModelBundle model() {
        return model;
    }

    public EngineSettings settings() {
        return settings;
    }

    /** Events stepped since the start by all lanes, prompts included. */
    public long events() {
        return threads.stream().mapToLong(DecodeThread::events).sum();
    }

    /** How long the steps since the start took: a piece gets one event in each. */
    public Latencies latencies() {
        long[] sum = StepTimes.none();
        threads.forEach(thread -> thread.times().addTo(sum));
        return new Latencies(sum);
    }

    /**
     * Begins a piece. It is a pure function of the arguments, the model and its execution provider.
     *
     * @param seed of its random numbers
     * @param sampling complete settings; the request's own are not looked at
     * @throws UnusablePromptException if the request's start is a file that cannot be continued
     * @throws UnknownStyleException if the model does not know the request's style
     * @throws IllegalStateException if the engine is closed
     */
    public Composing compose(GenerationRequest request, long seed, Sampling sampling) {
        Commission commission = Commission.of(request, seed, sampling, model);
        Lane lane = new Lane(commission);
        Provenance provenance =
                new Provenance(
                        complete(request, seed, sampling),
                        model.manifest().fingerprint(),
                        model.runtimeVersion(),
                        model.provider().describe());
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("the engine is closed");
            }
            int thread = leastLoaded();
            if (load[thread] < settings.lanesPerThread()) {
                load[thread]++;
                threads.get(thread).join(lane);
            } else {
                waiting.add(lane);
            }
        }
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

    private int leastLoaded() {
        int least = 0;
        for (int i = 1; i < load.length; i++) {
            if (load[i] < load[least]) {
                least = i;
            }
        }
        return least;
    }

    private synchronized void hasLeft(int thread) {
        Lane next = waiting.poll();
        if (next == null) {
            load[thread]--;
        } else {
            threads.get(thread).join(next);
        }
    }

    /** Gives up what is being composed and ends the threads. */
    @Override
    public void close() {
        List<Lane> abandoned;
        synchronized (this) {
            closed = true;
            abandoned = List.copyOf(waiting);
            waiting.clear();
        }
        abandoned.forEach(
                lane -> lane.finished().completeExceptionally(new CancellationException()));
        threads.forEach(DecodeThread::stop);
    }
}
