package org.partita.worker.workbench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
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

    /** Before the next look at a job, where the service does not say. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

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

    private final URI service;
    private final ModelBundle model;
    private final int notes;

    /**
     * @param notes of each job
     */
    ServiceBench(URI service, ModelBundle model, int notes) {
        this.service = service;
        this.model = model;
        this.notes = notes;
    }

    /** Seconds that the engine alone takes, and what it composes. */
    Round engine(int jobs, int threads, int lanes) throws InterruptedException, TimeoutException {
        try (Engine engine = new Engine(model, EngineSettings.ofLanes(threads, lanes))) {
            engine.compose(EngineCases.notes(notes), 0, model.defaultSampling())
                    .await(EngineCases.PATIENCE);
            long start = System.nanoTime();
            List<Composing> pieces = new ArrayList<>();
            for (int seed = 0; seed < jobs; seed++) {
                pieces.add(engine.compose(EngineCases.notes(notes), seed, model.defaultSampling()));
            }
            List<String> sha256 = new ArrayList<>();
            for (Composing piece : pieces) {
                sha256.add(piece.await(EngineCases.PATIENCE).sha256());
            }
            double seconds = (System.nanoTime() - start) / EngineCases.NANOS;
            return new Round(seconds, 0, Map.of(), sha256);
        }
    }

    /** The same through the service. */
    Round service(int jobs) throws IOException, InterruptedException {
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

    int notes() {
        return notes;
    }

    /** Lanes of the service's workers. */
    int lanes() throws IOException {
        int lanes = ask(service.resolve("/v1/queue"), null).json().path("lanes").asInt();
        if (lanes == 0) {
            throw new IOException("the service has no worker");
        }
        return lanes;
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

    /** Looks as often as the service says: who asks more often costs it what he measures. */
    private JsonNode await(URI address) throws IOException, InterruptedException {
        while (true) {
            Answer answer = ask(address, null);
            JsonNode job = answer.json();
            switch (job.path("status").asString()) {
                case "succeeded" -> {
                    return job;
                }
                case "queued", "running" -> Thread.sleep(answer.pause());
                default -> throw new IOException("a job did not succeed: " + job);
            }
        }
    }

    private URI submit(int seed) throws IOException {
        byte[] body =
                JsonMapper.shared()
                        .writeValueAsBytes(
                                Map.of(
                                        "model", model.manifest().name(),
                                        "start", Map.of("kind", "random"),
                                        "length", Map.of("notes", notes),
                                        "seed", seed));
        Answer answer = ask(service.resolve("/v1/generations"), body);
        if (answer.status() != 202 || answer.location() == null) {
            // Its limits too: a service that holds jobs off is not measured at its pace.
            throw new IOException(
                    "the service answered %d (its partita.limits have to allow the jobs): %s"
                            .formatted(answer.status(), answer.body()));
        }
        return service.resolve(answer.location());
    }

    /**
     * The service's answer.
     *
     * @param location of what was made
     * @param pause before the next look
     */
    private record Answer(int status, String body, @Nullable String location, Duration pause) {

        JsonNode json() throws IOException {
            if (status != 200) {
                throw new IOException("the service answered " + status + ": " + body);
            }
            return JsonMapper.shared().readTree(body);
        }
    }

    /**
     * Sends a request over the one connection that is kept open, by the thread that waits for it:
     * the newer client's threads cost more than the requests.
     *
     * @param body to post; {@code null} gets
     */
    private static Answer ask(URI address, byte @Nullable [] body) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        if (body != null) {
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setFixedLengthStreamingMode(body.length);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body);
            }
        }
        int status = connection.getResponseCode();
        String text;
        try (InputStream in =
                status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        String retryAfter = connection.getHeaderField("Retry-After");
        return new Answer(
                status,
                text,
                connection.getHeaderField("Location"),
                retryAfter == null ? PAUSE : Duration.ofSeconds(Long.parseLong(retryAfter)));
    }
}
