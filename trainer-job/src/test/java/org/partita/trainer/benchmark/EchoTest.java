package org.partita.trainer.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EchoTest {

    @Test
    void whatFollowedBeforeIsExpectedAsLongAsTheMusicRepeatsItself() {
        Echo echo = new Echo(2, 1);

        hear(echo, 7, 1, 2, 3, 4, 5, 1);
        assertThat(echo.expected()).isEqualTo(Echo.NONE);
        assertThat(echo.agreed()).isZero();

        hear(echo, 2);
        assertThat(echo.expected()).isEqualTo(3);
        assertThat(echo.agreed()).isEqualTo(2);

        hear(echo, 3);
        assertThat(echo.expected()).isEqualTo(4);
        assertThat(echo.agreed()).isEqualTo(3);

        hear(echo, 9);
        assertThat(echo.expected()).isEqualTo(Echo.NONE);
    }

    @Test
    void theLastOfSeveralIsExpected() {
        Echo echo = new Echo(2, 1);

        hear(echo, 1, 2, 3, 1, 2, 4, 1, 2);

        assertThat(echo.expected()).isEqualTo(4);
    }

    @Test
    void onlyTheSamePlaceInThePeriodIsCompared() {
        Echo echo = new Echo(2, 4);

        hear(echo, 1, 2, 3, 1, 2);
        assertThat(echo.expected()).isEqualTo(Echo.NONE);

        hear(echo, 5, 6, 7, 1, 2);
        assertThat(echo.expected()).isEqualTo(3);
    }

    private static void hear(Echo echo, int... tokens) {
        for (int token : tokens) {
            echo.accept(token);
        }
    }
}
