/**
 * Composes: steps the recurrent model for many pieces together, each one a pure function of its
 * request, whatever else is being composed beside it.
 */
@NullMarked
package org.partita.worker.engine;

import org.jspecify.annotations.NullMarked;
