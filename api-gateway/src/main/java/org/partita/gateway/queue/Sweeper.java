package org.partita.gateway.queue;

import io.micrometer.core.instrument.MeterRegistry;
import org.partita.protocol.GenerationJob;
import org.partita.protocol.JobStore;
import org.partita.protocol.Reaped;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Sends again what may not have reached the broker, and ends jobs that nobody else will end. Every
 * gateway has one; the scripts see to it that they do not do the same work.
 */
@Component
final class Sweeper {

    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
    private static final int AT_ONCE = 100;

    private final JobStore store;
    private final JobQueue queue;
    private final QueueProperties properties;
    private final MeterRegistry meters;

    Sweeper(JobStore store, JobQueue queue, QueueProperties properties, MeterRegistry meters) {
        this.store = store;
        this.queue = queue;
        this.properties = properties;
        this.meters = meters;
    }

    @Scheduled(fixedDelayString = "${partita.queue.sweep-interval:1s}")
    void sweep() {
        try {
            resend();
            reap();
        } catch (DataAccessException e) {
            LOG.atDebug().addKeyValue("cause", e.getMessage()).log("no sweep without Redis");
        }
    }

    private void resend() {
        for (GenerationJob job : store.unsent(properties.resendAfter(), AT_ONCE)) {
            try {
                queue.send(job);
            } catch (QueueUnavailableException e) {
                // The rest of the lease runs out and a later sweep tries again.
                LOG.atDebug().addKeyValue("job", job.id()).log("no sweep without the broker");
                return;
            }
            store.markSent(job.id());
            meters.counter("partita.jobs.resent").increment();
            LOG.atInfo().addKeyValue("job", job.id()).log("sent again from the outbox");
        }
    }

    private void reap() {
        Reaped reaped = store.reap(AT_ONCE);
        meters.counter("partita.jobs.reaped", "end", "expired").increment(reaped.expired());
        meters.counter("partita.jobs.reaped", "end", "failed").increment(reaped.failed());
        meters.counter("partita.jobs.reaped", "end", "returned").increment(reaped.returned());
        if (reaped.expired() + reaped.failed() + reaped.returned() > 0) {
            LOG.atInfo()
                    .addKeyValue("expired", reaped.expired())
                    .addKeyValue("failed", reaped.failed())
                    .addKeyValue("returned", reaped.returned())
                    .log("ended or gave back what nobody held");
        }
    }
}
