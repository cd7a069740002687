package org.partita.trainer.evaluate;

/**
 * Negative log-likelihood of music, in nats, in the parts that it is the sum of.
 *
 * @param token of which event comes next, over the legal tokens
 * @param duration of the notes' durations, given their pitches
 * @param velocity of the notes' velocities, given pitch and duration
 * @param events predicted
 * @param notes among them
 * @param seconds how long the music lasts
 */
record Likelihood(
        double token, double duration, double velocity, long events, long notes, double seconds) {

    static final Likelihood NONE = new Likelihood(0, 0, 0, 0, 0, 0);

    double nats() {
        return token + duration + velocity;
    }

    Likelihood plus(Likelihood other) {
        return new Likelihood(
                token + other.token,
                duration + other.duration,
                velocity + other.velocity,
                events + other.events,
                notes + other.notes,
                seconds + other.seconds);
    }
}
