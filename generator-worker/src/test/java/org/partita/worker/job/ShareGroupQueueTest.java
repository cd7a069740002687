package org.partita.worker.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.partita.protocol.Topics;

/** What a lane makes of a consumer's answers that a broker gives only when a lock was lost. */
class ShareGroupQueueTest {

    private static final ConsumerRecord<String, byte[]> OURS = record(0);
    private static final ConsumerRecord<String, byte[]> ANOTHER = record(1);
    private static final ConsumerRecords<String, byte[]> NOTHING = ConsumerRecords.empty();

    private final Queue<ConsumerRecords<String, byte[]>> polls = new ArrayDeque<>();
    private final List<String> acknowledged = new ArrayList<>();

    @Test
    void anotherRecordInsteadOfTheRenewedOneIsNotTakenForIt() {
        polls.addAll(List.of(one(OURS), one(ANOTHER)));
        Delivery delivery = delivered();

        assertThatThrownBy(delivery::renew)
                .isInstanceOf(QueueFailedException.class)
                .hasMessageContaining("@0")
                .hasMessageContaining("@1");
        assertThat(acknowledged).containsExactly("0 renew");
    }

    @Test
    void aRenewalThatTakesLongIsWaitedForAndNotAskedForAgain() {
        polls.add(one(OURS));
        Delivery delivery = delivered();

        assertThatCode(delivery::renew).doesNotThrowAnyException();
        polls.add(one(OURS));
        delivery.renew();
        delivery.accept();

        assertThat(acknowledged).containsExactly("0 renew", "0 accept");
    }

    private Delivery delivered() {
        return Objects.requireNonNull(new ShareGroupQueue(consumer()).poll(Duration.ZERO));
    }

    /** A consumer whose locks always want to be renewed. */
    @SuppressWarnings("unchecked")
    private ShareConsumer<String, byte[]> consumer() {
        return (ShareConsumer<String, byte[]>)
                Proxy.newProxyInstance(
                        ShareConsumer.class.getClassLoader(),
                        new Class<?>[] {ShareConsumer.class},
                        (_, method, arguments) ->
                                switch (method.getName()) {
                                    case "poll" ->
                                            Objects.requireNonNullElse(polls.poll(), NOTHING);
                                    case "acquisitionLockTimeoutMs" -> Optional.of(0);
                                    case "acknowledge" ->
                                            acknowledged.add(
                                                    ((ConsumerRecord<?, ?>) arguments[0]).offset()
                                                            + " "
                                                            + (AcknowledgeType) arguments[1]);
                                    default -> null;
                                });
    }

    private static ConsumerRecord<String, byte[]> record(long offset) {
        return new ConsumerRecord<>(Topics.GENERATION_JOBS, 0, offset, "job", new byte[0]);
    }

    private static ConsumerRecords<String, byte[]> one(ConsumerRecord<String, byte[]> record) {
        return new ConsumerRecords<>(
                Map.of(new TopicPartition(record.topic(), 0), List.of(record)), Map.of());
    }
}
