package org.partita.trainer.training;

import org.partita.trainer.network.Weights;

/**
 * What a run begins with instead of random weights.
 *
 * @param name of where they come from, for the model card
 * @param weights of a network of the same shape
 */
public record Start(String name, Weights weights) {}
