/** Scores as every program knows them: parts, notes, tempo and meter in ticks. */
@NullMarked
package org.partita.music;

import org.jspecify.annotations.NullMarked;
