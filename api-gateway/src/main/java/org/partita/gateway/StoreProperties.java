package org.partita.gateway;

import java.time.Duration;
import org.partita.protocol.Retention;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How jobs are kept.
 *
 * @param cell whose jobs these are
 * @param resultRetention how long a finished job and its piece can be fetched
 * @param tombstoneRetention how long a forgotten job is answered with 410 instead of 404
 * @param idempotencyRetention how long an idempotency key is remembered
 */
@ConfigurationProperties("partita.store")
record StoreProperties(
        @DefaultValue("partita") String cell,
        @DefaultValue("1h") Duration resultRetention,
        @DefaultValue("7d") Duration tombstoneRetention,
        @DefaultValue("24h") Duration idempotencyRetention) {

    Retention retention() {
        return new Retention(resultRetention, tombstoneRetention, idempotencyRetention);
    }
}
