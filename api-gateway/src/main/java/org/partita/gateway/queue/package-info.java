/** The way into Kafka, and the care for what lies in it. */
@NullMarked
package org.partita.gateway.queue;

import org.jspecify.annotations.NullMarked;
