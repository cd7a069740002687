package org.partita.gateway.queue;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.partita.protocol.GenerationJob;
import org.partita.protocol.JobCodec;
import org.partita.protocol.Topics;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/** Jobs as records of {@link Topics#GENERATION_JOBS}, confirmed by all replicas. */
@Component
final class KafkaJobQueue implements JobQueue {

    private final KafkaTemplate<String, byte[]> kafka;
    private final JobCodec codec;
    private final QueueProperties properties;

    KafkaJobQueue(KafkaTemplate<String, byte[]> kafka, JobCodec codec, QueueProperties properties) {
        this.kafka = kafka;
        this.codec = codec;
        this.properties = properties;
    }

    @Override
    public void send(GenerationJob job) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(Topics.GENERATION_JOBS, job.id().value(), codec.writeJob(job));
        String traceparent = job.traceparent();
        if (traceparent != null) {
            record.headers()
                    .add(Topics.TRACE_HEADER, traceparent.getBytes(StandardCharsets.US_ASCII));
        }
        try {
            kafka.send(record).get(properties.sendTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            throw new QueueUnavailableException("the broker did not confirm the job", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueueUnavailableException("interrupted while sending", e);
        }
    }
}
