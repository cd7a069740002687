/**
 * A job's way through the worker: taken from the queue by a lane, composed, told while it grows,
 * stored, acknowledged.
 */
@NullMarked
package org.partita.worker.job;

import org.jspecify.annotations.NullMarked;
