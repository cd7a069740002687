package org.partita.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lettuce.core.RedisClient;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class ServersIT {

    private static final String TOPIC = "records";
    private static final String GROUP = "readers";

    @TempDir Path folder;

    @Test
    void aShareGroupReadsWhatWasProducedBeforeARestartOnOtherPorts() throws Exception {
        // Given
        try (DataDirectory data = DataDirectory.open(folder)) {
            try (Servers servers = started(data)) {
                provision(servers.kafka());
                produce(servers.kafka(), "first", "second");
                set(servers.redis(), "kept", "yes");
                assertThat(consume(servers.kafka(), 1)).containsExactly("first");
            }
            // When
            try (Servers servers = started(data)) {
                // Then
                assertThat(consume(servers.kafka(), 1)).containsExactly("second");
                assertThat(get(servers.redis(), "kept")).isEqualTo("yes");
            }
        }
    }

    @Test
    void killedServersComeBackWithWhatTheyAcknowledged() throws Exception {
        // Given
        try (DataDirectory data = DataDirectory.open(folder);
                Servers servers = started(data)) {
            provision(servers.kafka());
            produce(servers.kafka(), "acknowledged");
            set(servers.redis(), "kept", "yes");
            ProcessHandle broker = servers.kafkaProcess().processes().getFirst();
            ProcessHandle redis = servers.redisProcess().processes().getLast();

            // When
            broker.destroyForcibly();
            servers.redisProcess().processes().stream()
                    .skip(1)
                    .forEach(ProcessHandle::destroyForcibly);
            broker.onExit().get(10, TimeUnit.SECONDS);
            redis.onExit().get(10, TimeUnit.SECONDS);

            // Then
            await(() -> !servers.kafkaProcess().processes().isEmpty());
            await(() -> !servers.redisProcess().processes().isEmpty());
            servers.awaitReady();
            assertThat(servers.kafkaProcess().processes()).doesNotContain(broker);
            assertThat(consume(servers.kafka(), 1)).containsExactly("acknowledged");
            assertThat(get(servers.redis(), "kept")).isEqualTo("yes");
        }
    }

    @Test
    void closingLeavesNoProcess() throws Exception {
        // Given
        List<ProcessHandle> processes = new ArrayList<>();
        try (DataDirectory data = DataDirectory.open(folder)) {
            try (Servers servers = started(data)) {
                processes.addAll(servers.kafkaProcess().processes());
                processes.addAll(servers.redisProcess().processes());
                assertThat(processes).hasSizeGreaterThanOrEqualTo(3);

                // When
            }
        }

        // Then
        await(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void aPortInUseIsRefusedInOneSentence() throws Exception {
        // Given
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                DataDirectory data = DataDirectory.open(folder)) {
            // When
            assertThatExceptionOfType(StartRefusedException.class)
                    .isThrownBy(() ->
                            Servers.prepare(
                                    settings(null, taken.getLocalPort(), Address.free().port()),
                                    data))
                    // Then
                    .withMessage(
                            "Port %d is in use: stop the program that uses it, or choose another with --kafka-port PORT.",
                            taken.getLocalPort());
        }
    }

    @Test
    void aKafkaThatDoesNotAnswerIsRefusedInOneSentence() throws Exception {
        // Given
        Address nobody = Address.free();
        try (DataDirectory data = DataDirectory.open(folder)) {
            // When
            assertThatExceptionOfType(StartRefusedException.class)
                    .isThrownBy(() -> Servers.prepare(settings(nobody, 0, 0), data))
                    // Then
                    .withMessageStartingWith("No Kafka answers at " + nobody);
        }
    }

    private Servers started(DataDirectory data) throws InterruptedException {
        Servers servers =
                Servers.prepare(settings(null, Address.free().port(), Address.free().port()), data);
        servers.start();
        servers.awaitReady();
        return servers;
    }

    private Settings settings(
            @org.jspecify.annotations.Nullable Address kafka, int brokerPort, int redisPort) {
        return new Settings(
                folder, Address.free(), kafka, null, brokerPort, redisPort, null, folder, null);
    }

    private static void provision(Address kafka) throws Exception {
        try (Admin admin = KafkaServer.admin(kafka)) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1)))
                    .all()
                    .get(20, TimeUnit.SECONDS);
            admin.incrementalAlterConfigs(
                            Map.of(
                                    new ConfigResource(ConfigResource.Type.GROUP, GROUP),
                                    List.of(
                                            new AlterConfigOp(
                                                    new ConfigEntry(
                                                            "share.auto.offset.reset", "earliest"),
                                                    AlterConfigOp.OpType.SET))))
                    .all()
                    .get(20, TimeUnit.SECONDS);
        }
    }

    private static void produce(Address kafka, String... values) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka.toString()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            for (String value : values) {
                producer.send(new ProducerRecord<>(TOPIC, value.getBytes(StandardCharsets.UTF_8)))
                        .get(20, TimeUnit.SECONDS);
            }
        }
    }

    private static List<String> consume(Address kafka, int count) {
        List<String> values = new ArrayList<>();
        try (KafkaShareConsumer<byte[], byte[]> consumer =
                new KafkaShareConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                kafka.toString(),
                                "group.id",
                                GROUP,
                                "share.acquire.mode",
                                "record_limit",
                                "max.poll.records",
                                1),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(TOPIC));
            long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (values.size() < count && System.nanoTime() < end) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(record ->
                                values.add(new String(record.value(), StandardCharsets.UTF_8)));
            }
            consumer.commitSync();
        }
        return values;
    }

    private static void set(Address redis, String key, String value) {
        try (RedisClient client = RedisClient.create("redis://" + redis);
                var connection = client.connect()) {
            connection.sync().set(key, value);
        }
    }

    private static @org.jspecify.annotations.Nullable String get(Address redis, String key) {
        try (RedisClient client = RedisClient.create("redis://" + redis);
                var connection = client.connect()) {
            return connection.sync().get(key);
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited half a minute").isLessThan(end);
            Thread.sleep(50);
        }
    }
}
