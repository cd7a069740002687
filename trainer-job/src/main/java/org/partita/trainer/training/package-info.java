/** The training loop: batches, loss, optimiser, checkpoints and what is reported on the way. */
@NullMarked
package org.partita.trainer.training;

import org.jspecify.annotations.NullMarked;
