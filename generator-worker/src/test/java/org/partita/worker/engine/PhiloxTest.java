package org.partita.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhiloxTest {

    /** Known answers of the Random123 library that came with the paper. */
    @ParameterizedTest
    @CsvSource({
        "00000000, 00000000, 00000000, 00000000, 00000000, 00000000, 6627e8d5e169c58d,"
                + " bc57ac4c9b00dbd8",
        "ffffffff, ffffffff, ffffffff, ffffffff, ffffffff, ffffffff, 408f276d41c83b0e,"
                + " a20bc7c66d5451fd",
        "243f6a88, 85a308d3, 13198a2e, 03707344, a4093822, 299f31d0, d16cfe0994fdcceb,"
                + " 5001e42024126ea1",
    })
    void answersAsPublished(
            String c0,
            String c1,
            String c2,
            String c3,
            String k0,
            String k1,
            String first,
            String second) {
        long key = Integer.toUnsignedLong(word(k1)) << 32 | Integer.toUnsignedLong(word(k0));

        long firstHalf = Philox.firstHalf(word(c0), word(c1), word(c2), word(c3), key);
        long secondHalf = Philox.secondHalf(word(c0), word(c1), word(c2), word(c3), key);

        assertThat(Long.toHexString(firstHalf)).isEqualTo(first);
        assertThat(Long.toHexString(secondHalf)).isEqualTo(second);
    }

    private static int word(String hex) {
        return Integer.parseUnsignedInt(hex, 16);
    }
}
