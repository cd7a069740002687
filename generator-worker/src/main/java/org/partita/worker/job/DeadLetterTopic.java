package org.partita.worker.job;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.partita.protocol.GenerationJob;
import org.partita.protocol.JobCodec;
import org.partita.protocol.JobError;
import org.partita.protocol.Topics;
import org.springframework.kafka.core.KafkaTemplate;

/** The dead-letter topic: the job as it was queued, and why it was given up in a header. */
final class DeadLetterTopic implements DeadLetters {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final KafkaTemplate<String, byte[]> kafka;
    private final JobCodec codec;

    DeadLetterTopic(KafkaTemplate<String, byte[]> kafka, JobCodec codec) {
        this.kafka = kafka;
        this.codec = codec;
    }

    @Override
    public void bury(GenerationJob job, JobError error) {
        ProducerRecord<String, byte[]> message =
                new ProducerRecord<>(
                        Topics.GENERATION_JOBS_DEAD, job.id().value(), codec.writeJob(job));
        message.headers()
                .add(
                        Topics.ERROR_HEADER,
                        (error.code().written() + ": " + error.detail())
                                .getBytes(StandardCharsets.UTF_8));
        try {
            kafka.send(message).get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while burying " + job.id(), e);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("cannot bury " + job.id(), e);
        }
    }
}
