package org.partita.gateway.problem;

import java.net.URI;
import org.springframework.http.HttpStatus;

/**
 * The kinds of problem. Their URIs are stable, relative to the API's origin, and answer to GET with
 * an explanation.
 */
public enum ProblemType {
    VALIDATION_FAILED(
            HttpStatus.BAD_REQUEST,
            "validation-failed",
            "The request is not valid",
            "Fields are missing, unknown or out of range; see errors."),
    MALFORMED_JSON(
            HttpStatus.BAD_REQUEST,
            "malformed-json",
            "The body is not valid JSON",
            "The body must be one JSON object in UTF-8."),
    BAD_REQUEST(
            HttpStatus.BAD_REQUEST,
            "bad-request",
            "The request cannot be understood",
            "A header, parameter or the request line is not valid."),
    NOT_FOUND(
            HttpStatus.NOT_FOUND,
            "not-found",
            "There is nothing here",
            "No such path, or no such generation."),
    METHOD_NOT_ALLOWED(
            HttpStatus.METHOD_NOT_ALLOWED,
            "method-not-allowed",
            "This method is not allowed here",
            "See the Allow header."),
    NOT_ACCEPTABLE(
            HttpStatus.NOT_ACCEPTABLE,
            "not-acceptable",
            "The answer is not available in an accepted media type",
            "Accept application/json, text/event-stream or audio/midi, as the call has it."),
    NOT_READY(
            HttpStatus.CONFLICT,
            "not-ready",
            "The piece is not finished",
            "Wait as long as Retry-After says, or follow the events."),
    NO_RESULT(
            HttpStatus.CONFLICT,
            "no-result",
            "The generation ended without a piece",
            "It failed, was canceled or expired."),
    IDEMPOTENCY_CONFLICT(
            HttpStatus.CONFLICT,
            "idempotency-conflict",
            "A request with this Idempotency-Key is still being handled",
            "Repeat it as it was after a moment."),
    GONE(
            HttpStatus.GONE,
            "gone",
            "The generation has been forgotten",
            "Results are kept for a limited time."),
    PAYLOAD_TOO_LARGE(
            HttpStatus.CONTENT_TOO_LARGE,
            "payload-too-large",
            "The body is too large",
            "At most 16 KiB, and a MIDI prompt of at most 256 KiB."),
    UNSUPPORTED_MEDIA_TYPE(
            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
            "unsupported-media-type",
            "The body's media type is not supported",
            "Send application/json."),
    RANGE_NOT_SATISFIABLE(
            HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
            "range-not-satisfiable",
            "The range lies outside of the file",
            "Content-Range tells the file's length."),
    IDEMPOTENCY_KEY_REUSED(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "idempotency-key-reused",
            "The Idempotency-Key belongs to another request",
            "Use a new key for a new request."),
    QUOTA_EXCEEDED(
            HttpStatus.TOO_MANY_REQUESTS,
            "quota-exceeded",
            "Too many requests",
            "Wait as long as Retry-After says; see RateLimit and violated-policies."),
    TEMPORARY_REDUCED_CAPACITY(
            HttpStatus.SERVICE_UNAVAILABLE,
            "temporary-reduced-capacity",
            "The queue is full",
            "A new job would have to wait too long; try again after Retry-After."),
    SERVICE_UNAVAILABLE(
            HttpStatus.SERVICE_UNAVAILABLE,
            "service-unavailable",
            "The service cannot take requests at the moment",
            "Try again after Retry-After, with an Idempotency-Key so that the job is made once."),
    INTERNAL_ERROR(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "internal-error",
            "Something went wrong on our side",
            "It has been logged."),
    GENERATION_FAILED(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "generation-failed",
            "Composing failed",
            "The error of a failed generation: the worker could not finish the piece."),
    PROMPT_UNUSABLE(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "prompt-unusable",
            "The prompt cannot be used",
            "The error of a failed generation: the model cannot continue this prompt."),
    MODEL_UNKNOWN(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "model-unknown",
            "No worker knows the model",
            "The error of a failed generation; see /v1/models."),
    STYLE_UNKNOWN(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "style-unknown",
            "The model does not know the style",
            "The error of a failed generation; see /v1/models."),
    DEADLINE_EXCEEDED(
            HttpStatus.GATEWAY_TIMEOUT,
            "deadline-exceeded",
            "The deadline passed",
            "The error of a failed generation: it took longer than deadlineSeconds."),
    POISON(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "poison",
            "The job was given up",
            "The error of a failed generation: every worker that took it up vanished.");

    private final HttpStatus status;
    private final String name;
    private final String title;
    private final String explanation;

    ProblemType(HttpStatus status, String name, String title, String explanation) {
        this.status = status;
        this.name = name;
        this.title = title;
        this.explanation = explanation;
    }

    public HttpStatus status() {
        return status;
    }

    /** The last segment of the URI. */
    public String written() {
        return name;
    }

    public URI uri() {
        return URI.create("/problems/" + name);
    }

    public String title() {
        return title;
    }

    /** What it means and what to do. */
    public String explanation() {
        return explanation;
    }

    /** The general type for a status that comes from outside our own code. */
    static ProblemType of(int status) {
        return switch (status) {
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 413 -> PAYLOAD_TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 416 -> RANGE_NOT_SATISFIABLE;
            case 429 -> QUOTA_EXCEEDED;
            case 503 -> SERVICE_UNAVAILABLE;
            default -> status < 500 ? BAD_REQUEST : INTERNAL_ERROR;
        };
    }
}
