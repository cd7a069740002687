package org.partita.trainer.training;

/**
 * Sums of negative log-likelihoods in nats over some events.
 *
 * @param token of the tokens among the legal ones
 * @param duration of the notes' duration classes
 * @param velocity of the notes' velocity classes
 * @param events number of events
 * @param notes number of notes among them
 */
record Losses(double token, double duration, double velocity, long events, long notes) {

    static final Losses ZERO = new Losses(0, 0, 0, 0, 0);

    Losses plus(Losses other) {
        return new Losses(
                token + other.token,
                duration + other.duration,
                velocity + other.velocity,
                events + other.events,
                notes + other.notes);
    }

    /** Everything together, shared out over the notes; over the events where none is a note. */
    double perNote() {
        return notes == 0 ? perEvent() : (token + duration + velocity) / notes;
    }

    /** Everything together, shared out over the events. */
    double perEvent() {
        return (token + duration + velocity) / Math.max(1, events);
    }

    double tokenPerEvent() {
        return token / Math.max(1, events);
    }

    double durationPerNote() {
        return duration / Math.max(1, notes);
    }

    double velocityPerNote() {
        return velocity / Math.max(1, notes);
    }
}
