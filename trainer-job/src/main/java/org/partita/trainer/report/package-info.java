/** How commands give away their numbers. */
@NullMarked
package org.partita.trainer.report;

import org.jspecify.annotations.NullMarked;
