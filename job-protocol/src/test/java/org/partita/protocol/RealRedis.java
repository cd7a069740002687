package org.partita.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import redis.embedded.RedisServer;

/**
 * A real Redis 6.2 of a test's own on a free loopback port, with an append-only file, so that it
 * can be stopped and started again without forgetting.
 */
public final class RealRedis implements AutoCloseable {

    private final int port;
    private final Path directory;
    private final RedisServer server;
    private final LettuceConnectionFactory connections;

    public RealRedis() {
        try {
            port = freePort();
            directory = Files.createTempDirectory("partita-redis");
            server =
                    RedisServer.newRedisServer()
                            .port(port)
                            .bind("127.0.0.1")
                            .setting("dir " + directory)
                            .setting("appendonly yes")
                            .setting("appendfsync everysec")
                            .setting("save \"\"")
                            .setting("maxmemory-policy noeviction")
                            .build();
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException("Redis did not start", e);
        }
        connections =
                new LettuceConnectionFactory(
                        new RedisStandaloneConfiguration("127.0.0.1", port),
                        LettuceClientConfiguration.builder()
                                .commandTimeout(Duration.ofSeconds(5))
                                .build());
        connections.afterPropertiesSet();
        connections.start();
    }

    public int port() {
        return port;
    }

    public LettuceConnectionFactory connections() {
        return connections;
    }

    /** Forgets everything. */
    public void flush() {
        connections.getConnection().serverCommands().flushAll();
    }

    /** Takes it away, as if its machine had gone. */
    public void stopServer() {
        try {
            server.stop();
        } catch (IOException e) {
            throw new UncheckedIOException("Redis did not stop", e);
        }
    }

    /** Brings it back with what it had. */
    public void startServer() {
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException("Redis did not start", e);
        }
    }

    @Override
    public void close() {
        connections.destroy();
        stopServer();
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + directory, e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
