/** End-to-end tests on the real parts. */
@NullMarked
package org.partita.standalone;

import org.jspecify.annotations.NullMarked;
