/**
 * Prepared music: directories of MIDI files become one file of event sequences with their
 * provenance.
 */
@NullMarked
package org.partita.trainer.data;

import org.jspecify.annotations.NullMarked;
