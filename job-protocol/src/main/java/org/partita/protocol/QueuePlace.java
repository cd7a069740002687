package org.partita.protocol;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a waiting job stands.
 *
 * @param position jobs before it, 0 = next
 * @param untilStart estimated time until it begins; {@code null} while no worker lives
 */
public record QueuePlace(long position, @Nullable Duration untilStart) {}
