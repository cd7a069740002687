/** What composed pieces are like, measured beside real music, and how much of it they copy. */
@NullMarked
package org.partita.trainer.samples;

import org.jspecify.annotations.NullMarked;
