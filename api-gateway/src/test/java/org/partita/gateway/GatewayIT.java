package org.partita.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.partita.gateway.RunningGateway.MIDI;
import static org.partita.gateway.RunningGateway.json;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.partita.music.Scale;
import org.partita.music.Tonality;
import org.partita.protocol.Claim;
import org.partita.protocol.GenerationRequest;
import org.partita.protocol.JobError;
import org.partita.protocol.JobId;
import org.partita.protocol.JobProgress;
import org.partita.protocol.NotesChunk;
import org.partita.protocol.Progress;
import org.partita.protocol.WorkerStatus;
import tools.jackson.databind.JsonNode;

class GatewayIT {

    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final String PLAIN = "{'start':{'kind':'random'},'length':{'notes':500}}";

    private static RunningGateway gateway;

    @BeforeAll
    static void startGateway() throws IOException {
        gateway =
                RunningGateway.withRecordingQueue(
                        Map.of(
                                "partita.limits.submissions-per-minute",
                                "100000",
                                "partita.site.directory",
                                RunningGateway.siteDirectory().toString()));
    }

    @AfterAll
    static void stopGateway() {
        gateway.close();
    }

    @BeforeEach
    void empty() {
        gateway.redis().flush();
        gateway.workerLives();
    }

    @AfterEach
    void bringTheQueueBack() {
        gateway.queue().setDown(false);
    }

