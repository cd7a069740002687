package org.partita.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.partita.gateway.queue.JobQueue;
import org.partita.protocol.Claim;
import org.partita.protocol.GenerationResult;
import org.partita.protocol.JobId;
import org.partita.protocol.LaneStore;
import org.partita.protocol.ModelDescription;
import org.partita.protocol.RealRedis;
import org.partita.protocol.Sampling;
import org.partita.protocol.WorkerStatus;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The gateway on a free port, with a real Redis of its own. */
final class RunningGateway implements AutoCloseable {

    static final byte[] MIDI = {'M', 'T', 'h', 'd', 0, 0, 0, 6, 0, 0, 0, 1, 0, 96, 1, 2, 3};
    static final GenerationResult RESULT =
            new GenerationResult("ab".repeat(32), MIDI.length, 500, "CPU (AVX2)", "cd".repeat(32));

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final RealRedis redis = new RealRedis();
    private final ConfigurableApplicationContext context;
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI origin;

    /** With a queue that only records. */
    static RunningGateway withRecordingQueue(Map<String, String> settings) {
        return new RunningGateway(settings, true);
    }

    /** With the real way to Kafka, and no broker there. */
    static RunningGateway withoutBroker(Map<String, String> settings) {
        return new RunningGateway(settings, false);
    }

    private RunningGateway(Map<String, String> settings, boolean recording) {
        SpringApplication application = GatewayApplication.application();
        if (recording) {
            application.addInitializers(context ->
                    ((GenericApplicationContext) context)
                            .registerBean(
                                    RecordingJobQueue.class,
                                    definition -> definition.setPrimary(true)));
        }
        List<String> arguments = new ArrayList<>();
        arguments.add("--server.port=0");
        arguments.add("--server.address=127.0.0.1");
        arguments.add("--spring.data.redis.host=127.0.0.1");
        arguments.add("--spring.data.redis.port=" + redis.port());
        // Port 1 is nobody's.
        arguments.add("--spring.kafka.bootstrap-servers=127.0.0.1:1");
        settings.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        context = application.run(arguments.toArray(String[]::new));
        origin =
                URI.create(
                        "http://127.0.0.1:"
                                + context.getEnvironment()
                                        .getRequiredProperty("local.server.port"));
    }

    RecordingJobQueue queue() {
        return (RecordingJobQueue) context.getBean(JobQueue.class);
    }

    LaneStore lanes() {
        return context.getBean(LaneStore.class);
    }

    RealRedis redis() {
        return redis;
    }

    URI origin() {
        return origin;
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(origin.resolve(path)).timeout(Duration.ofSeconds(30));
    }

    HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<byte[]> download(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    HttpResponse<InputStream> open(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofInputStream());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(to(path).GET());
    }

    /** Submits a body whose quotes are written as single ones. */
    HttpResponse<String> submit(String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                to("/v1/generations")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body.replace('\'', '"')));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    /** Submits the plainest request. */
    JobId submitted() throws IOException, InterruptedException {
        HttpResponse<String> response =
                submit("{'start':{'kind':'random'},'length':{'notes':500}}");
        if (response.statusCode() != 202) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return new JobId(json(response).get("id").stringValue());
    }

    Claim.Granted claimed(JobId id) {
        return (Claim.Granted) lanes().claim(id, "jobs-0@1", "worker", Duration.ofSeconds(15));
    }

    void completed(JobId id) {
        lanes().complete(id, claimed(id).fence(), null, MIDI, RESULT);
    }

    void workerLives() {
        lanes().heartbeat(
                        new WorkerStatus(
                                "worker",
                                4,
                                "CPU (AVX2)",
                                List.of(
                                        new ModelDescription(
                                                "piano",
                                                "Piano",
                                                "cd".repeat(32),
                                                2_000_000,
                                                List.of(
                                                        new ModelDescription.Instrument(
                                                                "Acoustic Grand Piano",
                                                                0,
                                                                21,
                                                                108)),
                                                List.of("unknown", "Chopin", "Żeleński"),
                                                Sampling.DEFAULT,
                                                "scores in the public domain"))),
                        Duration.ofMinutes(5));
    }

    static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    static Path siteDirectory() throws IOException {
        Path site = Files.createTempDirectory("partita-site");
        Files.createDirectories(site.resolve("assets"));
        Files.createDirectories(site.resolve("about"));
        Files.writeString(site.resolve("index.html"), "<!doctype html><title>Home</title>");
        Files.writeString(site.resolve("about/index.html"), "<!doctype html><title>About</title>");
        Files.writeString(site.resolve("assets/app-1a2b3c4d.js"), "export {};".repeat(300));
        Files.writeString(site.resolve("site.webmanifest"), "{}");
        Files.writeString(site.resolve("404.html"), "<!doctype html><title>Lost</title>");
        Files.write(site.resolve("example.mid"), MIDI);
        return site;
    }

    @Override
    public void close() {
        context.close();
        client.close();
        redis.close();
    }
}
