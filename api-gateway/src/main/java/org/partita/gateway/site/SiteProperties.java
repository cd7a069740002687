package org.partita.gateway.site;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The site's settings.
 *
 * @param directory with the built site; {@code null} serves none
 */
@ConfigurationProperties("partita.site")
record SiteProperties(@Nullable Path directory) {}
