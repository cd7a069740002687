package org.partita.gateway.queue;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;
import org.partita.protocol.JobStore;
import org.partita.protocol.QueueStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** The queue in gauges, looked up every few seconds so that scraping never waits for Redis. */
@Component
final class QueueMonitor {

    private static final Logger LOG = LoggerFactory.getLogger(QueueMonitor.class);

    private final JobStore store;
    private volatile QueueStatus last = new QueueStatus(0, 0, 0, 0, 0, null, 0);

    QueueMonitor(JobStore store, MeterRegistry meters) {
        this.store = store;
        gauge(meters, "partita.queue.jobs", "waiting jobs", QueueStatus::queued);
        gauge(meters, "partita.running.jobs", "jobs being composed", QueueStatus::running);
        gauge(meters, "partita.lanes", "lanes of living workers", QueueStatus::lanes);
        gauge(meters, "partita.workers", "living workers", QueueStatus::workers);
        gauge(meters, "partita.outbox.jobs", "jobs not known to be in Kafka", QueueStatus::unsent);
        gauge(
                meters,
                "partita.backlog.seconds",
                "estimated work waiting or running, in seconds of all lanes",
                QueueStatus::backlogSeconds);
    }

    @Scheduled(fixedDelayString = "${partita.queue.monitor-interval:5s}")
    void look() {
        try {
            last = store.queue();
        } catch (DataAccessException e) {
            LOG.atDebug().addKeyValue("cause", e.getMessage()).log("no gauges without Redis");
        }
    }

    private void gauge(
            MeterRegistry meters,
            String name,
            String description,
            ToDoubleFunction<QueueStatus> value) {
        Gauge.builder(name, () -> value.applyAsDouble(last))
                .description(description)
                .register(meters);
    }
}
