/**
 * Commands for people who want to know what the engine does: how fast it is, and whether it
 * composes the same again.
 */
@NullMarked
package org.partita.worker.workbench;

import org.jspecify.annotations.NullMarked;