    @Test
    void submissionIsAcceptedOnceQueueAndStoreHaveIt() throws Exception {
        // Given
        int before = gateway.queue().sent();
        // When
        HttpResponse<String> response =
                gateway.submit(
                        "{'start':{'kind':'note','pitch':60},'length':{'bars':8},'seed':7,'sampling':{'temperature':0.9}}");
        // Then
        JsonNode job = json(response);
        String self = "/v1/generations/" + job.get("id").stringValue();
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.headers().firstValue("Location")).contains(self);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(response.headers().firstValue("RateLimit-Policy"))
                .contains("\"submissions\";q=100000;w=60");
        assertThat(response.headers().firstValue("RateLimit")).isPresent();
        assertThat(job.get("status").stringValue()).isEqualTo("queued");
        assertThat(job.get("seed").longValue()).isEqualTo(7);
        assertThat(job.get("model").stringValue()).isEqualTo("piano");
        assertThat(job.at("/request/sampling/temperature").doubleValue()).isEqualTo(0.9);
        assertThat(job.at("/queue/position").longValue()).isZero();
        assertThat(job.at("/queue/etaSeconds").longValue()).isZero();
        assertThat(job.at("/links/events").stringValue()).isEqualTo(self + "/events");
        assertThat(gateway.queue().sent()).isEqualTo(before + 1);
        assertThat(json(gateway.get(self))).isEqualTo(job);
    }

    /** The worker that composes then takes its model's own: nothing else would give equal bytes. */
    @Test
    void settingsThatNoWorkerCouldTellStayOpen() throws Exception {
        // When
        gateway.redis().flush();
        JsonNode open = awaitSampling(1);
        gateway.workerLives();
        JsonNode decided = awaitSampling(4);
        // Then
        assertThat(open.propertyNames()).containsExactly("temperature");
        assertThat(decided.propertyNames())
                .containsExactlyInAnyOrder("temperature", "topK", "topP", "minP");
    }

    /**
     * Submits until the answer says so many settings: which workers live is not asked each time.
     */
    private JsonNode awaitSampling(int settings) throws Exception {
        JsonNode sampling = null;
        for (int look = 0; look < 100; look++) {
            HttpResponse<String> accepted =
                    gateway.submit(
                            "{'start':{'kind':'random'},'length':{'notes':9},'sampling':{'temperature':0.9}}");
            sampling = json(accepted).at("/request/sampling");
            if (sampling.size() == settings) {
                return sampling;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("still " + sampling);
    }

    @Test
    void styleAndControlsReachTheQueueAndImpossibleOnesAreRefused() throws Exception {
        // When
        HttpResponse<String> accepted =
                gateway.submit(
                        "{'start':{'kind':'note','pitch':63},'length':{'notes':9},'style':'Żeleński',"
                                + "'controls':{'key':{'tonic':'Eb','scale':'major'},'maxPolyphony':2}}");
        HttpResponse<String> unknown =
                gateway.submit("{'start':{'kind':'random'},'length':{'notes':9},'style':'Zappa'}");
        HttpResponse<String> impossible =
                gateway.submit(
                        "{'start':{'kind':'note','pitch':64},'length':{'notes':9},"
                                + "'controls':{'key':{'tonic':'Eb','scale':'major'}}}");
        // Then
        JsonNode job = json(accepted);
        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(job.at("/request/style").stringValue()).isEqualTo("Żeleński");
        assertThat(job.at("/request/controls/maxPolyphony").intValue()).isEqualTo(2);
        GenerationRequest queued =
                gateway.claimed(new JobId(job.get("id").stringValue())).job().request();
        assertThat(queued.controls().key()).isEqualTo(new Tonality("Eb", Scale.MAJOR));
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(json(unknown).at("/errors/0/pointer").stringValue()).isEqualTo("/style");
        assertThat(json(unknown).at("/errors/0/detail").stringValue())
                .isEqualTo(
                        "style Zappa is none of the model piano; it knows unknown, Chopin,"
                                + " Żeleński");
        assertThat(impossible.statusCode()).isEqualTo(400);
        assertThat(json(impossible).at("/errors/0/pointer").stringValue())
                .isEqualTo("/start/pitch");
        assertThat(json(impossible).at("/errors/0/detail").stringValue())
                .isEqualTo("pitch must belong to controls.key Eb major: 64");
    }

    @Test
    void pieceIsDownloadedOnceFinished() throws Exception {
        // Given
        JobId id = gateway.submitted();
        String midi = "/v1/generations/" + id + "/midi";
        HttpResponse<String> early = gateway.get(midi);
        gateway.completed(id);
        // When
        HttpResponse<byte[]> response = gateway.download(gateway.to(midi));
        // Then
        assertThat(early.statusCode()).isEqualTo(409);
        assertThat(json(early).get("type").stringValue()).isEqualTo("/problems/not-ready");
        assertThat(early.headers().firstValue("Retry-After")).isPresent();
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(MIDI);
        assertThat(response.headers().firstValue("Content-Type")).contains("audio/midi");
        assertThat(response.headers().firstValue("ETag")).contains('"' + "ab".repeat(32) + '"');
        assertThat(response.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment; filename=\"partita-")
                .endsWith(".mid\"");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }

    @Test
    void pieceIsRevalidatedPartlyReadAndAskedAbout() throws Exception {
        // Given
        JobId id = gateway.submitted();
        gateway.completed(id);
        String midi = "/v1/generations/" + id + "/midi";
        // When
        HttpResponse<byte[]> unchanged =
                gateway.download(
                        gateway.to(midi).header("If-None-Match", '"' + "ab".repeat(32) + '"'));
        HttpResponse<byte[]> head = gateway.download(gateway.to(midi).HEAD());
        HttpResponse<byte[]> part = gateway.download(gateway.to(midi).header("Range", "bytes=0-3"));
        HttpResponse<String> beyond =
                gateway.send(gateway.to(midi).header("Range", "bytes=1000000-"));
        // Then
        assertThat(unchanged.statusCode()).isEqualTo(304);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("Content-Length")).contains("" + MIDI.length);
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(new byte[] {'M', 'T', 'h', 'd'});
        assertThat(beyond.statusCode()).isEqualTo(416);
        assertThat(beyond.headers().firstValue("Content-Range")).contains("bytes */" + MIDI.length);
        assertThat(beyond.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
    }

    @Test
    void failureIsAStatusWithItsReason() throws Exception {
        // Given
        JobId id = gateway.submitted();
        gateway.lanes()
                .fail(
                        id,
                        gateway.claimed(id).fence(),
                        new JobError(JobError.Code.PROMPT_UNUSABLE, "the prompt is \"odd\""));
        // When
        JsonNode job = json(gateway.get("/v1/generations/" + id));
        HttpResponse<String> midi = gateway.get("/v1/generations/" + id + "/midi");
        // Then
        assertThat(job.get("status").stringValue()).isEqualTo("failed");
        assertThat(job.at("/error/type").stringValue()).isEqualTo("/problems/prompt-unusable");
        assertThat(job.at("/error/detail").stringValue()).isEqualTo("the prompt is \"odd\"");
        assertThat(midi.statusCode()).isEqualTo(409);
        assertThat(json(midi).get("type").stringValue()).isEqualTo("/problems/no-result");
    }

    @Test
    void cancelingIsIdempotentAndNeverAnError() throws Exception {
        // Given
        JobId queued = gateway.submitted();
        JobId done = gateway.submitted();
        gateway.completed(done);
        // When
        HttpResponse<String> first = gateway.send(gateway.to("/v1/generations/" + queued).DELETE());
        HttpResponse<String> second =
                gateway.send(gateway.to("/v1/generations/" + queued).DELETE());
        HttpResponse<String> late = gateway.send(gateway.to("/v1/generations/" + done).DELETE());
        // Then
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(json(first).get("status").stringValue()).isEqualTo("canceled");
        assertThat(json(second)).isEqualTo(json(first));
        assertThat(json(late).get("status").stringValue()).isEqualTo("succeeded");
    }

    @Test
    void repeatedSubmissionFindsTheFirst() throws Exception {
        // Given
        HttpResponse<String> first = gateway.submit(PLAIN, "Idempotency-Key", "\"a key\"");
        // When
        HttpResponse<String> again = gateway.submit(PLAIN, "Idempotency-Key", "\"a key\"");
        HttpResponse<String> other =
                gateway.submit(
                        "{'start':{'kind':'random'},'length':{'notes':7}}",
                        "Idempotency-Key",
                        "\"a key\"");
        // Then
        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
        assertThat(json(again).get("id")).isEqualTo(json(first).get("id"));
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(json(other).get("type").stringValue())
                .isEqualTo("/problems/idempotency-key-reused");
    }

    @Test
    void waitingSubmissionAnswersWithTheFinishedPiece() throws Exception {
        // Given
        Thread worker =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                JobId id = null;
                                while (id == null) {
                                    Thread.sleep(20);
                                    id = anyJob();
                                }
                                gateway.completed(id);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
        // When
        HttpResponse<String> response = gateway.submit(PLAIN, "Prefer", "wait=20");
        // Then
        worker.join();
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Preference-Applied")).contains("wait=20");
        assertThat(json(response).get("status").stringValue()).isEqualTo("succeeded");
        assertThat(json(response).at("/result/notes").intValue()).isEqualTo(500);
    }

    @Test
    void waitingEndsInTime() throws Exception {
        // When
        HttpResponse<String> response = gateway.submit(PLAIN, "Prefer", "wait=1");
        // Then
        assertThat(response.statusCode()).isEqualTo(202);
    }

    @Test
    void aJobThatCannotBeWaitedForIsStillAccepted() throws Exception {
        // Given
        try (RunningGateway narrow =
                        RunningGateway.withRecordingQueue(Map.of("partita.limits.streams", "1"));
                InputStream _ =
                        narrow.open(narrow.to("/v1/generations/" + narrow.submitted() + "/events"))
                                .body()) {
            // When
            HttpResponse<String> response = narrow.submit(PLAIN, "Prefer", "wait=20");
            // Then
            assertThat(response.statusCode()).isEqualTo(202);
            assertThat(response.headers().firstValue("Preference-Applied")).isEmpty();
            assertThat(json(response).get("status").stringValue()).isEqualTo("queued");
        }
    }

    @Test
    void streamTellsTheWholeStoryInOrder() throws Exception {
        // Given
        JobId id = gateway.submitted();
        HttpResponse<InputStream> response =
                gateway.open(gateway.to("/v1/generations/" + id + "/events"));
        List<ServerSentEvent> events = new ArrayList<>();
        try (BufferedReader lines = reader(response)) {
            events.add(next(lines));
            events.add(next(lines));
            // When
            Claim.Granted claim = gateway.claimed(id);
            gateway.lanes()
                    .progress(
                            List.of(
                                    new JobProgress(
                                            id,
                                            claim.fence(),
                                            new Progress(1, 500),
                                            new NotesChunk(
                                                    0,
                                                    List.of(
                                                            new NotesChunk.ComposedNote(
                                                                    0, 24, 60, 80, 0)),
                                                    24,
                                                    96))),
                            LEASE);
            gateway.lanes().complete(id, claim.fence(), null, MIDI, RunningGateway.RESULT);
            ServerSentEvent event = next(lines);
            while (event != null) {
                events.add(event);
                event = next(lines);
            }
        }
        // Then
        assertThat(response.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("text/event-stream");
        assertThat(events)
                .extracting(ServerSentEvent::type)
                .containsExactly("queued", "position", "started", "notes", "progress", "succeeded");
        assertThat(events.get(1))
                .isEqualTo(
                        new ServerSentEvent(null, "position", "{\"position\":0,\"etaSeconds\":0}"));
        assertThat(events.get(3).data())
                .isEqualTo(
                        "{\"from\":0,\"notes\":[[0,24,60,80,0]],\"stepsPerQuarter\":24,\"tempoBpm\":96.0}");
    }

    @Test
    void cutStreamResumesWithoutGapOrRepetition() throws Exception {
        // Given
        JobId id = gateway.submitted();
        Claim.Granted claim = gateway.claimed(id);
        for (int i = 1; i <= 30; i++) {
            gateway.lanes()
                    .progress(
                            List.of(new JobProgress(id, claim.fence(), new Progress(i, 500), null)),
                            LEASE);
        }
        gateway.lanes().complete(id, claim.fence(), null, MIDI, RunningGateway.RESULT);
        List<ServerSentEvent> whole = readAll(id, null);
        // When
        List<ServerSentEvent> pieced = new ArrayList<>();
        String last = null;
        while (pieced.size() < whole.size()) {
            HttpResponse<InputStream> response = gateway.open(events(id, last));
            try (BufferedReader lines = reader(response)) {
                for (int i = 0; i < 3; i++) {
                    ServerSentEvent event = next(lines);
                    if (event == null) {
                        break;
                    }
                    pieced.add(event);
                    last = event.id();
                }
            }
        }
        // Then
        assertThat(whole).hasSize(33);
        assertThat(pieced).isEqualTo(whole);
        assertThat(gateway.open(events(id, last)).statusCode()).isEqualTo(204);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {'start':{'kind':'random'},'length':{'notes':500},'lenght':1} | validation-failed | /lenght        | unknown field lenght
                    {'start':{'kind':'note','pitch':200},'length':{'notes':500}}  | validation-failed | /start/pitch   | pitch out of range 0..127: 200
                    {'start':{'kind':'random'},'length':{'notes':-1}}             | validation-failed | /length/notes  | notes out of range 1..20000: -1
                    {'start':{'kind':'random'},'length':{'notes':5},'model':'x'}  | validation-failed | /model         | unknown model x; known: piano
                    {'start':{'kind':'midi','data':'TVRoZAAAAAYAAAABAGBNVHJrAAAABAD/LwA='},'length':{'notes':5}} | validation-failed | /start/data | no notes
                    {'start':{'kind':'midi','data':'TVRoZAAAAAYAAAABAGBNVHJr'},'length':{'notes':5}} | validation-failed | /start/data | data
                    {'start':                                                     | malformed-json    | ''             | not valid JSON
                    """)
    void badBodyIsNamedWithFieldAndRange(String body, String type, String pointer, String detail)
            throws Exception {
        // When
        HttpResponse<String> response = gateway.submit(body);
        // Then
        JsonNode problem = json(response);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        assertThat(problem.get("type").stringValue()).isEqualTo("/problems/" + type);
        assertThat(problem.at("/errors/0/pointer").stringValue()).isEqualTo(pointer);
        assertThat(problem.at("/errors/0/detail").stringValue()).contains(detail);
        assertThat(response.headers().allValues("RateLimit")).hasSize(1);
        assertThat(gateway.get("/problems/" + type).statusCode()).isEqualTo(200);
    }

    @Test
    void bodyOfTwentyKilobytesIsTooLarge() throws Exception {
        for (String body :
                List.of(
                        "{'start':{'kind':'random'},'length':{'notes':5}"
                                + " ".repeat(20_000)
                                + "}",
                        "x".repeat(20_000),
                        "x".repeat(2_000_000))) {
            // When
            HttpResponse<String> response = gateway.submit(body);
            // Then
            assertThat(response.statusCode()).isEqualTo(413);
            assertThat(json(response).get("detail").stringValue()).contains("16384 bytes");
        }
    }

    @Test
    void otherMediaTypesAndMethodsAreRefused() throws Exception {
        // When
        HttpResponse<String> form =
                gateway.send(
                        gateway.to("/v1/generations")
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("a=b")));
        HttpResponse<String> put =
                gateway.send(gateway.to("/v1/generations").PUT(BodyPublishers.noBody()));
        HttpResponse<String> trace =
                gateway.send(gateway.to("/v1/queue").method("TRACE", BodyPublishers.noBody()));
        HttpResponse<String> html =
                gateway.send(gateway.to("/v1/queue").header("Accept", "text/html"));
        // Then
        assertThat(form.statusCode()).isEqualTo(415);
        assertThat(put.statusCode()).isEqualTo(405);
        assertThat(put.headers().firstValue("Allow")).contains("POST");
        assertThat(trace.statusCode()).isEqualTo(405);
        assertThat(html.statusCode()).isEqualTo(406);
        assertThat(List.of(form, put, html))
                .allSatisfy(response ->
                        assertThat(response.headers().firstValue("Content-Type"))
                                .contains("application/problem+json"));
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/generations/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, 404",
        "/v1/generations/nonsense, 404",
        "/v1/generations/..%2f..%2fetc, 400",
        "/v1/generations/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/midi, 404",
        "/v1/generations/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/events, 404",
        "/v1/nothing, 404",
        "/problems/nothing, 404",
        "/nothing.js, 404",
        "/actuator/env, 404",
        "/v1/%00, 400",
    })
    void unknownAddressIsAProblemDocument(String path, int status) throws Exception {
        // When
        HttpResponse<String> response = gateway.get(path);
        // Then
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("application/problem+json");
        assertThat(json(response).get("status").intValue()).isEqualTo(status);
        assertThat(response.body()).doesNotContain("Exception", "Tomcat", "\tat ");
    }

    @Test
    void submissionWithoutQueueLeavesNothingBehind() throws Exception {
        // Given
        gateway.queue().setDown(true);
        // When
        HttpResponse<String> response = gateway.submit(PLAIN, "Idempotency-Key", "k");
        // Then
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(json(response).get("type").stringValue())
                .isEqualTo("/problems/service-unavailable");
        assertThat(json(gateway.get("/v1/queue")).get("queued").intValue()).isZero();
        gateway.queue().setDown(false);
        assertThat(gateway.submit(PLAIN, "Idempotency-Key", "k").statusCode()).isEqualTo(202);
    }

    @Test
    void withoutRedisTheAnswerComesWithinASecondAndNothingIsLost() throws Exception {
        // Given
        JobId id = gateway.submitted();
        gateway.redis().stopServer();
        List<Duration> times = new ArrayList<>();
        List<HttpResponse<String>> responses = new ArrayList<>();
        // When
        for (int i = 0; i < 5; i++) {
            long start = System.nanoTime();
            responses.add(gateway.submit(PLAIN));
            times.add(Duration.ofNanos(System.nanoTime() - start));
        }
        gateway.redis().startServer();
        // Then
        assertThat(responses)
                .allSatisfy(response -> {
                    assertThat(response.statusCode()).isEqualTo(503);
                    assertThat(response.headers().firstValue("Retry-After")).isPresent();
                });
        assertThat(times.stream().sorted().toList().get(2)).isLessThan(Duration.ofSeconds(1));
        assertThat(eventually("/v1/generations/" + id).statusCode()).isEqualTo(200);
        assertThat(gateway.submit(PLAIN).statusCode()).isEqualTo(202);
    }

    @Test
    void modelsAndQueueAreTold() throws Exception {
        // Given
        gateway.submitted();
        // When
        JsonNode models = json(gateway.get("/v1/models"));
        JsonNode queue = json(gateway.get("/v1/queue"));
        // Then
        assertThat(models.get("defaultModel").stringValue()).isEqualTo("piano");
        assertThat(models.at("/models/0/instruments/0/highestPitch").intValue()).isEqualTo(108);
        assertThat(models.at("/models/0/styles").valueStream())
                .extracting(JsonNode::stringValue)
                .containsExactly("unknown", "Chopin", "Żeleński");
        assertThat(models.at("/scales/0/name").stringValue()).isEqualTo("major");
        assertThat(models.at("/scales/0/semitones/2").intValue()).isEqualTo(4);
        assertThat(queue.get("queued").intValue()).isEqualTo(1);
        assertThat(queue.get("lanes").intValue()).isEqualTo(4);
        assertThat(queue.get("backlogSeconds").doubleValue()).isPositive();
    }

    @Test
    void aModelThatOneOfTheWorkersLacksIsNotOffered() throws Exception {
        // Given
        assertThat(json(gateway.get("/v1/models")).get("models")).hasSize(1);
        gateway.lanes()
                .heartbeat(
                        new WorkerStatus("other", 1, "CPU (AVX2)", List.of()),
                        Duration.ofMinutes(1));
        try {
            // When
            Thread.sleep(Duration.ofMillis(1_100));
            // Then
            assertThat(json(gateway.get("/v1/models")).get("models")).isEmpty();
        } finally {
            gateway.lanes().goodbye("other");
            Thread.sleep(Duration.ofMillis(1_100));
        }
    }

    @Test
    void everyAnswerTellsBrowsersToTrustNothingElse() throws Exception {
        for (String path : List.of("/", "/v1/queue", "/v1/nothing", "/actuator/health/liveness")) {
            // When
            HttpResponse<String> response = gateway.get(path);
            // Then
            assertThat(response.headers().map())
                    .containsKeys(
                            "content-security-policy",
                            "x-content-type-options",
                            "referrer-policy",
                            "cross-origin-opener-policy")
                    .doesNotContainKey("server");
        }
    }

    @Test
    void siteIsServedBesideTheApi() throws Exception {
        // When
        HttpResponse<String> home = gateway.get("/");
        HttpResponse<String> about = gateway.get("/about");
        HttpResponse<String> aboutSlash = gateway.get("/about/");
        HttpResponse<String> hashed = gateway.get("/assets/app-1a2b3c4d.js");
        HttpResponse<String> manifest = gateway.get("/site.webmanifest");
        HttpResponse<String> midi = gateway.get("/example.mid");
        HttpResponse<byte[]> zipped =
                gateway.download(
                        gateway.to("/assets/app-1a2b3c4d.js").header("Accept-Encoding", "gzip"));
        // Then
        assertThat(home.body()).contains("Home");
        assertThat(home.headers().firstValue("Cache-Control")).contains("no-cache");
        assertThat(home.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(about.body()).contains("About");
        assertThat(aboutSlash.body()).contains("About");
        assertThat(hashed.headers().firstValue("Cache-Control"))
                .contains("max-age=31536000, public, immutable");
        assertThat(hashed.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("text/javascript");
        assertThat(manifest.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("application/manifest+json");
        assertThat(midi.headers().firstValue("Content-Type")).contains("audio/midi");
        assertThat(zipped.headers().firstValue("Content-Encoding")).contains("gzip");
        HttpResponse<String> lost =
                gateway.send(gateway.to("/nowhere").header("Accept", "text/html,*/*;q=0.8"));
        assertThat(lost.statusCode()).isEqualTo(404);
        assertThat(lost.body()).contains("Lost");
        assertThat(gateway.get("/../gateway.yml").statusCode()).isGreaterThanOrEqualTo(400);
    }

    @Test
    void livenessDoesNotDependOnTheBroker() throws Exception {
        // When
        int alive = gateway.get("/actuator/health/liveness").statusCode();
        int ready = gateway.get("/actuator/health/readiness").statusCode();
        // Then: there is no broker in this test
        assertThat(alive).isEqualTo(200);
        assertThat(ready).isEqualTo(503);
    }

    private static @Nullable JobId anyJob() {
        try (var connection = gateway.redis().connections().getConnection()) {
            var ids =
                    connection
                            .zSetCommands()
                            .zRange("{partita}:queue".getBytes(StandardCharsets.UTF_8), 0, 0);
            return ids == null || ids.isEmpty()
                    ? null
                    : new JobId(new String(ids.iterator().next(), StandardCharsets.UTF_8));
        }
    }

    private static HttpResponse<String> eventually(String path) throws Exception {
        HttpResponse<String> response = gateway.get(path);
        for (int i = 0; i < 100 && response.statusCode() == 503; i++) {
            Thread.sleep(100);
            response = gateway.get(path);
        }
        return response;
    }

    private static List<ServerSentEvent> readAll(JobId id, @Nullable String last) throws Exception {
        List<ServerSentEvent> events = new ArrayList<>();
        try (BufferedReader lines = reader(gateway.open(events(id, last)))) {
            ServerSentEvent event = next(lines);
            while (event != null) {
                events.add(event);
                event = next(lines);
            }
        }
        return events;
    }

    private static java.net.http.HttpRequest.Builder events(JobId id, @Nullable String last) {
        var request = gateway.to("/v1/generations/" + id + "/events");
        return last == null ? request : request.header("Last-Event-ID", last);
    }

    private record ServerSentEvent(@Nullable String id, String type, String data) {}

    private static BufferedReader reader(HttpResponse<InputStream> response) {
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    private static @Nullable ServerSentEvent next(BufferedReader lines) throws IOException {
        String id = null;
        String type = null;
        String line = lines.readLine();
        while (line != null) {
            if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("event: ")) {
                type = line.substring(7);
            } else if (line.startsWith("data: ") && type != null) {
                lines.readLine();
                return new ServerSentEvent(id, type, line.substring(6));
            }
            line = lines.readLine();
        }
        return null;
    }
}
