package org.partita.standalone;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** How the broker's JVM is started, and how to ask a broker whether it answers. */
final class KafkaServer {

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);

    private KafkaServer() {}

    static ServerProcess process(DataDirectory data, Address broker, Address controller) {
        Path log = data.log("kafka");
        List<String> command =
                List.of(
                        // Ctrl-C reaches every process of the terminal, but this one has to
                        // outlive the worker. An ignored signal stays ignored over exec.
                        "sh",
                        "-c",
                        "trap '' INT; exec \"$@\"",
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--sun-misc-unsafe-memory-access=allow",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dlogback.configurationFile=org/partita/standalone/broker-logback.xml",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Broker.class.getName(),
                        data.kafka().toString(),
                        String.valueOf(broker.port()),
                        String.valueOf(controller.port()));
        return new ServerProcess("Kafka", command, log, () -> answers(broker));
    }

    /** Whether a working broker answers there. */
    static boolean answers(Address address) {
        // A client that finds nobody fills the log with warnings; ask the port first.
        if (!address.accepts()) {
            return false;
        }
        try (Admin admin = admin(address)) {
            return !admin.describeCluster()
                    .nodes()
                    .get(ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                    .isEmpty();
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static Admin admin(Address address) {
        return Admin.create(
                Map.of(
                        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                        address.toString(),
                        AdminClientConfig.CLIENT_ID_CONFIG,
                        "partita-standalone",
                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        (int) ANSWER_LIMIT.toMillis(),
                        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        (int) ANSWER_LIMIT.toMillis()));
    }
}
