package org.partita.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BudgetTest {

    private static final int NO_LIMIT = Integer.MAX_VALUE;

    @Test
    void whicheverLimitIsNearerDecides() {
        Budget budget = new Budget(100, 60);

        assertThat(budget.progress(25, 3)).isEqualTo(0.25);
        assertThat(budget.progress(25, 45)).isEqualTo(0.75);
        assertThat(budget.progress(100, 3)).isEqualTo(1);
        assertThat(budget.progress(300, 3)).isEqualTo(1);
    }

    @Test
    void runWithoutEndIsRefused() {
        assertThatThrownBy(() -> new Budget(NO_LIMIT, Double.POSITIVE_INFINITY))
                .hasMessage("a run needs an end: updates or minutes");
    }

    @Test
    void runWithoutBeginningIsRefused() {
        assertThatThrownBy(() -> new Budget(0, 60)).hasMessage("updates must be at least 1: 0");
        assertThatThrownBy(() -> new Budget(NO_LIMIT, 0))
                .hasMessage("seconds must be positive: 0.0");
    }
}
