package org.partita.worker.workbench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.partita.protocol.Sampling;
import org.partita.worker.engine.Composing;
import org.partita.worker.engine.Engine;
import org.partita.worker.engine.EngineSettings;
import org.partita.worker.engine.ModelBundle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The same jobs by an engine in this process and through a running service: HTTP, Kafka, Redis,
 * with progress and notes published. Both with the same threads and lanes, never at the same time.
 */
final class ServiceBench {

    /** Who asks often costs the service what he wants to measure. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    /**
     * What the jobs took.
     *
     * @param seconds from the first submission until the last result could be fetched
     * @param beforeFirst seconds of it before the first job began
     * @param cpuSeconds of the processes on the machine meanwhile; none for the engine alone
     * @param sha256 of every result, in the order of the jobs
     */
    record Round(
            double seconds,
            double beforeFirst,
            Map<String, Double> cpuSeconds,
            List<String> sha256) {}

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI service;
    private final ModelBundle model;
    private final int jobs;
    private final int notes;

    ServiceBench(URI service, ModelBundle model, int jobs, int notes) {
        this.service = service;
        this.model = model;
        this.jobs = jobs;
        this.notes = notes;
    }

    /** Seconds that the engine alone takes, and what it composes. */
    Round engine(int threads, int lanes) throws InterruptedException, TimeoutException {
        int perThread = (lanes + threads - 1) / threads;
        try (Engine engine = new Engine(model, new EngineSettings(threads, perThread))) {
            engine.compose(EngineCases.notes(notes), 0, Sampling.DEFAULT)
                    .await(EngineCases.PATIENCE);
            long start = System.nanoTime();
            List<Composing> pieces = new ArrayList<>();
            for (int seed = 0; seed < jobs; seed++) {
                pieces.add(engine.compose(EngineCases.notes(notes), seed, sampling()));
            }
            List<String> sha256 = new ArrayList<>();
            for (Composing piece : pieces) {
                sha256.add(piece.await(EngineCases.PATIENCE).sha256());
            }
            double seconds = (System.nanoTime() - start) / EngineCases.NANOS;
            return new Round(seconds, 0, Map.of(), sha256);
        }
    }

    private Sampling sampling() {
        var defaults = model.manifest().defaults();
        return new Sampling(
                defaults.temperature(), defaults.topK(), defaults.topP(), defaults.minP());
    }

    /** The same through the service. */
    Round service() throws IOException, InterruptedException {
        ProcessorShares shares = new ProcessorShares();
        Instant start = Instant.now();
        List<URI> addresses = new ArrayList<>();
        for (int seed = 0; seed < jobs; seed++) {
            addresses.add(submit(seed));
        }
        List<String> sha256 = new ArrayList<>();
        Instant first = Instant.MAX;
        Instant last = Instant.MIN;
        for (URI address : addresses) {
            JsonNode job = await(address);
            sha256.add(job.path("result").path("sha256").asString());
            first = min(first, Instant.parse(job.path("startedAt").asString()));
            last = max(last, Instant.parse(job.path("finishedAt").asString()));
        }
        return new Round(seconds(start, last), seconds(start, first), shares.since(), sha256);
    }

    private static Instant min(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static Instant max(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / EngineCases.NANOS;
    }

    private JsonNode await(URI address) throws IOException, InterruptedException {
        while (true) {
            JsonNode job = get(address);
            switch (job.path("status").asString()) {
                case "succeeded" -> {
                    return job;
                }
                case "queued", "running" -> Thread.sleep(PAUSE);
                default -> throw new IOException("a job did not succeed: " + job);
            }
        }
    }

    private URI submit(int seed) throws IOException, InterruptedException {
        String body =
                JsonMapper.shared()
                        .writeValueAsString(
                                Map.of(
                                        "model", model.manifest().name(),
                                        "start", Map.of("kind", "random"),
                                        "length", Map.of("notes", notes),
                                        "seed", seed));
        HttpRequest request =
                HttpRequest.newBuilder(service.resolve("/v1/generations"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        while (true) {
            HttpResponse<String> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 202) {
                String location = answer.headers().firstValue("Location").orElseThrow();
                return service.resolve(location);
            }
            if (answer.statusCode() != 429 && answer.statusCode() != 503) {
                throw new IOException(
                        "the service answered " + answer.statusCode() + ": " + answer.body());
            }
            Thread.sleep(PAUSE);
        }
    }

    private JsonNode get(URI address) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                client.send(
                        HttpRequest.newBuilder(address).build(),
                        HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(
                    "the service answered " + answer.statusCode() + ": " + answer.body());
        }
        return JsonMapper.shared().readTree(answer.body());
    }
}
