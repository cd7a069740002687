package org.partita.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    @Test
    void readsHostAndPort() {
        // When
        Address address = Address.parse("kafka.example:9092");

        // Then
        assertThat(address).isEqualTo(new Address("kafka.example", 9092));
    }

    @Test
    void readsAndWritesIpv6InBrackets() {
        // When
        Address address = Address.parse("[::1]:6379");

        // Then
        assertThat(address).isEqualTo(new Address("::1", 6379)).hasToString("[::1]:6379");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "kafka", ":9092", "kafka:", "kafka:0", "kafka:70000", "kafka:-1"})
    void refusesWhatIsNoAddress(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Address.parse(text));
    }

    @Test
    void knowsAPortInUseFromAFreeOne() throws IOException {
        // Given
        Address free = Address.free();
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // When
            Address used = Address.loopback(listening.getLocalPort());

            // Then
            assertThat(used.bindable()).isFalse();
            assertThat(used.accepts()).isTrue();
            assertThat(free.bindable()).isTrue();
            assertThat(free.accepts()).isFalse();
        }
    }
}
