package org.partita.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partita.worker.WorkerApplication;

/** A whole installation on free ports, as {@code partita up} runs it, and a client of its API. */
final class RunningSystem implements AutoCloseable {

    /** Two threads, so that jobs also meet on different threads. */
    static final Settings.WorkerSettings WORKER = new Settings.WorkerSettings(2, 4);

    private static final Path SHIPPED = Path.of("../generator-worker/models");
    private static final Path SMALL = Path.of("../generator-worker/src/test/resources/models");

    private final DataDirectory data;
    private final Installation installation;
    private final Api api;
    private final List<Process> workers = new ArrayList<>();

    private RunningSystem(DataDirectory data, Installation installation) {
        this.data = data;
        this.installation = installation;
        this.api = new Api(installation.url());
    }

    /** On servers of its own, which a test may stop and start. */
    static RunningSystem start(Path folder, Settings.@Nullable WorkerSettings worker)
            throws InterruptedException {
        return start(folder, worker, new Backing.Local());
    }

    static RunningSystem start(
            Path folder, Settings.@Nullable WorkerSettings worker, Backing backing)
            throws InterruptedException {
        Path site = Path.of("../web-static/dist").toAbsolutePath().normalize();
        DataDirectory data = DataDirectory.open(folder);
        Installation installation =
                new Installation(
                        new Settings(
                                folder,
                                Address.free(),
                                backing instanceof Backing.Containers in ? in.kafkaAddress() : null,
                                backing instanceof Backing.Containers in ? in.redisAddress() : null,
                                Address.free().port(),
                                Address.free().port(),
                                Files.exists(site.resolve("index.html")) ? site : null,
                                models(),
                                worker),
                        data);
        RunningSystem system = new RunningSystem(data, installation);
        try {
            installation.start();
        } catch (StartRefusedException | InterruptedException e) {
            system.close();
            throw e;
        }
        return system;
    }

    /** The model that composes here: the shipped one if there is one. */
    static String model() {
        return Files.exists(SHIPPED.resolve("piano/manifest.json")) ? "piano" : "random";
    }

    private static Path models() {
        return (model().equals("piano") ? SHIPPED : SMALL).toAbsolutePath().normalize();
    }

    Api api() {
        return api;
    }

    Servers servers() {
        return installation.servers();
    }

    java.net.URI url() {
        return installation.url();
    }

    /** Starts a worker in a process of its own. */
    Process startWorker() throws IOException {
        Servers servers = installation.servers();
        Process worker =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "--add-modules=jdk.incubator.vector",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                WorkerApplication.class.getName(),
                                "--spring.kafka.bootstrap-servers=" + servers.kafka(),
                                "--spring.data.redis.host=" + servers.redis().host(),
                                "--spring.data.redis.port=" + servers.redis().port(),
                                "--partita.worker.models=" + models(),
                                "--partita.worker.threads=1",
                                "--partita.worker.lanes=1")
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(data.log("worker").toFile()))
                        .start();
        workers.add(worker);
        return worker;
    }

    @Override
    public void close() {
        workers.forEach(Process::destroyForcibly);
        api.close();
        installation.close();
        data.close();
    }
}
