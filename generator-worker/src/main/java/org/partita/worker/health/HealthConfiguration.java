package org.partita.worker.health;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Answers on health if a port is configured for it. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("partita.worker.health.port")
@EnableConfigurationProperties(HealthProperties.class)
class HealthConfiguration {

    @Bean
    HealthServer healthServer(HealthProperties properties, ApplicationAvailability availability) {
        return new HealthServer(properties, availability);
    }
}
