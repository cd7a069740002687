package org.partita.trainer.training;

/**
 * How well the averaged weights predict music they have not seen.
 *
 * @param update after which update
 * @param seconds of training before
 * @param pieces read
 * @param events read
 * @param notes among them
 * @param nllPerNote nats, everything together, shared out over the notes
 * @param nllPerEvent nats, everything together, shared out over the events
 * @param tokenPerEvent nats of the tokens
 * @param durationPerNote nats of the durations
 * @param velocityPerNote nats of the velocities
 */
public record ValidationResult(
        int update,
        double seconds,
        int pieces,
        long events,
        long notes,
        double nllPerNote,
        double nllPerEvent,
        double tokenPerEvent,
        double durationPerNote,
        double velocityPerNote) {

    static ValidationResult of(int update, double seconds, int pieces, Losses losses) {
        return new ValidationResult(
                update,
                seconds,
                pieces,
                losses.events(),
                losses.notes(),
                losses.perNote(),
                losses.perEvent(),
                losses.tokenPerEvent(),
                losses.durationPerNote(),
                losses.velocityPerNote());
    }
}
