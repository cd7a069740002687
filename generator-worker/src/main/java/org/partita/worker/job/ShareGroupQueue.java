package org.partita.worker.job;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.partita.protocol.JobId;
import org.partita.protocol.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A member of the share group (KIP-932) that takes one record at a time (KIP-1206) and acknowledges
 * it explicitly.
 */
final class ShareGroupQueue implements JobQueue {

    private static final Logger LOG = LoggerFactory.getLogger(ShareGroupQueue.class);
    private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    /** A poll that renews comes back only after its whole time, so it must be short. */
    private static final Duration RENEW_POLL = Duration.ofMillis(100);

    private static final int MOST_RENEW_POLLS = 20;

    /** The broker's default, until it has told the true one. */
    private static final int DEFAULT_LOCK_MILLIS = 30_000;

    private final ShareConsumer<String, byte[]> consumer;

    ShareGroupQueue(ShareConsumer<String, byte[]> consumer) {
        this.consumer = consumer;
        consumer.setAcknowledgementCommitCallback((offsets, failure) -> {
            if (failure != null) {
                refused(String.valueOf(offsets.keySet()), failure);
            }
        });
        consumer.subscribe(List.of(Topics.GENERATION_JOBS));
    }

    @Override
    public @Nullable Delivery poll(Duration atMost) {
        try {
            for (ConsumerRecord<String, byte[]> first : consumer.poll(atMost)) {
                // There is only one: max.poll.records is 1 and the fetch is limited by records.
                return new Held(first);
            }
            return null;
        } catch (WakeupException e) {
            return null;
        } catch (KafkaException | IllegalStateException e) {
            throw new QueueFailedException(e);
        }
    }

    @Override
    public void wakeUp() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        try {
            consumer.close(CLOSE_TIMEOUT);
        } catch (KafkaException e) {
            LOG.atDebug().setCause(e).log("a lane left the share group uncleanly");
        }
    }

    /** Someone else has the record, or will get it; the store's fence decides. */
    private static void refused(String delivery, Exception reason) {
        LOG.atWarn()
                .addKeyValue("delivery", delivery)
                .addKeyValue("reason", reason.getMessage())
                .log("acknowledgement refused");
    }

    /** The record in hand. */
    private final class Held implements Delivery {

        private ConsumerRecord<String, byte[]> record;
        private long lockedAt = System.nanoTime();

        /** Whether a renewal was asked for and the record has not come back yet. */
        private boolean renewing;

        Held(ConsumerRecord<String, byte[]> record) {
            this.record = record;
        }

        @Override
        public JobId id() {
            return new JobId(String.valueOf(record.key()));
        }

        @Override
        public String name() {
            return name(record);
        }

        private static String name(ConsumerRecord<String, byte[]> record) {
            return record.topic() + "-" + record.partition() + "@" + record.offset();
        }

        @Override
        public void renew() {
            long lockMillis = consumer.acquisitionLockTimeoutMs().orElse(DEFAULT_LOCK_MILLIS);
            if (!renewing && System.nanoTime() - lockedAt < lockMillis * 1_000_000L / 3) {
                return;
            }
            try {
                if (!renewing) {
                    lockedAt = System.nanoTime();
                    consumer.acknowledge(record, AcknowledgeType.RENEW);
                    renewing = true;
                }
                // The renewed record comes back from a poll and counts as in hand only then.
                for (int i = 0; i < MOST_RENEW_POLLS; i++) {
                    for (ConsumerRecord<String, byte[]> again : consumer.poll(RENEW_POLL)) {
                        renewed(again);
                        return;
                    }
                }
                LOG.atWarn().addKeyValue("delivery", name()).log("the lock is not renewed yet");
            } catch (WakeupException e) {
                // The worker stops: the lane will see that by itself. The next call polls on.
            } catch (KafkaException | IllegalStateException e) {
                throw new QueueFailedException(e);
            }
        }

        /**
         * Takes the record back.
         *
         * @throws QueueFailedException if it is another one, for then the lock was lost; closing
         *     the connection gives that other one back
         */
        private void renewed(ConsumerRecord<String, byte[]> again) {
            if (!name(again).equals(name())) {
                throw new QueueFailedException(
                        "the lock of %s was lost, and %s came instead"
                                .formatted(name(), name(again)));
            }
            record = again;
            renewing = false;
        }

        /** Goes to the broker with the next poll or the close, whichever comes first. */
        @Override
        public void accept() {
            try {
                consumer.acknowledge(record, AcknowledgeType.ACCEPT);
            } catch (KafkaException | IllegalStateException e) {
                throw new QueueFailedException(e);
            }
        }

        /** Goes to the broker at once, since somebody may wait for the job. */
        @Override
        public void release() {
            for (boolean again = true; again; ) {
                again = false;
                try {
                    consumer.acknowledge(record, AcknowledgeType.RELEASE);
                    for (Optional<KafkaException> failure :
                            consumer.commitSync(COMMIT_TIMEOUT).values()) {
                        failure.ifPresent(reason -> refused(name(), reason));
                    }
                } catch (WakeupException e) {
                    again = true;
                } catch (KafkaException | IllegalStateException e) {
                    throw new QueueFailedException(e);
                }
            }
        }
    }
}
