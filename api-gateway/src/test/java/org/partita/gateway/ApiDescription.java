package org.partita.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI document that the gateway serves, as a judge of what it answers. */
final class ApiDescription {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JsonNode document;
    private final SchemaRegistry registry =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<JsonNode, Schema> schemas = new HashMap<>();

    ApiDescription(String document) {
        this.document = JSON.readTree(document);
    }

    JsonNode document() {
        return document;
    }

    /**
     * Asserts that status, media type, described headers and body of an answer are as described.
     *
     * @param path as the document has it, with {@code {id}}
     */
    void judge(String method, String path, HttpResponse<String> response) {
        String call = method + " " + path + " -> " + response.statusCode();
        JsonNode described =
                resolve(
                        document.path("paths")
                                .path(path)
                                .path(method.toLowerCase(Locale.ROOT))
                                .path("responses")
                                .path(Integer.toString(response.statusCode())));
        assertThat(described.isObject()).as(call + " is described: " + response.body()).isTrue();
        JsonNode content = described.path("content");
        if (content.isEmpty()) {
            return;
        }
        String mediaType =
                response.headers().firstValue("Content-Type").orElse("none").split(";", 2)[0];
        assertThat(content.has(mediaType)).as(call + " has type " + mediaType).isTrue();
        if (mediaType.endsWith("json")) {
            assertThat(
                            schema(content.path(mediaType).path("schema"))
                                    .validate(JSON.readTree(response.body())))
                    .as(call + " with body " + response.body())
                    .isEmpty();
        }
        for (var header : described.path("headers").properties()) {
            response.headers()
                    .firstValue(header.getKey())
                    .ifPresent(value -> judgeHeader(call, header.getKey(), value));
        }
    }

    private void judgeHeader(String call, String name, String value) {
        if (name.equals("Retry-After")) {
            assertThat(Integer.parseInt(value)).as(call + " " + name).isPositive();
        } else {
            assertThat(value).as(call + " " + name).isNotBlank();
        }
    }

    private Schema schema(JsonNode schema) {
        return schemas.computeIfAbsent(
                schema,
                key -> {
                    ObjectNode whole = JSON.createObjectNode();
                    whole.set("components", document.path("components"));
                    whole.putArray("allOf").add(key);
                    return registry.getSchema(whole);
                });
    }

    private JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").stringValue().substring(1)) : node;
    }
}
