package org.partita.standalone;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server in a process of its own, which is started again when it dies, on the same data. The
 * command has to end when its standard input does, so that it cannot outlive this JVM.
 */
final class ServerProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerProcess.class);
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(12);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);
    private static final int MAX_RESTARTS = 5;

    /** What ran so long was well; its death is counted anew. */
    private static final Duration HEALTHY = Duration.ofMinutes(1);

    /** Before the next try: what held its port or its data may still be going. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final String name;
    private final List<String> command;
    private final Path log;
    private final Readiness readiness;
    private @Nullable Process process;
    private boolean wanted;
    private int restarts;
    private long launchedAt;

    /**
     * @param name for people, as in "Kafka"
     * @param command with all arguments
     * @param log where its output is appended
     * @param readiness asked until it says yes
     */
    ServerProcess(String name, List<String> command, Path log, Readiness readiness) {
        this.name = name;
        this.command = List.copyOf(command);
        this.log = log;
        this.readiness = readiness;
    }

    /** Says whether the server answers and is the one that was started, not a stranger. */
    interface Readiness {
        boolean ready();
    }

    /** Starts the process without waiting for it. */
    synchronized void start() {
        wanted = true;
        launch();
    }

    /**
     * Waits until the server answers.
     *
     * @throws StartRefusedException if it stops or does not answer in time
     */
    void awaitReady() throws InterruptedException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (!readiness.ready()) {
            Process current = process();
            if (current == null || !current.isAlive()) {
                throw new StartRefusedException(
                        "%s stopped while starting; its last words in %s are: %s"
                                .formatted(name, log, lastLine()));
            }
            if (System.nanoTime() > end) {
                throw new StartRefusedException(
                        "%s did not answer within %d seconds; see %s."
                                .formatted(name, START_LIMIT.toSeconds(), log));
            }
            Thread.sleep(POLL_INTERVAL);
        }
    }

    /** Ends the process the polite way, and after twelve seconds the other way. Can start again. */
    void stop() {
        Process ending;
        synchronized (this) {
            wanted = false;
            ending = process;
            process = null;
        }
        if (ending == null) {
            return;
        }
        ending.destroy();
        try {
            if (!ending.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("{} did not stop by itself; killing it", name);
                kill(ending);
            }
        } catch (InterruptedException e) {
            kill(ending);
            Thread.currentThread().interrupt();
        }
        closeInput(ending);
    }

    @Override
    public void close() {
        stop();
    }

    /** The running process with its children, oldest first; empty while there is none. */
    synchronized List<ProcessHandle> processes() {
        if (process == null || !process.isAlive()) {
            return List.of();
        }
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(process.toHandle()), process.descendants())
                .toList();
    }

    private synchronized @Nullable Process process() {
        return process;
    }

    private void launch() {
        ProcessBuilder builder = new ProcessBuilder(command);
        File output = log.toFile();
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(output));
        try {
            Process started = builder.start();
            process = started;
            launchedAt = System.nanoTime();
            // Supervision never blocks the thread that reaps processes.
            var _ =
                    started.onExit()
                            .thenAcceptAsync(
                                    this::exited,
                                    CompletableFuture.delayedExecutor(
                                            PAUSE.toMillis(),
                                            TimeUnit.MILLISECONDS,
                                            Thread::startVirtualThread));
        } catch (IOException e) {
            throw new StartRefusedException(
                    "%s cannot be started: %s.".formatted(name, e.getMessage()), e);
        }
    }

    private synchronized void exited(Process ended) {
        closeInput(ended);
        if (!wanted || !ended.equals(process)) {
            return;
        }
        if (System.nanoTime() - launchedAt > HEALTHY.toNanos()) {
            restarts = 0;
        }
        if (restarts == MAX_RESTARTS) {
            LOG.error("{} died {} times in a row and stays down; see {}", name, restarts + 1, log);
            return;
        }
        restarts++;
        LOG.warn("{} died with status {}; starting it again", name, ended.exitValue());
        try {
            launch();
        } catch (StartRefusedException e) {
            LOG.error("{}", e.getMessage(), e);
        }
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static void closeInput(Process process) {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            LOG.debug("the process had closed its input before", e);
        }
    }

    private String lastLine() {
        try (var lines = Files.lines(log)) {
            Optional<String> last = lines.filter(line -> !line.isBlank()).reduce((a, b) -> b);
            return last.orElse("(nothing)");
        } catch (IOException | java.io.UncheckedIOException e) {
            return "(unreadable)";
        }
    }
}
