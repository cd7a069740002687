package org.partita.worker.engine;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.partita.protocol.GenerationRequest;
import org.partita.protocol.JobCodec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a piece came about, enough to make it again: written into its MIDI file as a text of one JSON
 * object.
 *
 * @param request with nothing left open: model, seed and sampling are all said
 * @param modelSha256 fingerprint of the model bundle
 * @param runtime version of ONNX Runtime
 * @param provider what ran the model
 */
public record Provenance(
        GenerationRequest request, String modelSha256, String runtime, String provider) {

    private static final String MARK = "partita";
    private static final int VERSION = 1;
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final JobCodec CODEC = new JobCodec();

    String toText() {
        ObjectNode node = JSON.createObjectNode();
        node.put(MARK, VERSION);
        node.set("request", JSON.readTree(CODEC.writeRequest(request)));
        node.put("modelSha256", modelSha256);
        node.put("onnxRuntime", runtime);
        node.put("provider", provider);
        return JSON.writeValueAsString(node);
    }

    /**
     * The provenance among a score's texts, if one of them is such.
     *
     * @throws IllegalArgumentException if it is damaged
     */
    public static Optional<Provenance> find(List<String> texts) {
        return texts.stream()
                .filter(text -> text.startsWith("{\"" + MARK + "\":" + VERSION + ","))
                .findFirst()
                .map(Provenance::parse);
    }

    private static Provenance parse(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            return new Provenance(
                    CODEC.readRequest(
                            node.path("request").toString().getBytes(StandardCharsets.UTF_8)),
                    node.path("modelSha256").asString(),
                    node.path("onnxRuntime").asString(),
                    node.path("provider").asString());
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "the file's provenance is damaged: " + e.getOriginalMessage(), e);
        }
    }
}
