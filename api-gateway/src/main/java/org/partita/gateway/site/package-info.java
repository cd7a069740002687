/** The web site, served from a directory beside the API. */
@NullMarked
package org.partita.gateway.site;

import org.jspecify.annotations.NullMarked;
