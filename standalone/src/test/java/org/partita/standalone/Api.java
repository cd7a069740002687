package org.partita.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the HTTP API, as any program would write it. */
final class Api implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Set<String> ENDED = Set.of("succeeded", "failed", "canceled", "expired");

    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();
    private final URI base;

    Api(URI base) {
        this.base = base;
    }

    /** One server-sent event. */
    record Event(String id, String type, String data) {}

    HttpResponse<byte[]> post(String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                request("/v1/generations")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    /** Submits, again where the service asks for patience, and gives the job's id. */
    String submit(String body) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        HttpResponse<byte[]> response = post(body);
        while (response.statusCode() == 503 && System.nanoTime() < end) {
            Thread.sleep(
                    Duration.ofSeconds(
                            response.headers().firstValueAsLong("Retry-After").orElse(1)));
            response = post(body);
        }
        assertThat(response.statusCode())
                .as(new String(response.body(), StandardCharsets.UTF_8))
                .isEqualTo(202);
        return tree(response).get("id").asString();
    }

    JsonNode job(String id) throws IOException, InterruptedException {
        return tree(get("/v1/generations/" + id));
    }

    JsonNode awaitJob(String id, Predicate<JsonNode> condition)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        JsonNode job = job(id);
        while (!condition.test(job)) {
            assertThat(System.nanoTime()).as("still %s", job).isLessThan(end);
            Thread.sleep(50);
            job = job(id);
        }
        return job;
    }

    JsonNode awaitEnd(String id) throws IOException, InterruptedException {
        return awaitJob(id, job -> ENDED.contains(job.path("status").asString()));
    }

    /** Waits for the piece and downloads it. */
    byte[] piece(String id) throws IOException, InterruptedException {
        JsonNode job = awaitEnd(id);
        assertThat(job.get("status").asString()).as("%s", job).isEqualTo("succeeded");
        HttpResponse<byte[]> response = get("/v1/generations/" + id + "/midi");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("audio/midi");
        return response.body();
    }

    HttpResponse<byte[]> cancel(String id) throws IOException, InterruptedException {
        return http.send(
                request("/v1/generations/" + id).DELETE().build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    /** Listens from after an id, at most until so many numbered events have come. */
    List<Event> events(String id, String afterId, int limit)
            throws IOException, InterruptedException {
        HttpResponse<Stream<String>> response =
                http.send(
                        request("/v1/generations/" + id + "/events")
                                .header("Accept", "text/event-stream")
                                .header("Last-Event-ID", afterId)
                                .timeout(PATIENCE)
                                .build(),
                        HttpResponse.BodyHandlers.ofLines());
        List<Event> events = new ArrayList<>();
        try (Stream<String> lines = response.body()) {
            String eventId = "";
            String type = "";
            String data = "";
            var iterator = lines.iterator();
            while (events.size() < limit && iterator.hasNext()) {
                String line = iterator.next();
                if (line.startsWith("id: ")) {
                    eventId = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    type = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data = line.substring(6);
                } else if (line.isEmpty()) {
                    // Places in the queue are told anew to everybody and carry no id.
                    if (!eventId.isEmpty()) {
                        events.add(new Event(eventId, type, data));
                    }
                    eventId = "";
                }
            }
        }
        return events;
    }

    JsonNode tree(HttpResponse<byte[]> response) {
        return json.readTree(response.body());
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(20));
    }
}
