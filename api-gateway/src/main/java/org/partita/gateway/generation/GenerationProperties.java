package org.partita.gateway.generation;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How generations are served.
 *
 * @param defaultModel what composes when a request names no model
 * @param heartbeat silence on an event stream after which a comment is sent
 * @param longestStream after which an event stream ends, for the client to resume it
 */
@ConfigurationProperties("partita.generation")
record GenerationProperties(
        @DefaultValue("piano") String defaultModel,
        @DefaultValue("15s") Duration heartbeat,
        @DefaultValue("15m") Duration longestStream) {}
