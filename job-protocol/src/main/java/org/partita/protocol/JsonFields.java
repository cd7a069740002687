package org.partita.protocol;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One JSON object being read strictly: what is wrong is collected instead of thrown, so that a
 * client learns everything at once, and every field that nobody asked for is reported.
 */
final class JsonFields {

    private static final int SHOWN_NAME_LENGTH = 40;

    /** So many mistakes are told; more unknown fields than that teach nobody anything. */
    private static final int MOST_VIOLATIONS = 20;

    private final JsonNode object;
    private final String pointer;
    private final List<Violation> violations;
    private final Set<String> known = new LinkedHashSet<>();

    private JsonFields(JsonNode object, String pointer, List<Violation> violations) {
        this.object = object;
        this.pointer = pointer;
        this.violations = violations;
    }

    /** The fields of a document; {@code null} and a violation if it is not an object. */
    static @Nullable JsonFields of(JsonNode node, String pointer, List<Violation> violations) {
        if (!node.isObject()) {
            String what = pointer.isEmpty() ? "the body" : nameOf(pointer);
            violations.add(
                    new Violation(pointer, what + " must be an object, not " + kindOf(node)));
            return null;
        }
        return new JsonFields(node, pointer, violations);
    }

    /** The names present, in document order. */
    Collection<String> names() {
        return object.propertyNames();
    }

    boolean has(String name) {
        return object.has(name);
    }

    String pointerTo(String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    @Nullable JsonNode get(String name) {
        known.add(name);
        return object.get(name);
    }

    void violation(String name, String detail) {
        violations.add(new Violation(pointerTo(name), detail));
    }

    @Nullable JsonFields object(String name) {
        JsonNode node = get(name);
        return node == null ? null : of(node, pointerTo(name), violations);
    }

    @Nullable JsonFields requiredObject(String name) {
        if (!has(name)) {
            known.add(name);
            violation(name, name + " is required");
            return null;
        }
        return object(name);
    }

    @Nullable String text(String name) {
        JsonNode node = get(name);
        if (node == null) {
            return null;
        }
        if (!node.isString()) {
            violation(name, name + " must be a string, not " + kindOf(node));
            return null;
        }
        return node.stringValue();
    }

    @Nullable Long whole(String name, WholeRange range) {
        JsonNode node = get(name);
        if (node == null) {
            return null;
        }
        if (!node.isIntegralNumber()) {
            violation(
                    name,
                    String.format(
                            "%s must be a whole number in %d..%d, not %s",
                            name, range.min(), range.max(), kindOf(node)));
            return null;
        }
        if (!node.canConvertToLong()) {
            violation(
                    name,
                    String.format(
                            "%s out of range %d..%d: a number beyond 64 bits",
                            name, range.min(), range.max()));
            return null;
        }
        long value = node.longValue();
        return build(name, () -> range.check(value));
    }

    @Nullable Integer wholeInt(String name, WholeRange range) {
        Long value = whole(name, range);
        return value == null ? null : Math.toIntExact(value);
    }

    @Nullable Double real(String name, RealRange range) {
        JsonNode node = get(name);
        if (node == null) {
            return null;
        }
        if (!node.isNumber()) {
            violation(
                    name,
                    name
                            + " must be a number in "
                            + range.min()
                            + ".."
                            + range.max()
                            + ", not "
                            + kindOf(node));
            return null;
        }
        // Beyond the doubles this becomes an infinity, which is in no range.
        double value = node.decimalValue().doubleValue();
        return build(name, () -> range.check(value));
    }

    @Nullable Boolean truth(String name) {
        JsonNode node = get(name);
        if (node == null) {
            return null;
        }
        if (!node.isBoolean()) {
            violation(name, name + " must be true or false, not " + kindOf(node));
            return null;
        }
        return node.booleanValue();
    }

    <T> @Nullable T parsed(String name, Function<String, T> parser) {
        String text = text(name);
        return text == null ? null : build(name, () -> parser.apply(text));
    }

    /** Reports the fields that were not asked for. */
    void refuseOthers() {
        for (String name : object.propertyNames()) {
            if (violations.size() >= MOST_VIOLATIONS) {
                return;
            }
            if (!known.contains(name)) {
                violation(
                        shorten(name),
                        "unknown field "
                                + shorten(name)
                                + "; known here: "
                                + String.join(", ", new ArrayList<>(known)));
            }
        }
    }

    <T> @Nullable T build(String name, java.util.function.Supplier<T> constructor) {
        try {
            return constructor.get();
        } catch (IllegalArgumentException e) {
            String message = e.getMessage();
            violation(name, message == null ? name + " is not valid" : message);
            return null;
        }
    }

    static String kindOf(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "an array";
            case OBJECT, POJO -> "an object";
            case STRING, BINARY -> "a string";
            case BOOLEAN -> "a truth value";
            case NULL, MISSING -> "null";
            case NUMBER -> node.isIntegralNumber() ? "a whole number" : "a fraction";
        };
    }

    private static String nameOf(String pointer) {
        return pointer.substring(pointer.lastIndexOf('/') + 1);
    }

    private static String shorten(String name) {
        return name.length() <= SHOWN_NAME_LENGTH
                ? name
                : name.substring(0, SHOWN_NAME_LENGTH) + "…";
    }
}
