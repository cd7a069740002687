package org.partita.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.raft.DynamicVoters;

/**
 * The program of the broker's own JVM: one Kafka node that is broker and controller at once. It
 * stops on SIGTERM and when its standard input ends.
 */
final class Broker {

    private static final int NODE_ID = 1;
    private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(10);

    private Broker() {}

    /** Arguments: data directory, broker port, controller port. */
    public static void main(String[] arguments) throws Exception {
        Path data = Path.of(arguments[0]);
        int port = Integer.parseInt(arguments[1]);
        int controllerPort = Integer.parseInt(arguments[2]);
        // Daemons: Kafka's own failure handler ends the JVM, and nothing here may hold it up.
        Thread.ofPlatform().daemon().name("parent-watch").start(Broker::exitWithParent);
        Path logs = data.resolve("logs");
        // Metadata apart from the data: a second node started on one shared directory by mistake
        // would wreck the first one's raft log.
        Path metadata = data.resolve("metadata");
        if (!Files.exists(metadata.resolve("meta.properties"))) {
            format(logs, metadata, controllerPort);
        }
        KafkaRaftServer server =
                new KafkaRaftServer(
                        new KafkaConfig(settings(logs, metadata, port, controllerPort), false),
                        Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "broker-stop"));
        server.startup();
        server.awaitShutdown();
    }

    private static void format(Path logs, Path metadata, int controllerPort) throws Exception {
        new Formatter()
                .setPrintStream(System.out)
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(NODE_ID)
                .setControllerListenerName("CONTROLLER")
                .setDirectories(List.of(logs.toString(), metadata.toString()))
                .setMetadataLogDirectory(metadata.toString())
                .setInitialControllers(
                        DynamicVoters.parse(
                                "%d@127.0.0.1:%d:%s"
                                        .formatted(NODE_ID, controllerPort, Uuid.randomUuid())))
                .setHasDynamicQuorum(true)
                .run();
    }

    private static Properties settings(Path logs, Path metadata, int port, int controllerPort) {
        String listeners =
                "BROKER://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controllerPort);
        Properties settings = new Properties();
        settings.putAll(
                Map.of(
                        "process.roles",
                        "broker,controller",
                        "node.id",
                        String.valueOf(NODE_ID),
                        "listeners",
                        listeners,
                        "advertised.listeners",
                        listeners,
                        "controller.quorum.bootstrap.servers",
                        "127.0.0.1:" + controllerPort,
                        "controller.listener.names",
                        "CONTROLLER",
                        "inter.broker.listener.name",
                        "BROKER",
                        "listener.security.protocol.map",
                        "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT",
                        "log.dirs",
                        logs.toString(),
                        "metadata.log.dir",
                        metadata.toString()));
        for (String topic :
                List.of(
                        "offsets.topic",
                        "transaction.state.log",
                        "share.coordinator.state.topic")) {
            settings.put(topic + ".replication.factor", "1");
            settings.put(topic + ".num.partitions", "1");
        }
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        // With the defaults, a broker that stopped between a share group's first join and its
        // initialisation makes the next start's first job wait half a minute.
        settings.put("group.share.initialize.retry.interval.ms", "1000");
        settings.put("offsets.commit.timeout.ms", "2000");
        settings.put("auto.create.topics.enable", "false");
        settings.put("group.initial.rebalance.delay.ms", "0");
        // One node for one machine: small.
        settings.put("num.network.threads", "1");
        settings.put("num.io.threads", "2");
        settings.put("background.threads", "2");
        settings.put("log.cleaner.dedupe.buffer.size", "2097152");
        settings.put("broker.session.timeout.ms", "2000");
        settings.put("broker.heartbeat.interval.ms", "500");
        return settings;
    }

    private static void stop(KafkaRaftServer server) {
        Thread.ofPlatform().daemon().name("broker-halt").start(Broker::haltAfterLimit);
        server.shutdown();
        server.awaitShutdown();
    }

    private static void haltAfterLimit() {
        try {
            Thread.sleep(SHUTDOWN_LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // A broker can hang in its shutdown; what it acknowledged is on disk.
        Runtime.getRuntime().halt(1);
    }

    private static void exitWithParent() {
        try {
            while (System.in.read() >= 0) {
                // Nobody writes; only the end matters.
            }
        } catch (IOException e) {
            System.err.println("standard input failed: " + e.getMessage());
        }
        System.exit(0);
    }
}
