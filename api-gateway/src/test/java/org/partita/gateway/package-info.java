/** Tests of the running gateway. */
@NullMarked
package org.partita.gateway;

import org.jspecify.annotations.NullMarked;
