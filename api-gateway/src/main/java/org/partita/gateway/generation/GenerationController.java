package org.partita.gateway.generation;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.partita.gateway.client.Client;
import org.partita.gateway.client.Quotas;
import org.partita.gateway.client.Streams;
import org.partita.gateway.problem.ProblemException;
import org.partita.gateway.problem.ProblemType;
import org.partita.protocol.GenerationRequest;
import org.partita.protocol.JobCodec;
import org.partita.protocol.JobId;
import org.partita.protocol.JobSnapshot;
import org.partita.protocol.JobState;
import org.partita.protocol.JobStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.dao.DataAccessException;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The calls under {@code /v1/generations}. */
@RestController
@RequestMapping("/v1/generations")
class GenerationController {

    private static final Logger LOG = LoggerFactory.getLogger(GenerationController.class);
    private static final MediaType MIDI = MediaType.valueOf("audio/midi");
    private static final Pattern WAIT = Pattern.compile("(?:^|[,;\\s])wait=([0-9]{1,4})(?![0-9])");
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e][\\x20-\\x7e]{0,253}");
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final Generations generations;
    private final Quotas quotas;
    private final SubmissionBody body;
    private final JobStore store;
    private final EventBell bell;
    private final Clock clock;
    private final GenerationProperties properties;
    private final Streams streams;

    GenerationController(
            Generations generations,
            Quotas quotas,
            JobCodec codec,
            JobStore store,
            EventBell bell,
            Clock clock,
            GenerationProperties properties,
            Streams streams) {
        this.generations = generations;
        this.quotas = quotas;
        this.body = new SubmissionBody(codec);
        this.store = store;
        this.bell = bell;
        this.clock = clock;
        this.properties = properties;
        this.streams = streams;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<GenerationResource> submit(
            HttpServletRequest http,
            HttpServletResponse response,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestHeader(name = "Prefer", required = false) @Nullable String prefer,
            @RequestHeader(name = "traceparent", required = false) @Nullable String traceparent)
            throws IOException, InterruptedException {
        Client client = Client.of(http);
        // Whatever the answer will be, a problem too.
        quotas.takeSubmission(client)
                .forEach(
                        (name, values) -> values.forEach(value -> response.addHeader(name, value)));
        GenerationRequest request = body.read(http);
        Generations.Accepted accepted =
                generations.submit(request, client, readKey(key), traceparent);
        return answer(accepted, readWait(prefer), client);
    }

    @GetMapping("/{id}")
    ResponseEntity<GenerationResource> find(@PathVariable String id) {
        return resource(generations.find(jobId(id)), new HttpHeaders(), HttpStatus.OK);
    }

    @DeleteMapping("/{id}")
    ResponseEntity<GenerationResource> cancel(@PathVariable String id) {
        return resource(generations.cancel(jobId(id)), new HttpHeaders(), HttpStatus.OK);
    }

    @GetMapping("/{id}/midi")
    ResponseEntity<Resource> midi(
            @PathVariable String id,
            @RequestHeader(name = "Range", required = false) @Nullable String range) {
        JobSnapshot job = generations.find(jobId(id));
        if (!(job.state() instanceof JobState.Succeeded succeeded)) {
            throw withoutPiece(job);
        }
        byte[] midi =
                store.midi(job.id())
                        .orElseThrow(() ->
                                new ProblemException(
                                        ProblemType.GONE, "the piece has been forgotten"));
        Resource piece = new ByteArrayResource(midi);
        requireSatisfiable(range, piece, midi.length);
        return ResponseEntity.ok()
                .contentType(MIDI)
                .eTag("\"" + succeeded.result().sha256() + "\"")
                .cacheControl(CacheControl.maxAge(Duration.ofHours(1)).cachePrivate().immutable())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("partita-" + job.id().value().substring(0, 8) + ".mid")
                                .build()
                                .toString())
                .body(piece);
    }

    /** Spring itself would answer with the whole file and the status of an error. */
    private static void requireSatisfiable(@Nullable String range, Resource piece, int length) {
        try {
            HttpRange.toResourceRegions(HttpRange.parseRanges(range), piece);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                            ProblemType.RANGE_NOT_SATISFIABLE,
                            "the piece has %d bytes".formatted(length))
                    .header(HttpHeaders.CONTENT_RANGE, "bytes */" + length);
        }
    }

    @GetMapping("/{id}/events")
    void events(
            @PathVariable String id,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            HttpServletRequest request,
            HttpServletResponse response) {
        JobSnapshot job = generations.find(jobId(id));
        if (request.getMethod().equals("HEAD")) {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            return;
        }
        EventStream stream = new EventStream(store, bell, clock, properties, job.id());
        String after = EventStream.resumeAfter(lastEventId);
        if (stream.finishedAfter(after, job)) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return;
        }
        Client client = Client.of(request);
        enterStream(client);
        try {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE + ";charset=UTF-8");
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            // Nginx would otherwise hold events back until its buffer is full.
            response.setHeader("X-Accel-Buffering", "no");
            stream.write(after, response);
        } catch (IOException | DataAccessException e) {
            // The client hung up, or Redis went: the stream ends and can be resumed exactly.
            LOG.atDebug().addKeyValue("job", job.id()).setCause(e).log("stream ended early");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            streams.leave(client);
        }
    }

    private void enterStream(Client client) {
        if (!streams.tryEnter(client)) {
            throw new ProblemException(
                            ProblemType.TEMPORARY_REDUCED_CAPACITY,
                            "too many streams are open at the same time")
                    .retryAfter(Duration.ofSeconds(5));
        }
    }

    private ResponseEntity<GenerationResource> answer(
            Generations.Accepted accepted, @Nullable Duration wait, Client client)
            throws InterruptedException {
        HttpHeaders headers = new HttpHeaders();
        headers.setLocation(URI.create("/v1/generations/" + accepted.id().value()));
        if (accepted.replayed()) {
            headers.set("Idempotency-Replayed", "true");
        }
        // A preference may be ignored (RFC 7240); the job stands, so the answer is no refusal.
        if (wait == null || !streams.tryEnter(client)) {
            return resource(generations.find(accepted.id()), headers, HttpStatus.ACCEPTED);
        }
        JobSnapshot job;
        try {
            job = generations.await(accepted.id(), wait);
        } finally {
            streams.leave(client);
        }
        boolean ended = job.state() instanceof JobState.Terminal;
        headers.set("Preference-Applied", "wait=" + wait.toSeconds());
        return resource(job, headers, ended ? HttpStatus.OK : HttpStatus.ACCEPTED);
    }

    private static ResponseEntity<GenerationResource> resource(
            JobSnapshot job, HttpHeaders headers, HttpStatus status) {
        headers.setCacheControl(CacheControl.noStore());
        if (!(job.state() instanceof JobState.Terminal)) {
            headers.set(HttpHeaders.RETRY_AFTER, Long.toString(secondsUntilNextLook(job)));
        }
        return new ResponseEntity<>(GenerationResource.of(job), headers, status);
    }

    private static long secondsUntilNextLook(JobSnapshot job) {
        Long eta =
                job.place() == null ? null : GenerationResource.secondsUp(job.place().untilStart());
        return eta == null ? 1 : Math.clamp(eta, 1, 10);
    }

    private static ProblemException withoutPiece(JobSnapshot job) {
        if (job.state() instanceof JobState.Terminal) {
            return new ProblemException(
                    ProblemType.NO_RESULT,
                    "the generation ended as " + job.state().status() + " and has no piece");
        }
        return new ProblemException(
                        ProblemType.NOT_READY, "the generation is " + job.state().status())
                .retryAfter(Duration.ofSeconds(secondsUntilNextLook(job)));
    }

    private static JobId jobId(String text) {
        if (!JobId.isJobId(text)) {
            throw Generations.unknown();
        }
        return new JobId(text);
    }

    /** The key is a structured-field string; a bare word is taken, too. */
    private static @Nullable String readKey(@Nullable String header) {
        if (header == null) {
            return null;
        }
        String key = header.strip();
        if (key.length() >= 2 && key.startsWith("\"") && key.endsWith("\"")) {
            key = key.substring(1, key.length() - 1);
        }
        if (!KEY.matcher(key).matches()) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST,
                    "Idempotency-Key must be 1..254 printable ASCII characters");
        }
        return key;
    }

    private static @Nullable Duration readWait(@Nullable String prefer) {
        if (prefer == null) {
            return null;
        }
        Matcher matcher = WAIT.matcher(prefer);
        if (!matcher.find()) {
            return null;
        }
        Duration wait = Duration.ofSeconds(Long.parseLong(matcher.group(1)));
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }
}
