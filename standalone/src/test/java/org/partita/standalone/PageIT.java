package org.partita.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The site in a real browser, against the real system. */
@Timeout(1200)
class PageIT {

    private static final Path SITE = Path.of("../web-static").toAbsolutePath().normalize();
    private static final List<String> BROWSERS =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

    @TempDir Path folder;

    @Test
    void thePageComposesAndDownloads() throws Exception {
        // Given
        need(
                System.getenv("CHROMIUM") != null
                        || BROWSERS.stream()
                                .anyMatch(browser -> Files.isExecutable(Path.of(browser))),
                "no Chromium at " + BROWSERS + " nor in CHROMIUM");
        need(Files.isDirectory(SITE.resolve("node_modules")), "the site's packages are not here");
        need(Files.exists(SITE.resolve("dist/index.html")), "the site has not been built");
        try (RunningSystem system = RunningSystem.start(folder, RunningSystem.WORKER)) {
            ProcessBuilder browser =
                    new ProcessBuilder(
                            "node",
                            "--test",
                            "--test-concurrency=1",
                            "e2e/site.e2e.mjs",
                            "e2e/nginx.e2e.mjs",
                            "e2e/lighthouse.e2e.mjs");
            browser.directory(SITE.toFile()).inheritIO();
            browser.environment().put("BASE_URL", system.url().toString());

            // When
            Process process = browser.start();
            boolean ended = process.waitFor(15, TimeUnit.MINUTES);
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }

            // Then
            assertThat(ended).as("ended within a quarter of an hour").isTrue();
            assertThat(process.exitValue()).isZero();
        }
    }

    /** Skips the test and says why where everyone sees it. */
    private static void need(boolean condition, String otherwise) {
        if (!condition) {
            System.out.println("PageIT skipped: " + otherwise);
        }
        Assumptions.assumeTrue(condition, otherwise);
    }
}
