/** Tests of the wire between gateway and workers. */
@NullMarked
package org.partita.protocol;

import org.jspecify.annotations.NullMarked;
