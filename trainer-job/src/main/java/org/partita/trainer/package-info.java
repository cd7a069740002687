/** The command line that turns MIDI files into a trained model. */
@NullMarked
package org.partita.trainer;

import org.jspecify.annotations.NullMarked;
