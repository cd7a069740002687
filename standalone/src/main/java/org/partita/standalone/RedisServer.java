package org.partita.standalone;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import redis.embedded.core.ExecutableProvider;

/** How Redis is started from the binary in the jar, and how to ask one whether it answers. */
final class RedisServer {

    /** Names another {@code redis-server} to run instead of the one in the jar. */
    static final String EXECUTABLE_PROPERTY = "partita.redis.executable";

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(2);

    /**
     * Runs a server that ends when standard input does or on SIGTERM, and gives its exit status on.
     * In a session of its own where that is to be had, because Ctrl-C reaches every process of the
     * terminal and Redis has to outlive the worker.
     */
    private static final String WRAPPER =
            """
            exec 3<&0
            if command -v setsid >/dev/null; then setsid "$@" 3<&- & else "$@" 3<&- & fi
            server=$!
            trap 'kill $server' TERM
            trap '' INT
            { cat <&3 >/dev/null; kill $server 2>/dev/null; } &
            wait $server; status=$?
            while kill -0 $server 2>/dev/null; do wait $server; status=$?; done
            exit $status
            """;

    private RedisServer() {}

    static ServerProcess process(DataDirectory data, Address address) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", WRAPPER, "sh"));
        command.addAll(
                List.of(
                        executable(data).toString(),
                        "--port",
                        String.valueOf(address.port()),
                        "--bind",
                        address.host(),
                        "--dir",
                        data.redis().toString(),
                        // Everything acknowledged survives a kill; at most a second of it is
                        // lost with the machine.
                        "--appendonly",
                        "yes",
                        "--appendfsync",
                        "everysec",
                        "--save",
                        "",
                        "--maxmemory-policy",
                        "noeviction"));
        return new ServerProcess(
                "Redis", command, data.log("redis"), () -> serves(address, data.redis()));
    }

    /** Whether a working Redis answers there. */
    static boolean answers(Address address) {
        return ask(address, "PING", 1).equals(List.of("+PONG"));
    }

    /** Whether the Redis there works and keeps its data in this directory. */
    private static boolean serves(Address address, Path directory) {
        // PING alone would take any Redis on that port for ours.
        List<String> answer = ask(address, "CONFIG GET dir", 5);
        return answer.size() == 5 && answer.get(4).equals(directory.toString()) && answers(address);
    }

    /** The first lines of the answer to one command, in the server's protocol (RESP 2). */
    private static List<String> ask(Address address, String command, int lines) {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout((int) ANSWER_LIMIT.toMillis());
            socket.connect(
                    new InetSocketAddress(address.host(), address.port()),
                    (int) ANSWER_LIMIT.toMillis());
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
            BufferedReader reader =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            List<String> answer = new ArrayList<>();
            for (int i = 0; i < lines; i++) {
                String line = reader.readLine();
                if (line == null || line.startsWith("-")) {
                    return List.of();
                }
                answer.add(line);
            }
            return answer;
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Path executable(DataDirectory data) {
        String override = System.getProperty(EXECUTABLE_PROPERTY);
        if (override != null) {
            return Path.of(override);
        }
        try {
            return ExecutableProvider.newJarResourceProvider(data.redis().toFile())
                    .get()
                    .toPath()
                    .toAbsolutePath();
        } catch (IOException e) {
            throw new StartRefusedException(
                    "The Redis in the jar cannot be unpacked (%s): name one of yours with -D%s=/path/to/redis-server."
                            .formatted(e.getMessage(), EXECUTABLE_PROPERTY),
                    e);
        }
    }
}
