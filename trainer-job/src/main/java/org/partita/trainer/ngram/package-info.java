/** Counting models, the yardstick for everything learnt: interpolated Witten-Bell n-grams. */
@NullMarked
package org.partita.trainer.ngram;

import org.jspecify.annotations.NullMarked;
