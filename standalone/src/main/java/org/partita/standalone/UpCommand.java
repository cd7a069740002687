package org.partita.standalone;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.partita.worker.engine.ModelDirectory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code partita up}: starts everything and runs until it is told to stop. */
@Command(
        name = "up",
        description =
                "Starts Kafka, Redis, the gateway, a worker and the site, and prints the address to open.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:stopped by Ctrl-C or SIGTERM", "1:cannot run here", "2:bad arguments"})
final class UpCommand implements Callable<Integer> {

    /** Root of the source tree or of the unpacked release; the launcher script says where. */
    private static final Path HOME = Path.of(System.getProperty("partita.home", ""));

    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            converter = PortConverter.class,
            description = "HTTP port (default ${DEFAULT-VALUE}).")
    private int port = 8080;

    @Option(
            names = "--address",
            paramLabel = "HOST",
            description =
                    "Address to listen on for HTTP (default ${DEFAULT-VALUE}; 0.0.0.0 is every one).")
    private String address = "127.0.0.1";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "What survives a restart: queue, jobs, logs (default ${DEFAULT-VALUE}).")
    private Path data = Path.of(".partita");

    @Option(
            names = "--models",
            paramLabel = "DIR",
            description = "Directory of model bundles (default: the shipped ones).")
    private @Nullable Path models;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that compose (default: one a core).")
    private int threads;

    @Option(
            names = "--lanes",
            paramLabel = "N",
            description = "Pieces composed at the same time (default: 16 a thread, at most 64).")
    private int lanes;

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            description = "Use this Kafka (4.2.2 or later) instead of starting one.")
    private @Nullable Address kafka;

    @Option(
            names = "--redis",
            paramLabel = "HOST:PORT",
            description = "Use this Redis (6.2 or later) instead of starting one.")
    private @Nullable Address redis;

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            converter = PortConverter.class,
            description =
                    "Port of the Kafka that is started (default: "
                            + Settings.BROKER_PORT
                            + " or a free one).")
    private int kafkaPort;

    @Option(
            names = "--redis-port",
            paramLabel = "PORT",
            converter = PortConverter.class,
            description =
                    "Port of the Redis that is started (default: "
                            + Settings.REDIS_PORT
                            + " or a free one).")
    private int redisPort;

    @Option(
            names = "--no-worker",
            description = "Start no worker; run some elsewhere with 'partita worker'.")
    private boolean noWorker;

    @Option(names = "--verbose", description = "Show the log here as well.")
    private boolean verbose;

    @Override
    public Integer call() throws InterruptedException {
        Settings settings =
                new Settings(
                        data,
                        new Address(address, port),
                        kafka,
                        redis,
                        kafkaPort,
                        redisPort,
                        site(),
                        models(),
                        noWorker ? null : new Settings.WorkerSettings(threads, lanes));
        say("Partita %s, data and logs in %s".formatted(Version.number(), data));
        try (DataDirectory directory = DataDirectory.open(data)) {
            Logging.configure(directory.log("partita"), verbose);
            Installation installation = new Installation(settings, directory);
            Thread stop = new Thread(() -> stop(installation), "partita-stop");
            Runtime.getRuntime().addShutdownHook(stop);
            try {
                installation.start();
                say("Partita is ready: %s  (Ctrl-C stops it)".formatted(installation.url()));
                installation.awaitClosed();
            } finally {
                installation.close();
            }
        }
        return 0;
    }

    private static final class PortConverter implements CommandLine.ITypeConverter<Integer> {

        @Override
        public Integer convert(String text) {
            try {
                return Address.loopback(Integer.parseInt(text)).port();
            } catch (IllegalArgumentException e) {
                throw new CommandLine.TypeConversionException(
                        "'%s' is not a port, 1..%d".formatted(text, Address.LAST_PORT));
            }
        }
    }

    private void stop(Installation installation) {
        if (installation.closed()) {
            return;
        }
        say("Stopping ...");
        installation.close();
        say("Stopped.");
    }

    private void say(String line) {
        if (spec != null) {
            spec.commandLine().getOut().println(line);
            spec.commandLine().getOut().flush();
        }
    }

    private static @Nullable Path site() {
        for (String place : new String[] {"web-static/dist", "site"}) {
            Path directory = HOME.resolve(place).toAbsolutePath();
            if (Files.exists(directory.resolve("index.html"))) {
                return directory;
            }
        }
        return null;
    }

    private Path models() {
        return (models == null ? ModelDirectory.shipped() : models).toAbsolutePath();
    }
}
