package org.partita.worker.job;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.resource.Delay;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.partita.protocol.JobCodec;
import org.partita.protocol.RedisJobStore;
import org.partita.protocol.RedisKeys;
import org.partita.protocol.Retention;
import org.partita.protocol.Topics;
import org.partita.protocol.WorkerStatus;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.kafka.core.DefaultShareConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ShareConsumerFactory;

/** Puts queue, store, engines and lanes together. */
@Configuration(proxyBeanMethods = false)
class JobConfiguration {

    /** Some dozen jobs; one that is larger comes whole all the same (KIP-74). */
    private static final int FETCH_BYTES = 16 * 1024;

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    JobCodec jobCodec() {
        return new JobCodec();
    }

    @Bean
    RedisKeys redisKeys(StoreProperties properties) {
        return new RedisKeys(properties.cell());
    }

    @Bean
    RedisJobStore jobStore(
            RedisConnectionFactory connections, Clock clock, JobCodec codec, RedisKeys keys) {
        // How long results stay is the gateway's to say, when it accepts a job.
        return new RedisJobStore(connections, clock, codec, keys, Retention.DEFAULT);
    }

    /** Back within two seconds of Redis; the driver's own pauses grow to half a minute. */
    @Bean
    ClientResourcesBuilderCustomizer reconnectSoon() {
        return resources ->
                resources.reconnectDelay(
                        Delay.exponential(
                                Duration.ofMillis(50),
                                Duration.ofSeconds(2),
                                2,
                                TimeUnit.MILLISECONDS));
    }

    /** Without Redis a write fails at once, and the lane decides when to try again. */
    @Bean
    LettuceClientOptionsBuilderCustomizer failFast() {
        return options ->
                options.disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS);
    }

    @Bean
    Engines engines(WorkerProperties properties) {
        return new Engines(properties.modelDirectory(), properties.threads(), properties.lanes());
    }

    /** Spring Boot has none of its own for share groups. */
    @Bean
    ShareConsumerFactory<String, byte[]> shareConsumerFactory(
            KafkaProperties properties, KafkaConnectionDetails connection) {
        Map<String, Object> settings = new HashMap<>(properties.buildConsumerProperties());
        settings.put(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                connection.getConsumer().getBootstrapServers());
        // Settings of consumer groups that a share consumer refuses.
        settings.remove(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG);
        settings.remove(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG);
        settings.remove(ConsumerConfig.ISOLATION_LEVEL_CONFIG);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        // Whatever one record needs, the broker looks through so much of the backlog for it.
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        settings.put("share.acquire.mode", "record_limit");
        settings.put("share.acknowledgement.mode", "explicit");
        return new DefaultShareConsumerFactory<>(settings);
    }

    @Bean
    WorkerStatus workerStatus(WorkerProperties properties, Engines engines) {
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        return new WorkerStatus(
                "worker-" + HexFormat.of().formatHex(random),
                properties.lanes(),
                engines.provider(),
                engines.describe());
    }

    @Bean
    Heartbeat heartbeat(RedisJobStore store, WorkerStatus status) {
        return new Heartbeat(store, status);
    }

    @Bean
    Teller teller(RedisJobStore store, WorkerProperties properties) {
        return new Teller(store, properties.lease());
    }

    @Bean
    Lanes lanes(
            ShareConsumerFactory<String, byte[]> consumers,
            KafkaTemplate<String, byte[]> kafka,
            RedisJobStore store,
            Teller teller,
            Engines engines,
            JobCodec codec,
            Clock clock,
            WorkerStatus status,
            WorkerProperties properties) {
        JobComposer composer =
                new JobComposer(
                        store,
                        teller,
                        engines,
                        new DeadLetterTopic(kafka, codec),
                        clock,
                        status.worker(),
                        properties.lease());
        AtomicInteger opened = new AtomicInteger();
        return new Lanes(
                () ->
                        new ShareGroupQueue(
                                consumers.createShareConsumer(
                                        Topics.SHARE_GROUP,
                                        "-" + status.worker() + "-" + opened.getAndIncrement())),
                composer,
                properties.lanes(),
                properties.drain());
    }
}
