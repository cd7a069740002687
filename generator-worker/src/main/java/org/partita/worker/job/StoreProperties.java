package org.partita.worker.job;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where jobs are kept; the same as the gateway's.
 *
 * @param cell whose jobs these are
 */
@ConfigurationProperties("partita.store")
record StoreProperties(@DefaultValue("partita") String cell) {}
