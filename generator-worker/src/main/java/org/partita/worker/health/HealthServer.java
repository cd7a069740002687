package org.partita.worker.health;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.SmartLifecycle;

/**
 * The two health questions of Spring Boot's actuator, under the same paths and with the same
 * answers, for a worker that has no web server otherwise: 200 {@code {"status":"UP"}} or 503. Runs
 * from before the lanes start until after they have stopped.
 */
final class HealthServer implements SmartLifecycle {

    private static final String PATH = "/actuator/health/";

    private final HealthProperties properties;
    private final ApplicationAvailability availability;
    private @Nullable Running running;

    private record Running(HttpServer server, ExecutorService threads) {}

    HealthServer(HealthProperties properties, ApplicationAvailability availability) {
        this.properties = properties;
        this.availability = availability;
    }

    @Override
    public synchronized void start() {
        if (running != null) {
            return;
        }
        InetSocketAddress address = new InetSocketAddress(properties.address(), properties.port());
        try {
            HttpServer server = HttpServer.create(address, 0);
            ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
            server.setExecutor(threads);
            server.createContext(PATH, this::answer);
            server.start();
            running = new Running(server, threads);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot answer on health at " + address, e);
        }
    }

    @Override
    public synchronized void stop() {
        if (running != null) {
            running.server().stop(0);
            running.threads().shutdownNow();
            running = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return running != null;
    }

    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }

    /** The port it listens on. */
    synchronized int port() {
        if (running == null) {
            throw new IllegalStateException("not running");
        }
        return running.server().getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (exchange.getRequestURI().getPath()) {
                case PATH + "liveness" ->
                        send(exchange, availability.getLivenessState() == LivenessState.CORRECT);
                case PATH + "readiness" ->
                        send(
                                exchange,
                                availability.getReadinessState()
                                        == ReadinessState.ACCEPTING_TRAFFIC);
                default -> exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    private static void send(HttpExchange exchange, boolean up) throws IOException {
        byte[] body =
                (up ? "{\"status\":\"UP\"}" : "{\"status\":\"OUT_OF_SERVICE\"}")
                        .getBytes(StandardCharsets.US_ASCII);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(up ? 200 : 503, body.length);
        exchange.getResponseBody().write(body);
    }
}
