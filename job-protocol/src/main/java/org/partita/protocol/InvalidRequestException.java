package org.partita.protocol;

import java.util.List;
import java.util.stream.Collectors;

/** A well-formed JSON document that is not a valid request. */
public final class InvalidRequestException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;

    public InvalidRequestException(List<Violation> violations) {
        super(
                violations.stream()
                        .map(violation -> violation.pointer() + ": " + violation.detail())
                        .collect(Collectors.joining("; ")));
        this.violations = List.copyOf(violations);
    }

    /** Everything that is wrong, in document order; at least one. */
    public List<Violation> violations() {
        return violations;
    }
}
