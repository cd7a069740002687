package org.partita.gateway.problem;

import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.coyote.BadRequestException;
import org.jspecify.annotations.Nullable;
import org.partita.protocol.InvalidRequestException;
import org.partita.protocol.MalformedJsonException;
import org.partita.protocol.Violation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.Resource;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import org.springframework.web.util.DisconnectedClientHelper;

/** Turns every exception into a problem document; none of them lets a stack trace out. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class ProblemHandler extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);

    private final ObjectProvider<NotFoundPage> notFoundPage;

    ProblemHandler(ObjectProvider<NotFoundPage> notFoundPage) {
        this.notFoundPage = notFoundPage;
    }

    @Override
    protected ResponseEntity<Object> handleNoResourceFoundException(
            NoResourceFoundException e,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        String accepted = request.getHeader(HttpHeaders.ACCEPT);
        if (accepted != null && accepted.contains(MediaType.TEXT_HTML_VALUE)) {
            Optional<Resource> page = notFoundPage.stream().findFirst().flatMap(NotFoundPage::page);
            if (page.isPresent()) {
                return ResponseEntity.status(status)
                        .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                        .body(page.get());
            }
        }
        return new ProblemException(ProblemType.NOT_FOUND, "there is nothing at this address")
                .response();
    }

    @ExceptionHandler
    ResponseEntity<Object> problem(ProblemException e) {
        return e.response();
    }

    @ExceptionHandler
    ResponseEntity<Object> invalid(InvalidRequestException e) {
        return ProblemException.invalid(ProblemType.VALIDATION_FAILED, e.violations()).response();
    }

    @ExceptionHandler
    ResponseEntity<Object> malformed(MalformedJsonException e) {
        String detail = String.valueOf(e.getMessage());
        return ProblemException.invalid(
                        ProblemType.MALFORMED_JSON, List.of(new Violation("", detail)))
                .response();
    }

    @ExceptionHandler
    ResponseEntity<Object> broken(BadRequestException e) {
        return new ProblemException(ProblemType.BAD_REQUEST, "the body cannot be read").response();
    }

    @ExceptionHandler
    ResponseEntity<Object> redis(DataAccessException e) {
        LOG.atWarn().addKeyValue("cause", e.getMessage()).log("the job store does not answer");
        return new ProblemException(
                        ProblemType.SERVICE_UNAVAILABLE, "the job store does not answer")
                .retryAfter(Duration.ofSeconds(5))
                .response();
    }

    @ExceptionHandler
    @Nullable ResponseEntity<Object> anything(Exception e, HttpServletResponse response) {
        if (DisconnectedClientHelper.isClientDisconnectedException(e)) {
            LOG.debug("client hung up", e);
            return null;
        }
        LOG.error("request failed", e);
        if (response.isCommitted()) {
            return null;
        }
        return new ProblemException(
                        ProblemType.INTERNAL_ERROR, "the request could not be completed")
                .response();
    }

    @Override
    protected ResponseEntity<Object> handleExceptionInternal(
            Exception e,
            @Nullable Object body,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        String detail =
                body instanceof ProblemDetail problem && problem.getDetail() != null
                        ? problem.getDetail()
                        : ProblemType.of(status.value()).title();
        return new ProblemException(ProblemType.of(status.value()), detail)
                .headers(headers)
                .response();
    }
}
