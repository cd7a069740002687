package org.partita.gateway.problem;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Explains the problem types, and answers for errors that never reached a controller. */
@RestController
class ProblemController implements ErrorController {

    @GetMapping("/problems/{name}")
    Map<String, Object> explain(@PathVariable String name) {
        for (ProblemType type : ProblemType.values()) {
            if (type.written().equals(name)) {
                Map<String, Object> explained = new LinkedHashMap<>();
                explained.put("type", type.uri().toString());
                explained.put("title", type.title());
                explained.put("status", type.status().value());
                explained.put("explanation", type.explanation());
                return explained;
            }
        }
        throw new ProblemException(ProblemType.NOT_FOUND, "there is no such problem type");
    }

    @RequestMapping("/error")
    ResponseEntity<Object> error(HttpServletRequest request) {
        int status =
                request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                        ? code
                        : 404;
        ProblemType type = ProblemType.of(status);
        return new ProblemException(type, type.explanation()).response();
    }
}
