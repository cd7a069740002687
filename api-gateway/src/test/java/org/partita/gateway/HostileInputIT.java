package org.partita.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.partita.gateway.RunningGateway.json;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.partita.music.Scale;
import org.partita.protocol.Controls;
import org.partita.protocol.GenerationRequest;
import org.partita.protocol.JobError;
import org.partita.protocol.JobId;
import org.partita.protocol.Length;
import org.partita.protocol.PitchRange;
import org.partita.protocol.Sampling;
import org.partita.protocol.Start;
import org.partita.protocol.WholeRange;
import tools.jackson.databind.JsonNode;

/** Whatever is sent, the answer is one that the OpenAPI document describes, and never a 5xx. */
class HostileInputIT {

    private static final String SUBMIT = "/v1/generations";
    private static final String CONTROLS = "/controls/properties/";
    private static final String ONE = "/v1/generations/{id}";
    private static final int BODIES = Integer.getInteger("partita.fuzz.bodies", 3_000);
    private static final List<String> SEEDS =
            List.of(
                    "{'start':{'kind':'random'},'length':{'notes':500}}",
                    "{'start':{'kind':'note','pitch':60},'length':{'bars':8},'seed':42,'sampling':{'temperature':0.9,'topK':40,'topP':0.95,'minP':0.02}}",
                    "{'model':'piano','start':{'kind':'note','pitch':60},'length':{'seconds':30},'tempoBpm':96,'meter':'3/4','includePrompt':true,'deadlineSeconds':60}",
                    "{'start':{'kind':'note','pitch':63},'length':{'notes':9},'style':'Chopin','controls':{'key':{'tonic':'Eb','scale':'dorian'},'pitchRange':{'lowest':48,'highest':84},'maxPolyphony':4,'maxNotesPerBeat':6}}",
                    "{'start':{'kind':'midi','data':'TVRoZAAAAAYAAAABAGBNVHJrAAAADACQPEAwgDxAAP8vAA=='},'length':{'notes':5}}");
    private static final List<String> SPICES =
            List.of(
                    "null",
                    "-1",
                    "1e400",
                    "99999999999999999999",
                    "0.1",
                    "'x'",
                    "{}",
                    "[]",
                    "true",
                    "''",
                    "{'a':{}}",
                    "[[[[[[[[[[[[[[[[[[[[",
                    "\\u0000",
                    "'\uD800'",
                    "'\u202e'",
                    "'<script>'",
                    "'../../etc/passwd'",
                    ",",
                    ":",
                    "}",
                    "NaN",
                    "1.0");

    private static RunningGateway gateway;
    private static ApiDescription api;

    @BeforeAll
    static void startGateway() throws Exception {
        gateway =
                RunningGateway.withRecordingQueue(
                        Map.of(
                                "partita.limits.submissions-per-minute", "10000000",
                                "partita.limits.unfinished-per-client", "10000000",
                                "partita.limits.queued-jobs", "10000000",
                                "partita.limits.longest-wait", "100d"));
        gateway.workerLives();
        api = new ApiDescription(gateway.get("/v1/openapi.json").body());
    }

    @AfterAll
    static void stopGateway() {
        gateway.close();
    }

