package org.partita.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.partita.music.Note;
import org.partita.music.Part;
import org.partita.music.Score;
import org.partita.music.Ticks;
import org.partita.music.midi.MidiReader;
import org.partita.music.midi.MidiWriter;
import tools.jackson.databind.JsonNode;

/** From a request over HTTP to a piece that another program can read. */
@Timeout(300)
class CompositionIT {

    @TempDir static Path folder;
    private static Backing backing;
    private static RunningSystem system;
    private static Api api;

    @BeforeAll
    static void startEverything() throws InterruptedException {
        backing = Backing.start();
        system = RunningSystem.start(folder, RunningSystem.WORKER, backing);
        api = system.api();
    }

    @AfterAll
    static void stopEverything() {
        if (system != null) {
            system.close();
        }
        if (backing != null) {
            backing.close();
        }
    }

    @Test
    void aPieceHasExactlyTheNotesAskedFor() throws Exception {
        // Given
        String id = api.submit(request("{\"kind\":\"random\"}", "{\"notes\":120}", 1));

        // When
        Score score = MidiReader.read(api.piece(id), "piece.mid");

        // Then
        assertThat(score.noteCount()).isEqualTo(120);
        assertThat(score.parts())
                .allSatisfy(part ->
                        assertThat(part.notes())
                                .extracting(Note::pitch)
                                .allMatch(pitch -> pitch >= 0 && pitch <= 127));
    }

    @Test
    void aChosenNoteAlsoMakesAPiece() throws Exception {
        // Given
        String id = api.submit(request("{\"kind\":\"note\",\"pitch\":64}", "{\"notes\":40}", 2));

        // When
        Score score = MidiReader.read(api.piece(id), "piece.mid");

        // Then
        assertThat(score.noteCount()).isEqualTo(40);
    }

    @Test
    void aPromptMayBeLargerThanWhatALaneFetches() throws Exception {
        // Given
        Note note = new Note(60, 80, new Ticks(0), new Ticks(96));
        byte[] prompt =
                MidiWriter.write(
                        new Score(
                                96,
                                List.of(new Part("piano", 0, false, List.of(note))),
                                List.of(),
                                List.of(),
                                List.of("x".repeat(250_000))));
        String start =
                "{\"kind\":\"midi\",\"data\":\"%s\"}"
                        .formatted(Base64.getEncoder().encodeToString(prompt));

        // When
        List<String> ids = new ArrayList<>();
        for (int seed = 0; seed < 3; seed++) {
            ids.add(api.submit(request(start, "{\"notes\":30}", seed)));
        }

        // Then
        for (String id : ids) {
            assertThat(MidiReader.read(api.piece(id), "piece.mid").noteCount())
                    .isGreaterThanOrEqualTo(30);
        }
    }

    @Test
    void theSameRequestGivesTheSameBytesAloneAndAmongOthers() throws Exception {
        // Given
        String request = request("{\"kind\":\"random\"}", "{\"notes\":80}", 7);
        byte[] alone = api.piece(api.submit(request));

        // When
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            // Every other one is the same piece; the rest are different neighbours.
            ids.add(
                    api.submit(
                            i % 2 == 0
                                    ? request
                                    : request(
                                            "{\"kind\":\"random\"}",
                                            "{\"notes\":" + (50 + i) + "}",
                                            100 + i)));
        }

        // Then
        for (int i = 0; i < 8; i++) {
            byte[] piece = api.piece(ids.get(i));
            if (i % 2 == 0) {
                assertThat(piece).isEqualTo(alone);
            } else {
                assertThat(MidiReader.read(piece, "neighbour.mid").noteCount()).isEqualTo(50 + i);
            }
        }
    }

    @Test
    void anEventStreamResumesExactly() throws Exception {
        // Given
        String id = api.submit(request("{\"kind\":\"random\"}", "{\"notes\":200}", 3));
        List<Api.Event> beginning = api.events(id, "0", 2);

        // When
        List<Api.Event> rest = api.events(id, beginning.getLast().id(), Integer.MAX_VALUE);

        // Then
        List<Api.Event> resumed = new ArrayList<>(beginning);
        resumed.addAll(rest);
        assertThat(resumed).isEqualTo(api.events(id, "0", Integer.MAX_VALUE));
        assertThat(resumed.getLast().type()).isEqualTo("succeeded");
        assertThat(resumed).extracting(Api.Event::type).contains("queued", "started", "notes");
    }

    @Test
    void aCanceledJobEndsAndStaysCanceled() throws Exception {
        // Given
        String id = api.submit(request("{\"kind\":\"random\"}", "{\"notes\":20000}", 4));
        api.awaitJob(id, job -> job.at("/progress/done").asInt() > 0);

        // When
        HttpResponse<byte[]> first = api.cancel(id);
        HttpResponse<byte[]> second = api.cancel(id);

        // Then
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(api.awaitEnd(id).get("status").asString()).isEqualTo("canceled");
        assertThat(api.get("/v1/generations/" + id + "/midi").statusCode()).isNotEqualTo(200);
    }

    @Test
    void aBadRequestNamesFieldAndRangeAndTheServiceGoesOn() throws Exception {
        // When
        HttpResponse<byte[]> refused =
                api.post(request("{\"kind\":\"note\",\"pitch\":200}", "{\"notes\":10}", 5));

        // Then
        assertThat(refused.statusCode()).isIn(400, 422);
        assertThat(refused.headers().firstValue("Content-Type"))
                .hasValueSatisfying(
                        type -> assertThat(type).startsWith("application/problem+json"));
        JsonNode error = api.tree(refused).get("errors").get(0);
        assertThat(error.get("pointer").asString()).isEqualTo("/start/pitch");
        assertThat(error.get("detail").asString()).contains("0..127");
        assertThat(api.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
    }

    static String request(String start, String length, long seed) {
        return """
        {"model":"%s","start":%s,"length":%s,"seed":%d}\
        """
                .formatted(RunningSystem.model(), start, length, seed);
    }
}
