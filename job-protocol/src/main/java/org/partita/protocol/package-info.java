/**
 * The wire between gateway and workers: the job message, the job's states, topic names, Redis keys
 * and scripts, and their JSON.
 */
@NullMarked
package org.partita.protocol;

import org.jspecify.annotations.NullMarked;
