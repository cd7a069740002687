package org.partita.gateway.problem;

import java.time.Duration;
import java.util.List;
import org.partita.protocol.Violation;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** A request that ends with a problem document. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemType type;
    private final transient ProblemDetail body;
    private final transient HttpHeaders headers = new HttpHeaders();

    /**
     * @param detail one sentence about this very request
     */
    public ProblemException(ProblemType type, String detail) {
        super(detail);
        this.type = type;
        body = ProblemDetail.forStatusAndDetail(type.status(), detail);
        body.setType(type.uri());
        body.setTitle(type.title());
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        headers.setCacheControl("no-store");
    }

    /** Several things wrong with the body. */
    public static ProblemException invalid(ProblemType type, List<Violation> violations) {
        Violation first = violations.getFirst();
        String more = violations.size() > 1 ? " (and " + (violations.size() - 1) + " more)" : "";
        return new ProblemException(type, first.detail() + more).with("errors", violations);
    }

    /** Adds an extension member. */
    public ProblemException with(String name, Object value) {
        body.setProperty(name, value);
        return this;
    }

    public ProblemException header(String name, String value) {
        headers.set(name, value);
        return this;
    }

    public ProblemException headers(HttpHeaders more) {
        headers.putAll(more);
        return this;
    }

    /** Says when to try again, in whole seconds and at least one. */
    public ProblemException retryAfter(Duration duration) {
        return header(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, duration.toSeconds())));
    }

    ResponseEntity<Object> response() {
        return new ResponseEntity<>(body, headers, type.status());
    }
}
