package org.partita.gateway.queue;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.stereotype.Component;

/** Whether the topics are there and the broker answers within a second. */
@Component("kafkaHealthIndicator")
final class QueueHealth extends AbstractHealthIndicator implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 1_000;

    private final KafkaAdmin kafkaAdmin;
    private final TopicProvisioner provisioner;
    private @Nullable Admin admin;

    QueueHealth(KafkaAdmin kafkaAdmin, TopicProvisioner provisioner) {
        super("the broker does not answer");
        this.kafkaAdmin = kafkaAdmin;
        this.provisioner = provisioner;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (!provisioner.provisioned()) {
            builder.outOfService();
            return;
        }
        admin().describeCluster().clusterId().get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        builder.up();
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
            admin = null;
        }
    }

    private synchronized Admin admin() {
        if (admin == null) {
            admin = TopicProvisioner.admin(kafkaAdmin, TIMEOUT_MILLIS);
        }
        return admin;
    }
}
