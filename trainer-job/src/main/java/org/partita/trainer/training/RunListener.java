package org.partita.trainer.training;

/** Is told how a run goes. */
interface RunListener {

    /**
     * After every update.
     *
     * @param update its number
     * @param progress share of the run that is done
     * @param seconds of training so far
     * @param losses of its batch
     * @param rate learning rate
     * @param gradient length of the gradient before clipping
     */
    void updated(
            int update,
            double progress,
            double seconds,
            Losses losses,
            double rate,
            double gradient);

    /**
     * After a validation.
     *
     * @param whole whether whole pieces were read, not their beginnings alone
     */
    void validated(ValidationResult result, boolean whole);

    void saved(int update);
}
