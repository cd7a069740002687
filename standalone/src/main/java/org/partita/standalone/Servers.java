package org.partita.standalone;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The queue and the store: Kafka and Redis, each either started here from its jar or somebody
 * else's.
 */
final class Servers implements AutoCloseable {

    private final Address kafka;
    private final Address redis;
    private final @Nullable ServerProcess kafkaProcess;
    private final @Nullable ServerProcess redisProcess;

    private Servers(
            Address kafka,
            Address redis,
            @Nullable ServerProcess kafkaProcess,
            @Nullable ServerProcess redisProcess) {
        this.kafka = kafka;
        this.redis = redis;
        this.kafkaProcess = kafkaProcess;
        this.redisProcess = redisProcess;
    }

    /**
     * Chooses addresses and commands; starts nothing.
     *
     * @throws StartRefusedException if a port is in use, or a server of somebody else's does not
     *     answer
     */
    static Servers prepare(Settings settings, DataDirectory data) {
        Address kafka = settings.kafka();
        ServerProcess kafkaProcess = null;
        if (kafka == null) {
            kafka = choose(settings.brokerPort(), Settings.BROKER_PORT, "--kafka-port");
            int beside = kafka.port() == Address.LAST_PORT ? kafka.port() - 1 : kafka.port() + 1;
            Address controller = choose(0, beside, "--kafka-port");
            kafkaProcess = KafkaServer.process(data, kafka, controller);
        } else if (!KafkaServer.answers(kafka)) {
            throw new StartRefusedException(
                    "No Kafka answers at %s: start it, or leave --kafka out to have one started."
                            .formatted(kafka));
        }
        Address redis = settings.redis();
        ServerProcess redisProcess = null;
        if (redis == null) {
            redis = choose(settings.redisPort(), Settings.REDIS_PORT, "--redis-port");
            redisProcess = RedisServer.process(data, redis);
        } else if (!RedisServer.answers(redis)) {
            throw new StartRefusedException(
                    "No Redis answers at %s: start it, or leave --redis out to have one started."
                            .formatted(redis));
        }
        return new Servers(kafka, redis, kafkaProcess, redisProcess);
    }

    /** Starts what is ours, without waiting for it. */
    void start() {
        for (ServerProcess process : processes()) {
            process.start();
        }
    }

    /**
     * Waits until everything that was started answers.
     *
     * @throws StartRefusedException if something stops or does not answer in time
     */
    void awaitReady() throws InterruptedException {
        for (ServerProcess process : processes()) {
            process.awaitReady();
        }
    }

    Address kafka() {
        return kafka;
    }

    Address redis() {
        return redis;
    }

    /** The broker that was started here. */
    ServerProcess kafkaProcess() {
        return own(kafkaProcess, "Kafka");
    }

    /** The Redis that was started here. */
    ServerProcess redisProcess() {
        return own(redisProcess, "Redis");
    }

    /** Stops what is ours, Kafka first. */
    @Override
    public void close() {
        for (ServerProcess process : processes().reversed()) {
            process.close();
        }
    }

    private List<ServerProcess> processes() {
        List<ServerProcess> processes = new ArrayList<>();
        if (redisProcess != null) {
            processes.add(redisProcess);
        }
        if (kafkaProcess != null) {
            processes.add(kafkaProcess);
        }
        return processes;
    }

    private static ServerProcess own(@Nullable ServerProcess process, String name) {
        if (process == null) {
            throw new IllegalStateException(name + " is somebody else's");
        }
        return process;
    }

    /**
     * The wanted port, which has to be free, or else the usual one, or else any. Asked before the
     * server starts, because a broker whose port is taken ends without saying so.
     */
    private static Address choose(int wanted, int usual, String option) {
        if (wanted == 0) {
            Address address = Address.loopback(usual);
            return address.bindable() ? address : Address.free();
        }
        Address address = Address.loopback(wanted);
        if (!address.bindable()) {
            throw new StartRefusedException(
                    "Port %d is in use: stop the program that uses it, or choose another with %s PORT."
                            .formatted(wanted, option));
        }
        return address;
    }
}
