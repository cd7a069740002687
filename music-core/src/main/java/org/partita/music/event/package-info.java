/** Music on the grid, and the closed vocabulary of events that the model reads and writes. */
@NullMarked
package org.partita.music.event;

import org.jspecify.annotations.NullMarked;
