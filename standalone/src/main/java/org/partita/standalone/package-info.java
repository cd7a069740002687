/** The whole system in one command: real Kafka and Redis from jars, gateway, worker and site. */
@NullMarked
package org.partita.standalone;

import org.jspecify.annotations.NullMarked;
