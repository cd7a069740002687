package org.partita.gateway.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.partita.protocol.JobId;
import org.partita.protocol.RealRedis;
import org.partita.protocol.RedisKeys;
import org.springframework.data.redis.core.StringRedisTemplate;

class EventBellIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void oneMessageRingsForEveryJobItNames() throws Exception {
        SplittableRandom random = new SplittableRandom(3);
        JobId one = JobId.draw(random);
        JobId two = JobId.draw(random);
        try (RealRedis redis = new RealRedis()) {
            // Given
            EventBell bell = new EventBell(redis.connections(), RedisKeys.DEFAULT);
            bell.start();
            try (EventBell.Ear first = bell.listen(one);
                    EventBell.Ear second = bell.listen(two)) {
                long start = System.nanoTime();
                // When
                publish(redis, one.value() + " " + two.value());
                first.await(PATIENCE);
                second.await(PATIENCE);
                // Then
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
            } finally {
                bell.stop();
            }
        }
    }

    /** Publishes as soon as somebody has subscribed. */
    private static void publish(RealRedis redis, String message) throws InterruptedException {
        StringRedisTemplate template = new StringRedisTemplate(redis.connections());
        for (int i = 0; i < 600; i++) {
            Long heard = template.convertAndSend(RedisKeys.DEFAULT.eventsChannel(), message);
            if (heard != null && heard > 0) {
                return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("nobody subscribed");
    }
}
