package org.partita.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final Schedule SCHEDULE = new Schedule(0.01, 100, 0.1);

    @Test
    void warmsUpLinearly() {
        assertThat(SCHEDULE.rate(1, 0)).isCloseTo(0.0001, within(1e-9));
        assertThat(SCHEDULE.rate(50, 0)).isCloseTo(0.005, within(1e-9));
        assertThat(SCHEDULE.rate(100, 0)).isCloseTo(0.01, within(1e-9));
        assertThat(SCHEDULE.rate(500, 0)).isCloseTo(0.01, within(1e-9));
    }

    @Test
    void fallsAlongHalfACosineToItsFinalShare() {
        assertThat(SCHEDULE.rate(1000, 0.5)).isCloseTo(0.0055, within(1e-9));
        assertThat(SCHEDULE.rate(1000, 1)).isCloseTo(0.001, within(1e-9));
        assertThat(SCHEDULE.rate(1000, 1.2)).isCloseTo(0.001, within(1e-9));
        assertThat(SCHEDULE.rate(1000, 0.3)).isGreaterThan(SCHEDULE.rate(1000, 0.4));
    }

    @Test
    void withoutWarmUpBeginsAtItsPeak() {
        assertThat(new Schedule(0.01, 0, 0).rate(1, 0)).isCloseTo(0.01, within(1e-9));
    }
}
