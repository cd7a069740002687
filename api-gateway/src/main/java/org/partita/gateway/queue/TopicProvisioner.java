package org.partita.gateway.queue;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;
import org.partita.protocol.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/**
 * Sees to it that the topics exist and that the share group reads them from the beginning: its
 * default, {@code latest}, would skip every job sent before the first worker ever joined. Goes on
 * trying in the background until the broker answers.
 */
@Component
final class TopicProvisioner implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(TopicProvisioner.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int TIMEOUT_MILLIS = 5_000;

    private final KafkaAdmin kafkaAdmin;
    private final KafkaTemplate<String, byte[]> kafka;
    private final QueueProperties properties;
    private volatile boolean provisioned;
    private @Nullable Thread thread;

    TopicProvisioner(
            KafkaAdmin kafkaAdmin,
            KafkaTemplate<String, byte[]> kafka,
            QueueProperties properties) {
        this.kafkaAdmin = kafkaAdmin;
        this.kafka = kafka;
        this.properties = properties;
    }

    @Override
    public synchronized void start() {
        thread = Thread.ofVirtual().name("provision-topics").start(this::provisionUntilDone);
    }

    @Override
    public synchronized void stop() {
        if (thread != null) {
            thread.interrupt();
            thread = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }

    /** Whether the broker has confirmed topics and group. */
    boolean provisioned() {
        return provisioned;
    }

    private void provisionUntilDone() {
        boolean told = false;
        boolean created = false;
        while (!Thread.currentThread().isInterrupted()) {
            try (Admin admin = admin(kafkaAdmin, TIMEOUT_MILLIS)) {
                created |= provision(admin);
                // The producer's first metadata request must not be a client's.
                kafka.partitionsFor(Topics.GENERATION_JOBS);
                provisioned = true;
                LOG.atInfo().addKeyValue("topic", Topics.GENERATION_JOBS).log("queue is ready");
                if (created) {
                    openGroup(admin);
                }
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (ExecutionException | TimeoutException | RuntimeException e) {
                if (!told) {
                    told = true;
                    LOG.atWarn()
                            .addKeyValue("cause", String.valueOf(e.getMessage()))
                            .log("the broker does not answer yet; trying on");
                }
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A client as configured, but one that waits for an answer only so long. */
    static Admin admin(KafkaAdmin configured, int timeoutMillis) {
        Map<String, Object> settings = new HashMap<>(configured.getConfigurationProperties());
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, timeoutMillis);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeoutMillis);
        return Admin.create(settings);
    }

    /** Whether the topic of jobs was not there before. */
    private boolean provision(Admin admin)
            throws InterruptedException, ExecutionException, TimeoutException {
        create(admin, Topics.GENERATION_JOBS_DEAD);
        boolean created = create(admin, Topics.GENERATION_JOBS);
        await(
                admin.incrementalAlterConfigs(
                                Map.of(
                                        new ConfigResource(
                                                ConfigResource.Type.GROUP, Topics.SHARE_GROUP),
                                        List.of(
                                                set("share.auto.offset.reset", "earliest"),
                                                set(
                                                        "share.record.lock.duration.ms",
                                                        Long.toString(
                                                                properties.lock().toMillis())))))
                        .all());
        return created;
    }

    private boolean create(Admin admin, String topic)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            await(
                    admin.createTopics(
                                    List.of(
                                            new NewTopic(
                                                    topic,
                                                    properties.partitions(),
                                                    properties.replication())))
                            .all());
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Makes the group's state before its first lane joins. A lane that comes first has the broker
     * make it, and waits seconds for retries and for the heartbeat after.
     */
    private void openGroup(Admin admin) throws InterruptedException {
        Map<TopicPartition, Long> beginning = new HashMap<>();
        for (int partition = 0; partition < properties.partitions(); partition++) {
            beginning.put(new TopicPartition(Topics.GENERATION_JOBS, partition), 0L);
        }
        try {
            await(admin.alterShareGroupOffsets(Topics.SHARE_GROUP, beginning).all());
        } catch (ExecutionException | TimeoutException e) {
            // A lane was first; or the broker will do it when one comes.
            LOG.atDebug().setCause(e).log("the share group was not opened");
        }
    }

    private static void await(KafkaFuture<Void> answer)
            throws InterruptedException, ExecutionException, TimeoutException {
        answer.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static AlterConfigOp set(String name, String value) {
        return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    }
}
