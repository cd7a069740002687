package org.partita.protocol;

import java.time.Duration;

/**
 * What is left of a client's quota after taking one from it.
 *
 * @param allowed whether there was one to take
 * @param remaining how many more there are right now
 * @param untilFull time until the whole quota is there again
 * @param untilNext time until there is one to take; zero while some remain
 */
public record Quota(boolean allowed, long remaining, Duration untilFull, Duration untilNext) {

    /**
     * How much a client may do.
     *
     * @param name of the policy, as clients see it
     * @param quota how often
     * @param window in how much time
     */
    public record Policy(String name, int quota, Duration window) {

        public Policy {
            if (quota < 1 || window.toSeconds() < 1) {
                throw new IllegalArgumentException("impossible quota: " + quota + " in " + window);
            }
        }
    }
}
