package org.partita.standalone;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * Whose Kafka and Redis a test runs on: {@code -Dpartita.test.backing=local} starts them from their
 * jars, {@code docker} in containers and fails where it cannot, {@code auto} takes containers where
 * Docker answers.
 */
sealed interface Backing extends AutoCloseable {

    /** The servers from the jars, as {@code partita up} starts them. */
    record Local() implements Backing {
        @Override
        public void close() {
            // The installation stops what it started.
        }
    }

    /** Servers that run in containers. */
    record Containers(KafkaContainer kafka, GenericContainer<?> redis) implements Backing {

        Address kafkaAddress() {
            return Address.parse(kafka.getBootstrapServers().replaceFirst("^.*//", ""));
        }

        Address redisAddress() {
            return new Address(redis.getHost(), redis.getFirstMappedPort());
        }

        @Override
        public void close() {
            kafka.close();
            redis.close();
        }
    }

    @Override
    void close();

    /** Chooses, says what it chose, and starts containers if need be. */
    static Backing start() {
        String wanted = System.getProperty("partita.test.backing", "auto").toLowerCase(Locale.ROOT);
        boolean docker =
                switch (wanted) {
                    case "docker" -> true;
                    case "local" -> false;
                    case "auto" -> dockerAnswers();
                    default ->
                            throw new IllegalArgumentException(
                                    "partita.test.backing is docker, local or auto, not " + wanted);
                };
        System.out.printf(
                "Kafka and Redis of this test: %s (partita.test.backing=%s)%n",
                docker ? "containers" : "from their jars", wanted);
        return docker ? startContainers() : new Local();
    }

    private static boolean dockerAnswers() {
        // Testcontainers' own look takes long where there is nothing to see.
        return (System.getenv("DOCKER_HOST") != null
                        || Files.exists(Path.of("/var/run/docker.sock")))
                && DockerClientFactory.instance().isDockerAvailable();
    }

    private static Backing startContainers() {
        KafkaContainer kafka =
                new KafkaContainer(DockerImageName.parse("apache/kafka:4.2.2"))
                        .withEnv("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR", "1")
                        .withEnv("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR", "1");
        GenericContainer<?> redis =
                new GenericContainer<>(DockerImageName.parse("redis:7"))
                        .withCommand("redis-server", "--appendonly", "yes")
                        .withExposedPorts(6379);
        kafka.start();
        redis.start();
        return new Containers(kafka, redis);
    }
}
