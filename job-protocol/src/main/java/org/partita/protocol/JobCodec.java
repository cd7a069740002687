package org.partita.protocol;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.partita.music.Scale;
import org.partita.music.Tonality;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON of requests, jobs, events and models.
 *
 * <p>Reading is strict: unknown and repeated fields, wrong types, trailing text and documents
 * nested deeper than {@value #MAX_DEPTH} are refused. Writing has one fixed field order, so that
 * equal values give equal bytes.
 */
public final class JobCodec {

    private static final int MAX_DEPTH = 16;
    private static final int VERSION = 1;

    private final JsonMapper json =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .maxNumberLength(40)
                                                    .maxNameLength(256)
                                                    .maxStringLength(512 * 1024)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();

    /**
     * Reads the body of a submission.
     *
     * @throws MalformedJsonException if it is not one JSON document
     * @throws InvalidRequestException naming everything that is wrong with it
     */
    public GenerationRequest readRequest(byte[] body) {
        List<Violation> violations = new ArrayList<>();
        GenerationRequest request = request(tree(body), "", violations);
        if (!violations.isEmpty() || request == null) {
            throw new InvalidRequestException(violations);
        }
        return request;
    }

    /** Writes a request; absent settings stay absent. */
    public byte[] writeRequest(GenerationRequest request) {
        return json.writeValueAsBytes(tree(request));
    }

    /**
     * Reads a job message.
     *
     * @throws MalformedJsonException if it is not one JSON document
     * @throws InvalidRequestException if it is not a job of this version
     */
    public GenerationJob readJob(byte[] message) {
        List<Violation> violations = new ArrayList<>();
        GenerationJob job = job(tree(message), violations);
        if (!violations.isEmpty() || job == null) {
            throw new InvalidRequestException(violations);
        }
        return job;
    }

    /** Writes a job message. */
    public byte[] writeJob(GenerationJob job) {
        ObjectNode node = json.createObjectNode();
        node.put("version", VERSION);
        node.put("id", job.id().value());
        node.set("request", tree(job.request()));
        node.put("model", job.model());
        node.put("seed", job.seed());
        node.set("sampling", tree(job.sampling()));
        node.put("submittedAt", job.submittedAt().toString());
        node.put("deadline", job.deadline().toString());
        if (job.traceparent() != null) {
            node.put("traceparent", job.traceparent());
        }
        return json.writeValueAsBytes(node);
    }

    /** The data of a {@code notes} event. */
    public byte[] writeNotes(NotesChunk chunk) {
        // A tree would be the most expensive part of telling: written four times a second and
        // piece.
        ByteArrayBuilder bytes = new ByteArrayBuilder(32 + 20 * chunk.notes().size());
        try (JsonGenerator generator = json.createGenerator(bytes)) {
            generator.writeStartObject();
            generator.writeNumberProperty("from", chunk.from());
            generator.writeArrayPropertyStart("notes");
            int[] values = new int[5];
            for (NotesChunk.ComposedNote note : chunk.notes()) {
                values[0] = note.startStep();
                values[1] = note.durationSteps();
                values[2] = note.pitch();
                values[3] = note.velocity();
                values[4] = note.part();
                generator.writeArray(values, 0, values.length);
            }
            generator.writeEndArray();
            generator.writeNumberProperty("stepsPerQuarter", chunk.stepsPerQuarter());
            generator.writeNumberProperty("tempoBpm", chunk.tempoBpm());
            generator.writeEndObject();
        }
        return bytes.toByteArray();
    }

    byte[] writeWorker(WorkerStatus worker) {
        return json.writeValueAsBytes(worker);
    }

    WorkerStatus readWorker(byte[] message) {
        return json.readValue(message, WorkerStatus.class);
    }

    byte[] writeResult(GenerationResult result) {
        return json.writeValueAsBytes(result);
    }

    GenerationResult readResult(byte[] message) {
        return json.readValue(message, GenerationResult.class);
    }

    byte[] writeError(JobError error) {
        ObjectNode node = json.createObjectNode();
        node.put("code", error.code().written());
        node.put("detail", error.detail());
        return json.writeValueAsBytes(node);
    }

    JobError readError(byte[] message) {
        JsonNode node = json.readTree(message);
        return new JobError(
                JobError.Code.parse(node.path("code").asString()), node.path("detail").asString());
    }

    /** The data of a {@code succeeded} event. */
    byte[] writeSucceeded(GenerationResult result) {
        ObjectNode node = json.createObjectNode();
        node.put("status", "succeeded");
        node.put("sha256", result.sha256());
        node.put("bytes", result.bytes());
        node.put("notes", result.notes());
        return json.writeValueAsBytes(node);
    }

    /** What is composed, with what was decided and without the prompt's data. */
    byte[] writeSummary(GenerationJob job) {
        ObjectNode node = tree(job.request());
        if (node.get("start") instanceof ObjectNode start) {
            start.remove("data");
        }
        node.put("model", job.model());
        node.put("seed", job.seed());
        node.set("sampling", tree(job.sampling()));
        return json.writeValueAsBytes(node);
    }

    private JsonNode tree(byte[] body) {
        try {
            JsonNode tree = json.readTree(body);
            if (tree == null || tree.isMissingNode()) {
                throw new MalformedJsonException("not valid JSON: there is nothing");
            }
            return tree;
        } catch (JacksonException e) {
            throw new MalformedJsonException(describe(e));
        }
    }

    private static String describe(JacksonException e) {
        String message = e.getOriginalMessage();
        String reason = message == null ? "unreadable" : message.lines().findFirst().orElse("");
        if (reason.contains("StreamReadConstraints")) {
            reason = "it is larger or deeper than allowed";
        }
        // In parentheses Jackson names its own classes and settings, which are no news to a client.
        int parenthesis = reason.indexOf(" (");
        if (parenthesis > 0) {
            reason = reason.substring(0, parenthesis);
        }
        if (reason.length() > 200) {
            reason = reason.substring(0, 200) + "…";
        }
        TokenStreamLocation at = e.getLocation();
        String place =
                at == null || at.getLineNr() < 1
                        ? ""
                        : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
        return "not valid JSON: " + reason + place;
    }

    private @Nullable GenerationRequest request(
            JsonNode node, String pointer, List<Violation> violations) {
        JsonFields fields = JsonFields.of(node, pointer, violations);
        if (fields == null) {
            return null;
        }
        String model = fields.parsed("model", GenerationRequest::checkModelName);
        JsonFields startFields = fields.requiredObject("start");
        Start start = startFields == null ? null : start(startFields);
        JsonFields lengthFields = fields.requiredObject("length");
        Length length = lengthFields == null ? null : length(fields, lengthFields);
        JsonFields samplingFields = fields.object("sampling");
        SamplingRequest sampling =
                samplingFields == null ? SamplingRequest.NONE : sampling(samplingFields);
        Long seed = fields.whole("seed", GenerationRequest.SEED);
        Integer tempoBpm = fields.wholeInt("tempoBpm", GenerationRequest.TEMPO_BPM);
        Meter meter = fields.parsed("meter", Meter::parse);
        String style = fields.parsed("style", GenerationRequest::checkStyle);
        JsonFields controlsFields = fields.object("controls");
        Controls controls =
                controlsFields == null ? Controls.NONE : controls(fields, controlsFields);
        if (start != null && startFields != null && controls != null) {
            startFields.build("pitch", () -> controls.check(start));
        }
        Boolean includePrompt = fields.truth("includePrompt");
        Integer deadline = fields.wholeInt("deadlineSeconds", GenerationRequest.DEADLINE_SECONDS);
        fields.refuseOthers();
        if (start == null || length == null || controls == null || !violations.isEmpty()) {
            return null;
        }
        return new GenerationRequest(
                model,
                start,
                length,
                sampling,
                seed,
                tempoBpm,
                meter,
                style,
                controls,
                includePrompt != null && includePrompt,
                deadline);
    }

    private static @Nullable Start start(JsonFields fields) {
        if (!fields.has("kind")) {
            fields.violation("kind", "kind is required: random, note or midi");
            return null;
        }
        String kind = fields.text("kind");
        if (kind == null) {
            return null;
        }
        Start start =
                switch (kind) {
                    case "random" -> new Start.Random();
                    case "note" -> {
                        if (!fields.has("pitch")) {
                            fields.violation(
                                    "pitch",
                                    "pitch is required, "
                                            + Start.ChosenNote.PITCH.min()
                                            + ".."
                                            + Start.ChosenNote.PITCH.max());
                        }
                        Integer pitch = fields.wholeInt("pitch", Start.ChosenNote.PITCH);
                        yield pitch == null ? null : new Start.ChosenNote(pitch);
                    }
                    case "midi" -> {
                        if (!fields.has("data")) {
                            fields.violation("data", "data is required: a MIDI file in Base64");
                        }
                        yield fields.parsed("data", Start.Midi::new);
                    }
                    default -> {
                        fields.violation("kind", "kind must be random, note or midi");
                        yield null;
                    }
                };
        if (Set.of("random", "note", "midi").contains(kind)) {
            fields.refuseOthers();
        }
        return start;
    }

    private static @Nullable Length length(JsonFields parent, JsonFields fields) {
        Integer notes = fields.wholeInt("notes", Length.Notes.RANGE);
        Integer bars = fields.wholeInt("bars", Length.Bars.RANGE);
        Integer seconds = fields.wholeInt("seconds", Length.Seconds.RANGE);
        fields.refuseOthers();
        Set<String> given = new TreeSet<>(fields.names());
        given.retainAll(Set.of("notes", "bars", "seconds"));
        if (given.size() != 1) {
            parent.violation(
                    "length",
                    "length must hold exactly one of notes "
                            + written(Length.Notes.RANGE)
                            + ", bars "
                            + written(Length.Bars.RANGE)
                            + " or seconds "
                            + written(Length.Seconds.RANGE));
            return null;
        }
        if (notes != null) {
            return new Length.Notes(notes);
        }
        if (bars != null) {
            return new Length.Bars(bars);
        }
        return seconds == null ? null : new Length.Seconds(seconds);
    }

    private static String written(WholeRange range) {
        return range.min() + ".." + range.max();
    }

    private static SamplingRequest sampling(JsonFields fields) {
        SamplingRequest sampling =
                new SamplingRequest(
                        fields.real("temperature", Sampling.TEMPERATURE),
                        fields.wholeInt("topK", Sampling.TOP_K),
                        fields.real("topP", Sampling.TOP_P),
                        fields.real("minP", Sampling.MIN_P));
        fields.refuseOthers();
        return sampling;
    }

    private static @Nullable Controls controls(JsonFields parent, JsonFields fields) {
        JsonFields keyFields = fields.object("key");
        Tonality key = keyFields == null ? null : key(keyFields);
        JsonFields rangeFields = fields.object("pitchRange");
        PitchRange range = rangeFields == null ? null : pitchRange(fields, rangeFields);
        Integer maxPolyphony = fields.wholeInt("maxPolyphony", Controls.MAX_POLYPHONY);
        Integer maxNotesPerBeat = fields.wholeInt("maxNotesPerBeat", Controls.MAX_NOTES_PER_BEAT);
        fields.refuseOthers();
        return parent.build(
                "controls", () -> new Controls(key, range, maxPolyphony, maxNotesPerBeat));
    }

    private static @Nullable Tonality key(JsonFields fields) {
        if (!fields.has("tonic")) {
            fields.violation("tonic", "tonic is required, a letter A..G with # or b if need be");
        }
        if (!fields.has("scale")) {
            fields.violation("scale", "scale is required, one that /v1/models lists");
        }
        String tonic = fields.parsed("tonic", Tonality::checkTonic);
        Scale scale = fields.parsed("scale", Scale::parse);
        fields.refuseOthers();
        return tonic == null || scale == null ? null : new Tonality(tonic, scale);
    }

    private static @Nullable PitchRange pitchRange(JsonFields parent, JsonFields fields) {
        Integer lowest = fields.wholeInt("lowest", PitchRange.LOWEST);
        Integer highest = fields.wholeInt("highest", PitchRange.HIGHEST);
        for (WholeRange bound : List.of(PitchRange.LOWEST, PitchRange.HIGHEST)) {
            if (!fields.has(bound.name())) {
                fields.violation(bound.name(), bound.name() + " is required, " + written(bound));
            }
        }
        fields.refuseOthers();
        return lowest == null || highest == null
                ? null
                : parent.build("pitchRange", () -> new PitchRange(lowest, highest));
    }

    private @Nullable GenerationJob job(JsonNode node, List<Violation> violations) {
        JsonFields fields = JsonFields.of(node, "", violations);
        if (fields == null) {
            return null;
        }
        Integer version = fields.wholeInt("version", new WholeRange("version", VERSION, VERSION));
        JobId id = fields.parsed("id", JobId::new);
        JsonNode requestNode = fields.get("request");
        GenerationRequest request =
                requestNode == null ? null : request(requestNode, "/request", violations);
        String model = fields.parsed("model", GenerationRequest::checkModelName);
        Long seed = fields.whole("seed", GenerationRequest.SEED);
        JsonFields samplingFields = fields.requiredObject("sampling");
        SamplingRequest sampling = samplingFields == null ? null : sampling(samplingFields);
        Instant submittedAt = fields.parsed("submittedAt", JobCodec::instant);
        Instant deadline = fields.parsed("deadline", JobCodec::instant);
        String traceparent = fields.text("traceparent");
        fields.refuseOthers();
        if (!violations.isEmpty()) {
            return null;
        }
        if (version == null
                || id == null
                || request == null
                || model == null
                || seed == null
                || sampling == null
                || submittedAt == null
                || deadline == null) {
            violations.add(new Violation("", "the job message is incomplete"));
            return null;
        }
        return fields.build(
                "deadline",
                () ->
                        new GenerationJob(
                                id,
                                request,
                                model,
                                seed,
                                sampling,
                                submittedAt,
                                deadline,
                                traceparent));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (java.time.format.DateTimeParseException e) {
            throw new IllegalArgumentException("not an ISO 8601 instant", e);
        }
    }

    private ObjectNode tree(GenerationRequest request) {
        ObjectNode node = json.createObjectNode();
        if (request.model() != null) {
            node.put("model", request.model());
        }
        ObjectNode start = node.putObject("start");
        start.put("kind", request.start().kind());
        switch (request.start()) {
            case Start.Random _ -> {}
            case Start.ChosenNote note -> start.put("pitch", note.pitch());
            case Start.Midi midi -> start.put("data", midi.data());
        }
        node.putObject("length").put(request.length().unit(), request.length().amount());
        if (!request.sampling().equals(SamplingRequest.NONE)) {
            node.set("sampling", tree(request.sampling()));
        }
        if (request.seed() != null) {
            node.put("seed", request.seed());
        }
        if (request.tempoBpm() != null) {
            node.put("tempoBpm", request.tempoBpm());
        }
        if (request.meter() != null) {
            node.put("meter", request.meter().toString());
        }
        if (request.style() != null) {
            node.put("style", request.style());
        }
        if (!request.controls().equals(Controls.NONE)) {
            node.set("controls", tree(request.controls()));
        }
        if (request.includePrompt()) {
            node.put("includePrompt", true);
        }
        if (request.deadlineSeconds() != null) {
            node.put("deadlineSeconds", request.deadlineSeconds());
        }
        return node;
    }

    private ObjectNode tree(Controls controls) {
        ObjectNode node = json.createObjectNode();
        if (controls.key() != null) {
            node.putObject("key")
                    .put("tonic", controls.key().tonic())
                    .put("scale", controls.key().scale().written());
        }
        if (controls.pitchRange() != null) {
            node.putObject("pitchRange")
                    .put("lowest", controls.pitchRange().lowest())
                    .put("highest", controls.pitchRange().highest());
        }
        if (controls.maxPolyphony() != null) {
            node.put("maxPolyphony", controls.maxPolyphony());
        }
        if (controls.maxNotesPerBeat() != null) {
            node.put("maxNotesPerBeat", controls.maxNotesPerBeat());
        }
        return node;
    }

    private ObjectNode tree(SamplingRequest sampling) {
        ObjectNode node = json.createObjectNode();
        putReal(node, "temperature", sampling.temperature());
        if (sampling.topK() != null) {
            node.put("topK", sampling.topK());
        }
        putReal(node, "topP", sampling.topP());
        putReal(node, "minP", sampling.minP());
        return node;
    }

    private static void putReal(ObjectNode node, String name, @Nullable Double value) {
        if (value != null) {
            // 1.0 and 1 are one number, so they get one spelling.
            node.put(name, BigDecimal.valueOf(value).stripTrailingZeros());
        }
    }
}
