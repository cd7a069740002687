package org.partita.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ShareGroupDescription;
import org.jspecify.annotations.Nullable;
import org.partita.gateway.GatewayApplication;
import org.partita.protocol.Topics;
import org.partita.worker.WorkerApplication;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The whole system: what was started, in order, and is stopped in the opposite order, so that the
 * worker can still give back its jobs, and queue and store go last.
 */
final class Installation implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Installation.class);
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

    private final Settings settings;
    private final DataDirectory data;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean closing;
    private @Nullable Servers servers;

    Installation(Settings settings, DataDirectory data) {
        this.settings = settings;
        this.data = data;
    }

    /**
     * Starts everything and waits until a submitted job would be composed at once.
     *
     * @throws StartRefusedException if something is in the way
     */
    void start() throws InterruptedException {
        if (!settings.http().resolves()) {
            throw new StartRefusedException(
                    "There is no host %s: choose another with --address HOST."
                            .formatted(settings.http().host()));
        }
        if (!settings.http().bindable()) {
            throw new StartRefusedException(
                    "Port %d is in use: stop the program that uses it, or choose another with --port PORT."
                            .formatted(settings.http().port()));
        }
        Servers servers = keep(Servers.prepare(settings, data));
        this.servers = servers;
        servers.start();
        // The gateway waits for its servers by itself, so they can start side by side.
        CompletableFuture<ConfigurableApplicationContext> gateway =
                CompletableFuture.supplyAsync(
                        () -> keep(run(GatewayApplication.application(), gateway(servers))),
                        task -> Thread.ofPlatform().name("gateway-start").start(task));
        servers.awaitReady();
        join(gateway);
        await("The gateway", this::gatewayReady);
        if (settings.worker() != null) {
            // Only now: the gateway has made the topics and told the group to read them from the
            // beginning.
            keep(run(WorkerApplication.application(), worker(servers, settings.worker())));
            await("The worker", () -> workerReady(servers.kafka()));
        }
    }

    /** The queue and the store, once started. */
    Servers servers() {
        return Objects.requireNonNull(servers, "not started");
    }

    /** Where the site and the API are. */
    URI url() {
        Address http = settings.http();
        String host = http.host().equals("0.0.0.0") ? "127.0.0.1" : http.host();
        return URI.create("http://" + new Address(host, http.port()));
    }

    /** Returns once everything is stopped. */
    void awaitClosed() throws InterruptedException {
        closed.await();
    }

    /** Whether everything is stopped. */
    boolean closed() {
        return closed.getCount() == 0;
    }

    /** Stops everything; a second call waits for the first. */
    @Override
    public void close() {
        boolean first;
        synchronized (this) {
            first = !closing;
            closing = true;
        }
        if (!first) {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return;
        }
        AutoCloseable last = pop();
        while (last != null) {
            stop(last);
            last = pop();
        }
        closed.countDown();
    }

    private List<String> gateway(Servers servers) {
        List<String> arguments = new ArrayList<>(connections(servers));
        arguments.add("--server.address=" + settings.http().host());
        arguments.add("--server.port=" + settings.http().port());
        if (settings.site() != null) {
            arguments.add("--partita.site.directory=" + settings.site());
        }
        return arguments;
    }

    private List<String> worker(Servers servers, Settings.WorkerSettings worker) {
        List<String> arguments = new ArrayList<>(connections(servers));
        arguments.add("--partita.worker.models=" + settings.models());
        // Somebody waits at the terminal; what is given back goes on at the next start.
        arguments.add("--partita.worker.drain=3s");
        if (worker.threads() > 0) {
            arguments.add("--partita.worker.threads=" + worker.threads());
        }
        if (worker.lanes() > 0) {
            arguments.add("--partita.worker.lanes=" + worker.lanes());
        }
        return arguments;
    }

    private static List<String> connections(Servers servers) {
        return List.of(
                "--spring.kafka.bootstrap-servers=" + servers.kafka(),
                "--spring.data.redis.host=" + servers.redis().host(),
                "--spring.data.redis.port=" + servers.redis().port());
    }

    private static ConfigurableApplicationContext run(
            SpringApplication application, List<String> arguments) {
        // One hook of our own keeps the order.
        application.setRegisterShutdownHook(false);
        return application.run(arguments.toArray(String[]::new));
    }

    private boolean gatewayReady() throws InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                                    HttpRequest.newBuilder(
                                                    url().resolve("/actuator/health/readiness"))
                                            .timeout(Duration.ofSeconds(5))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether a lane has been handed the queue: a context that is up may still be seconds away. */
    private static boolean workerReady(Address kafka) throws InterruptedException {
        try (Admin admin = KafkaServer.admin(kafka)) {
            ShareGroupDescription group =
                    admin.describeShareGroups(List.of(Topics.SHARE_GROUP))
                            .all()
                            .get(10, TimeUnit.SECONDS)
                            .get(Topics.SHARE_GROUP);
            return group != null
                    && group.members().stream()
                            .anyMatch(member -> !member.assignment().topicPartitions().isEmpty());
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    private static void await(String who, Condition condition) throws InterruptedException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new StartRefusedException(
                        "%s was not ready within %d seconds; the log says more."
                                .formatted(who, START_LIMIT.toSeconds()));
            }
            Thread.sleep(POLL_INTERVAL);
        }
    }

    private interface Condition {
        boolean holds() throws InterruptedException;
    }

    private static void join(CompletableFuture<?> future) throws InterruptedException {
        try {
            future.get();
        } catch (ExecutionException e) {
            throw new StartRefusedException(
                    "The gateway could not start: %s.".formatted(e.getCause()), e);
        }
    }

    /** Remembers what has to be stopped, unless stopping has begun. */
    private <T extends AutoCloseable> T keep(T part) {
        synchronized (this) {
            if (!closing) {
                started.push(part);
                return part;
            }
        }
        stop(part);
        throw new StartRefusedException("Stopped while starting.");
    }

    private synchronized @Nullable AutoCloseable pop() {
        return started.pollFirst();
    }

    private static void stop(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.error("stopping failed; going on with the rest", e);
        }
    }
}
