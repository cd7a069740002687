/** The worker: takes jobs from the queue, composes them and stores the pieces. */
@NullMarked
package org.partita.worker;

import org.jspecify.annotations.NullMarked;
