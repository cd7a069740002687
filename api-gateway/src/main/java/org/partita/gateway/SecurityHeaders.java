package org.partita.gateway;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** The fields that tell browsers to trust nothing but this origin, on every answer. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SecurityHeaders extends OncePerRequestFilter {

    private static final String API_POLICY = "default-src 'none'; frame-ancestors 'none'";

    private final Properties properties;

    SecurityHeaders(Properties properties) {
        this.properties = properties;
    }

    /**
     * What browsers are told.
     *
     * @param contentSecurityPolicy of the site; WebAssembly is what decodes the piano's samples
     */
    @ConfigurationProperties("partita.security")
    record Properties(
            @DefaultValue(
                            "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src"
                                    + " 'self'; img-src 'self' data:; object-src 'none'; base-uri"
                                    + " 'none'; frame-ancestors 'none'")
                    String contentSecurityPolicy) {}

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getRequestURI();
        boolean api =
                path.startsWith("/v1/")
                        || path.startsWith("/actuator")
                        || path.startsWith("/problems/");
        response.setHeader(
                "Content-Security-Policy", api ? API_POLICY : properties.contentSecurityPolicy());
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        if (request.isSecure()) {
            response.setHeader("Strict-Transport-Security", "max-age=31536000");
        }
        chain.doFilter(request, response);
    }
}
