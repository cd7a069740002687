package org.partita.worker.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.availability.ApplicationAvailabilityBean;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.AvailabilityState;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;

class HealthServerTest {

    private final ApplicationAvailabilityBean availability = new ApplicationAvailabilityBean();
    private final HealthServer server =
            new HealthServer(
                    new HealthProperties(InetAddress.getLoopbackAddress(), 0), availability);

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void liveWorkerThatTakesJobsIsUp() throws Exception {
        // Given
        become(LivenessState.CORRECT);
        become(ReadinessState.ACCEPTING_TRAFFIC);

        // When
        HttpResponse<String> readiness = get("/actuator/health/readiness");

        // Then
        assertThat(readiness.statusCode()).isEqualTo(200);
        assertThat(readiness.body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);
    }

    @Test
    void drainingWorkerLivesButTakesNoJobs() throws Exception {
        // Given
        become(LivenessState.CORRECT);
        become(ReadinessState.REFUSING_TRAFFIC);

        // When
        int readiness = get("/actuator/health/readiness").statusCode();

        // Then
        assertThat(readiness).isEqualTo(503);
        assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);
    }

    @Test
    void brokenWorkerIsNotAlive() throws Exception {
        // Given
        become(LivenessState.BROKEN);

        // When
        int liveness = get("/actuator/health/liveness").statusCode();

        // Then
        assertThat(liveness).isEqualTo(503);
    }

    @Test
    void otherPathsAreUnknown() throws Exception {
        // When
        int status = get("/actuator/health/liveness/more").statusCode();

        // Then
        assertThat(status).isEqualTo(404);
    }

    private void become(AvailabilityState state) {
        availability.onApplicationEvent(new AvailabilityChangeEvent<>(this, state));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + server.port() + path);
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5)).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString());
        }
    }
}
