package org.partita.standalone;

import java.nio.file.Path;

/**
 * Where log lines go. Two Spring Boot applications share this JVM, and each would configure logging
 * for itself; so the launcher does it for both, and before either.
 */
final class Logging {

    private Logging() {}

    /** To be called before the first logger is made. */
    static void configure(Path file, boolean console) {
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        System.setProperty(
                "logback.configurationFile", "org/partita/standalone/launcher-logback.xml");
        System.setProperty("partita.log", file.toString());
        System.setProperty("partita.log.console", console ? "INFO" : "OFF");
        org.slf4j.bridge.SLF4JBridgeHandler.removeHandlersForRootLogger();
        org.slf4j.bridge.SLF4JBridgeHandler.install();
    }
}
