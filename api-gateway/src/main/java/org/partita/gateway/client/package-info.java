/** Who asks, and how much one may ask. */
@NullMarked
package org.partita.gateway.client;

import org.jspecify.annotations.NullMarked;
