package org.partita.gateway.site;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

import java.nio.file.Path;

/**
 * The site's settings.
 *
 * @param directory with the built site; {@code null} serves none
 */
@ConfigurationProperties("partita.site")
record SiteProperties(@Nullable Path directory) {}
