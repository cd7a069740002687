/** How the worker tells its surroundings over HTTP that it lives and that it takes jobs. */
@NullMarked
package org.partita.worker.health;

import org.jspecify.annotations.NullMarked;
