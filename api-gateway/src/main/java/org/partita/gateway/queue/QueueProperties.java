package org.partita.gateway.queue;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The queue's settings.
 *
 * @param partitions of the topic of jobs, when it is created; a share group hands the records of
 *     one partition to any number of lanes, and one keeps the order of submission
 * @param replication copies of the topics, when they are created
 * @param lock how long a record belongs to a worker that says nothing (broker limits: 15 s to 60 s)
 * @param sendTimeout how long a submission waits for the broker
 * @param resendAfter age of an outbox entry at which it is sent again
 */
@ConfigurationProperties("partita.queue")
record QueueProperties(
        @DefaultValue("1") int partitions,
        @DefaultValue("1") short replication,
        @DefaultValue("30s") Duration lock,
        @DefaultValue("700ms") Duration sendTimeout,
        @DefaultValue("5s") Duration resendAfter) {}
