package org.partita.gateway;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.resource.Delay;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.partita.protocol.JobCodec;
import org.partita.protocol.RedisJobStore;
import org.partita.protocol.RedisKeys;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * The gateway. Its configuration is {@code gateway.yml}, so that it can live beside other
 * applications in one JVM.
 */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
@EnableScheduling
public class GatewayApplication {

    /** The application, not yet run, with its own configuration name. */
    public static SpringApplication application() {
        return new SpringApplicationBuilder(GatewayApplication.class)
                .properties("spring.config.name=gateway")
                .build();
    }

    /** Runs the gateway until it is stopped. */
    public static void main(String[] args) {
        application().run(args);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Cryptographically strong, because a job's id is the permission to read it. */
    @Bean
    RandomGenerator random() {
        return new SecureRandom();
    }

    @Bean
    JobCodec jobCodec() {
        return new JobCodec();
    }

    @Bean
    RedisKeys redisKeys(StoreProperties properties) {
        return new RedisKeys(properties.cell());
    }

    @Bean
    RedisJobStore jobStore(
            RedisConnectionFactory connections,
            Clock clock,
            JobCodec codec,
            RedisKeys keys,
            StoreProperties properties) {
        return new RedisJobStore(connections, clock, codec, keys, properties.retention());
    }

    /** Back within two seconds of Redis; the driver's own pauses grow to half a minute. */
    @Bean
    ClientResourcesBuilderCustomizer reconnectSoon() {
        return resources ->
                resources.reconnectDelay(
                        Delay.exponential(
                                Duration.ofMillis(50),
                                Duration.ofSeconds(2),
                                2,
                                TimeUnit.MILLISECONDS));
    }

    /** Without Redis a request fails at once instead of waiting for Redis to come back. */
    @Bean
    LettuceClientOptionsBuilderCustomizer failFast() {
        return options ->
                options.disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS);
    }
}
