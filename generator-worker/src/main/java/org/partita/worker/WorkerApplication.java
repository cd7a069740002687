package org.partita.worker;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * The worker. Its configuration is {@code worker.yml}, so that it can live beside other
 * applications in one JVM.
 */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class WorkerApplication {

    /** The application, not yet run, with its own configuration name. */
    public static SpringApplication application() {
        return new SpringApplicationBuilder(WorkerApplication.class)
                .properties("spring.config.name=worker")
                .build();
    }

    /** Runs the worker until it is stopped. */
    public static void main(String[] args) {
        application().run(args);
    }
}
