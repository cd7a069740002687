/** Standard MIDI files: bytes to a {@link org.partita.music.Score} and back. */
@NullMarked
package org.partita.music.midi;

import org.jspecify.annotations.NullMarked;
