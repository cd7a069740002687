/** The exact likelihood of music under a model bundle, and under counting models beside it. */
@NullMarked
package org.partita.trainer.evaluate;

import org.jspecify.annotations.NullMarked;
