/** The likelihood benchmarks of the literature on polyphonic music, by one exact protocol each. */
@NullMarked
package org.partita.trainer.benchmark;

import org.jspecify.annotations.NullMarked;
