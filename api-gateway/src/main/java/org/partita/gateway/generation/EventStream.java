package org.partita.gateway.generation;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.partita.protocol.JobEvent;
import org.partita.protocol.JobId;
import org.partita.protocol.JobLookup;
import org.partita.protocol.JobSnapshot;
import org.partita.protocol.JobState;
import org.partita.protocol.JobStore;
import org.partita.protocol.QueuePlace;

/**
 * One client's view of a job's event stream as server-sent events.
 *
 * <p>Every event of the stream carries its id, so that {@code Last-Event-ID} resumes exactly after
 * it. {@code position} events are made up here while the job waits, and carry none.
 */
final class EventStream {

    private static final Pattern STREAM_ID = Pattern.compile("[0-9]{1,15}-[0-9]{1,10}");
    private static final Duration GLANCE = Duration.ofSeconds(1);
    private static final int AT_ONCE = 256;

    private final JobStore store;
    private final EventBell bell;
    private final Clock clock;
    private final GenerationProperties properties;
    private final JobId id;

    EventStream(
            JobStore store,
            EventBell bell,
            Clock clock,
            GenerationProperties properties,
            JobId id) {
        this.store = store;
        this.bell = bell;
        this.clock = clock;
        this.properties = properties;
        this.id = id;
    }

    /** Where to go on after the id a client sent; anything unreadable means the beginning. */
    static String resumeAfter(@Nullable String lastEventId) {
        return lastEventId != null && STREAM_ID.matcher(lastEventId).matches() ? lastEventId : "0";
    }

    /**
     * Whether there is nothing left to tell after that id, which is how a browser learns to stop
     * asking.
     */
    boolean finishedAfter(String lastId, JobSnapshot job) {
        return job.state() instanceof JobState.Terminal && store.events(id, lastId, 1).isEmpty();
    }

    /**
     * Writes events until the job has ended, the client hangs up or the gateway stops.
     *
     * @throws IOException if the client is gone
     */
    void write(String afterId, HttpServletResponse response)
            throws IOException, InterruptedException {
        ServletOutputStream out = response.getOutputStream();
        print(out, "retry: 1000\n\n");
        out.flush();
        String last = afterId;
        String told = "";
        Instant end = clock.instant().plus(properties.longestStream());
        Instant spoken = clock.instant();
        try (EventBell.Ear ear = bell.listen(id)) {
            while (bell.isRunning() && clock.instant().isBefore(end)) {
                List<JobEvent> events = store.events(id, last, AT_ONCE);
                for (JobEvent event : events) {
                    print(
                            out,
                            "id: %s\nevent: %s\ndata: %s\n\n"
                                    .formatted(event.id(), event.type(), event.data()));
                    last = event.id();
                    if (event.last()) {
                        out.flush();
                        return;
                    }
                }
                if (events.isEmpty()) {
                    if (!(store.find(id) instanceof JobLookup.Found found)) {
                        return;
                    }
                    if (finishedAfter(last, found.job())) {
                        return;
                    }
                    QueuePlace place = found.job().place();
                    if (place != null && !json(place).equals(told)) {
                        told = json(place);
                        print(out, "event: position\ndata: " + told + "\n\n");
                    } else if (spoken.plus(properties.heartbeat()).isBefore(clock.instant())) {
                        print(out, ": still here\n\n");
                    } else {
                        ear.await(GLANCE);
                        continue;
                    }
                }
                out.flush();
                spoken = clock.instant();
            }
        }
    }

    private static String json(QueuePlace place) {
        Long eta = GenerationResource.secondsUp(place.untilStart());
        return "{\"position\":"
                + place.position()
                + (eta == null ? "" : ",\"etaSeconds\":" + eta)
                + "}";
    }

    private static void print(ServletOutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
