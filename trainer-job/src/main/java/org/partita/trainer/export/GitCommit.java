package org.partita.trainer.export;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** The code that writes a bundle. */
final class GitCommit {

    private GitCommit() {}

    /** The commit of the working directory, with 40 digits, or "unknown". */
    static String ofTheWorkingDirectory() throws InterruptedException {
        try {
            Process git =
                    new ProcessBuilder("git", "rev-parse", "HEAD")
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            String commit =
                    new String(git.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                            .strip();
            boolean ended = git.waitFor(10, TimeUnit.SECONDS);
            return ended && git.exitValue() == 0 && commit.matches("[0-9a-f]{40}")
                    ? commit
                    : "unknown";
        } catch (IOException e) {
            // No git here: the bundle says that it does not know.
            return "unknown";
        }
    }
}
