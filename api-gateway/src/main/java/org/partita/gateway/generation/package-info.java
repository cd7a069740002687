/** Generations: submit, poll, stream, cancel, download. */
@NullMarked
package org.partita.gateway.generation;

import org.jspecify.annotations.NullMarked;
