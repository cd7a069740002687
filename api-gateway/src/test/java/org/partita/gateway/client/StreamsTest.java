package org.partita.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StreamsTest {

    private static final Client ONE = new Client("one");
    private static final Client TWO = new Client("two");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Streams streams =
            new Streams(new LimitProperties(1, 1, 1, Duration.ofSeconds(1), 3, 2), meters);

    @Test
    void noClientTakesAllRoom() {
        assertThat(streams.tryEnter(ONE)).isTrue();
        assertThat(streams.tryEnter(ONE)).isTrue();
        assertThat(streams.tryEnter(ONE)).isFalse();
        assertThat(streams.tryEnter(TWO)).isTrue();
        assertThat(streams.tryEnter(TWO)).isFalse();

        streams.leave(ONE);

        assertThat(streams.tryEnter(TWO)).isTrue();
        assertThat(meters.get("partita.streams").gauge().value()).isEqualTo(3);
    }
}
