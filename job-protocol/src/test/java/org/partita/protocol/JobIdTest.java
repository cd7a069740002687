package org.partita.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class JobIdTest {

    @Test
    void holds160BitsInBase32() {
        // Given
        RandomGenerator ones =
                new Random() {
                    @Override
                    public void nextBytes(byte[] bytes) {
                        java.util.Arrays.fill(bytes, (byte) 0xff);
                    }
                };
        // When
        JobId id = JobId.draw(ones);
        // Then
        assertThat(id.value()).isEqualTo("7".repeat(32));
    }

    @Test
    void followsTheAlphabetOfRfc4648() {
        // Given: the bytes "foobarfoobarfoobarfo", whose Base32 is known
        byte[] text = "foobarfoobarfoobarfo".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        RandomGenerator scripted =
                new Random() {
                    @Override
                    public void nextBytes(byte[] bytes) {
                        System.arraycopy(text, 0, bytes, 0, bytes.length);
                    }
                };
        // When
        JobId id = JobId.draw(scripted);
        // Then
        assertThat(id.value()).startsWith("mzxw6ytb");
    }

    @Test
    void refusesWhatIsNoId() {
        for (String text : new String[] {"", "a", "A".repeat(32), "1".repeat(32), "a".repeat(33)}) {
            assertThatThrownBy(() -> new JobId(text)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
