package org.partita.gateway.client;

import java.time.Duration;
import org.partita.protocol.Quota;
import org.partita.protocol.Submission;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much may be asked.
 *
 * @param submissionsPerMinute submissions of one client
 * @param unfinishedPerClient queued and running jobs of one client
 * @param queuedJobs waiting jobs of all clients
 * @param longestWait estimated time until a new job begins, above which none is taken
 * @param streams event streams and waiting submissions open at the same time
 * @param streamsPerClient those of one client
 */
@ConfigurationProperties("partita.limits")
public record LimitProperties(
        @DefaultValue("120") int submissionsPerMinute,
        @DefaultValue("64") int unfinishedPerClient,
        @DefaultValue("1000") int queuedJobs,
        @DefaultValue("120s") Duration longestWait,
        @DefaultValue("2000") int streams,
        @DefaultValue("200") int streamsPerClient) {

    public Submission.Limits submission() {
        return new Submission.Limits(unfinishedPerClient, queuedJobs, longestWait);
    }

    Quota.Policy policy() {
        return new Quota.Policy("submissions", submissionsPerMinute, Duration.ofMinutes(1));
    }
}
