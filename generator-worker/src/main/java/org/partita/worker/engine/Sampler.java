package org.partita.worker.engine;

/** Chooses one of several candidates by what the model thinks of them and one random number. */
interface Sampler {

    /**
     * The index chosen. A pure function of its arguments.
     *
     * @param logits unnormalised log-probabilities, one a candidate
     * @param legal which candidates may be chosen; at least one
     * @param count how many candidates there are; both arrays are read up to here
     * @param uniform a random number in [0, 1)
     * @throws IllegalStateException if no candidate is legal or a legal one's logit is not a number
     */
    int choose(float[] logits, boolean[] legal, int count, double uniform);
}
