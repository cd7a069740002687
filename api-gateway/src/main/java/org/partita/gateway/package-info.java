/** The front door: submit, poll, stream, cancel and download over HTTP. */
@NullMarked
package org.partita.gateway;

import org.jspecify.annotations.NullMarked;
