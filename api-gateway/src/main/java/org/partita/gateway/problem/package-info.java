/** What went wrong, as problem details (RFC 9457). */
@NullMarked
package org.partita.gateway.problem;

import org.jspecify.annotations.NullMarked;