    @Test
    void mutatedBodiesAreAcceptedOrRefusedButNeverBreakAnything() throws Exception {
        // Given
        Random random = new Random(20261123);
        Map<Integer, Integer> statuses = new TreeMap<>();
        for (int i = 0; i < BODIES; i++) {
            byte[] body = mutate(SEEDS.get(random.nextInt(SEEDS.size())), random);
            // When
            HttpResponse<String> response =
                    gateway.send(
                            gateway.to(SUBMIT)
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofByteArray(body)));
            // Then
            statuses.merge(response.statusCode(), 1, Integer::sum);
            api.judge("POST", SUBMIT, response);
            assertThat(response.statusCode())
                    .as(new String(body, StandardCharsets.UTF_8))
                    .isLessThan(500);
            if (response.statusCode() == 400) {
                assertThat(json(response).at("/errors/0/detail").stringValue()).isNotBlank();
            }
            assertThat(response.body())
                    .doesNotContain("Exception", "org.partita", "tools.jackson", "\tat ");
        }
        assertThat(statuses.keySet()).contains(202, 400);
    }

    @Test
    void strangeHeadersAndAddressesNeverBreakAnything() throws Exception {
        // Given
        Random random = new Random(7);
        JobId id = gateway.submitted();
        List<String> names =
                List.of(
                        "Idempotency-Key",
                        "Prefer",
                        "traceparent",
                        "Last-Event-ID",
                        "Range",
                        "If-None-Match",
                        "Accept",
                        "Accept-Language",
                        "Content-Type");
        List<String> values =
                List.of(
                        "",
                        "\"",
                        "\"\"",
                        "wait=-1",
                        "wait=99999999999",
                        "wait=0",
                        "bytes=-",
                        "bytes=5-1,9-,-0",
                        "text/html",
                        "*/*;q=nonsense",
                        "/",
                        ";;;",
                        "0-0",
                        "99999999999999999999-0",
                        "xx-yy",
                        "W/\"",
                        "a".repeat(4_000),
                        "00-0-0-0");
        List<String> addresses =
                List.of(
                        SUBMIT,
                        SUBMIT + "/" + id,
                        SUBMIT + "/" + id + "/midi",
                        "/v1/queue",
                        "/v1/models",
                        SUBMIT + "/%2e%2e/x",
                        "/v1/openapi.json",
                        "/",
                        "/error",
                        SUBMIT + "/" + "z".repeat(3_000),
                        "/actuator",
                        "/actuator/health",
                        "/v1",
                        SUBMIT + "/a;b=c/midi",
                        "/problems/poison",
                        "/%ff");
        List<String> methods = List.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH");
        for (int i = 0; i < 1_000; i++) {
            HttpRequest.Builder request =
                    gateway.to(addresses.get(random.nextInt(addresses.size())))
                            .header(
                                    names.get(random.nextInt(names.size())),
                                    values.get(random.nextInt(values.size())))
                            .method(
                                    methods.get(random.nextInt(methods.size())),
                                    BodyPublishers.noBody());
            // When
            HttpResponse<String> response = gateway.send(request);
            // Then: readiness may say 503, for there is no broker
            URI address = response.uri();
            if (!address.getPath().equals("/actuator/health")) {
                assertThat(response.statusCode()).as(response.request().toString()).isLessThan(500);
            }
            assertThat(response.body()).doesNotContain("Exception", "org.partita", "\tat ");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/generations, multipart/form-data, x",
        "POST, /v1/queue, multipart/form-data; boundary=b, --b",
        "PUT, /v1/generations, application/x-www-form-urlencoded, a=%zz",
        "DELETE, /nowhere, application/x-www-form-urlencoded, a=%zz"
    })
    void bodiesOfOtherTypesNeverBreakAnything(
            String method, String address, String type, String body) throws Exception {
        HttpResponse<String> response =
                gateway.send(
                        gateway.to(address)
                                .header("Content-Type", type)
                                .method(method, BodyPublishers.ofString(body)));

        assertThat(response.statusCode()).isBetween(400, 499);
        assertThat(response.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
    }

    @Test
    void thousandsOfMistakesAreNotAllToldOf() throws Exception {
        StringBuilder body = new StringBuilder("{\"midi\":0");
        for (int i = 0; i < 30_000; i++) {
            body.append(",\"x").append(i).append("\":0");
        }

        HttpResponse<String> response = gateway.submit(body.append('}').toString());

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).hasSizeLessThan(20_000);
    }

    @Test
    void everyCallAnswersAsDescribed() throws Exception {
        // Given
        JobId done = gateway.submitted();
        gateway.completed(done);
        JobId failed = gateway.submitted();
        gateway.lanes()
                .fail(
                        failed,
                        gateway.claimed(failed).fence(),
                        new JobError(JobError.Code.GENERATION_FAILED, "it failed"));
        JobId running = gateway.submitted();
        gateway.claimed(running);
        JobId queued = gateway.submitted();
        String unknown = "a".repeat(32);
        // Then
        for (String id :
                List.of(done.value(), failed.value(), running.value(), queued.value(), unknown)) {
            String self = SUBMIT + "/" + id;
            api.judge("GET", ONE, gateway.get(self));
            api.judge("GET", ONE + "/midi", gateway.get(self + "/midi"));
            api.judge("DELETE", ONE, gateway.send(gateway.to(self).DELETE()));
        }
        for (String body : SEEDS.subList(0, 4)) {
            api.judge("POST", SUBMIT, gateway.submit(body));
        }
        api.judge("POST", SUBMIT, gateway.submit(SEEDS.get(0), "Idempotency-Key", "same"));
        api.judge("POST", SUBMIT, gateway.submit(SEEDS.get(0), "Idempotency-Key", "same"));
        api.judge("POST", SUBMIT, gateway.submit(SEEDS.get(1), "Idempotency-Key", "same"));
        api.judge("POST", SUBMIT, gateway.submit(SEEDS.get(0), "Accept", "text/html"));
        api.judge("POST", SUBMIT, gateway.submit("x".repeat(20_000)));
        api.judge("POST", SUBMIT, gateway.submit(SEEDS.get(0), "Prefer", "wait=0"));
        api.judge("GET", "/v1/models", gateway.get("/v1/models"));
        api.judge("GET", "/v1/queue", gateway.get("/v1/queue"));
        api.judge("GET", ONE + "/events", gateway.get(SUBMIT + "/" + done + "/events"));
        gateway.queue().setDown(true);
        HttpResponse<String> unavailable = gateway.submit(SEEDS.get(0));
        gateway.queue().setDown(false);
        api.judge("POST", SUBMIT, unavailable);
        assertThat(unavailable.statusCode()).isEqualTo(503);
    }

    @Test
    void describedRangesAreTheOnesThatAreChecked() {
        // Given
        JsonNode request = api.document().at("/components/schemas/GenerationRequest/properties");
        Map<String, WholeRange> ranges =
                Map.ofEntries(
                        Map.entry("/seed", GenerationRequest.SEED),
                        Map.entry("/tempoBpm", GenerationRequest.TEMPO_BPM),
                        Map.entry("/deadlineSeconds", GenerationRequest.DEADLINE_SECONDS),
                        Map.entry("/start/oneOf/1/properties/pitch", Start.ChosenNote.PITCH),
                        Map.entry("/length/oneOf/0/properties/notes", Length.Notes.RANGE),
                        Map.entry("/length/oneOf/1/properties/bars", Length.Bars.RANGE),
                        Map.entry("/length/oneOf/2/properties/seconds", Length.Seconds.RANGE),
                        Map.entry("/sampling/properties/topK", Sampling.TOP_K),
                        Map.entry(CONTROLS + "maxPolyphony", Controls.MAX_POLYPHONY),
                        Map.entry(CONTROLS + "maxNotesPerBeat", Controls.MAX_NOTES_PER_BEAT),
                        Map.entry(CONTROLS + "pitchRange/properties/lowest", PitchRange.LOWEST),
                        Map.entry(CONTROLS + "pitchRange/properties/highest", PitchRange.HIGHEST));
        // Then
        ranges.forEach((pointer, range) -> {
            assertThat(request.at(pointer).path("minimum").asLong())
                    .as(pointer)
                    .isEqualTo(range.min());
            assertThat(request.at(pointer).path("maximum").asLong())
                    .as(pointer)
                    .isEqualTo(range.max());
        });
        assertThat(request.at(CONTROLS + "key/properties/scale/enum").valueStream())
                .extracting(JsonNode::stringValue)
                .containsExactlyElementsOf(
                        Arrays.stream(Scale.values()).map(Scale::written).toList());
        assertThat(request.at("/sampling/properties/temperature/maximum").asDouble())
                .isEqualTo(Sampling.TEMPERATURE.max());
        assertThat(request.at("/sampling/properties/topP/minimum").asDouble())
                .isEqualTo(Sampling.TOP_P.min());
    }

    @Test
    void withoutBrokerTheAnswerComesWithinASecondAndTheQuotaEnds() throws Exception {
        // Given
        try (RunningGateway lonely =
                RunningGateway.withoutBroker(
                        Map.of("partita.limits.submissions-per-minute", "6"))) {
            lonely.workerLives();
            List<Duration> times = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                // When
                long start = System.nanoTime();
                HttpResponse<String> response = lonely.submit(SEEDS.getFirst());
                times.add(Duration.ofNanos(System.nanoTime() - start));
                // Then
                assertThat(response.statusCode()).isEqualTo(503);
                assertThat(response.headers().firstValue("Retry-After")).contains("5");
                api.judge("POST", SUBMIT, response);
            }
            HttpResponse<String> seventh = lonely.submit(SEEDS.getFirst());
            assertThat(times.stream().sorted().toList().get(3)).isLessThan(Duration.ofSeconds(1));
            assertThat(json(lonely.get("/v1/queue")).get("queued").intValue()).isZero();
            assertThat(seventh.statusCode()).isEqualTo(429);
            assertThat(seventh.headers().firstValue("RateLimit").orElseThrow())
                    .startsWith("\"submissions\";r=0;t=");
            assertThat(seventh.headers().firstValue("Retry-After")).isPresent();
            api.judge("POST", SUBMIT, seventh);
        }
    }

    private static byte[] mutate(String seed, Random random) {
        StringBuilder text = new StringBuilder(seed);
        for (int change = random.nextInt(4); change > 0; change--) {
            int at = random.nextInt(text.length() + 1);
            switch (random.nextInt(5)) {
                case 0 -> text.insert(at, SPICES.get(random.nextInt(SPICES.size())));
                case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(8)));
                case 2 -> {
                    int colon = text.indexOf(":", at);
                    if (colon > 0) {
                        int end = colon + 1;
                        while (end < text.length() && ",}".indexOf(text.charAt(end)) < 0) {
                            end++;
                        }
                        text.replace(colon + 1, end, SPICES.get(random.nextInt(SPICES.size())));
                    }
                }
                case 3 -> text.insert(at, (char) random.nextInt(0x500));
                default -> text.insert(at, text.substring(0, Math.min(text.length(), 40)));
            }
        }
        byte[] bytes = text.toString().replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 && random.nextInt(10) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }
}
