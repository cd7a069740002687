package org.partita.worker.health;

import java.net.InetAddress;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the worker answers questions about its health. Without a port it answers none.
 *
 * @param address to listen on; the loopback address unless told otherwise
 * @param port to listen on; 0 takes any free one
 */
@ConfigurationProperties("partita.worker.health")
record HealthProperties(@DefaultValue("127.0.0.1") InetAddress address, int port) {

    HealthProperties {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(
                    "partita.worker.health.port out of range 0..65535: " + port);
        }
    }
}
