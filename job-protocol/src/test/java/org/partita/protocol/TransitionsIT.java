package org.partita.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.ReturnType;

/** The sealed states in Java and the table in Lua allow the same moves, tried on a real Redis. */
class TransitionsIT {

    private static RealRedis redis;

    @BeforeAll
    static void startRedis() {
        redis = new RealRedis();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @Test
    void scriptsAllowExactlyTheMovesThatTheTypesHave() {
        // Given
        Map<String, Set<String>> inJava = movesOfTheTypes();
        // When
        Map<String, Set<String>> inRedis = new LinkedHashMap<>();
        for (String from : inJava.keySet()) {
            Set<String> reached = new TreeSet<>();
            for (String to : inJava.keySet()) {
                if (redisMoves(from, to)) {
                    reached.add(to);
                }
            }
            inRedis.put(from, reached);
        }
        // Then
        assertThat(inRedis).isEqualTo(inJava);
        assertThat(inRedis).hasSize(6);
        assertThat(inRedis.values().stream().mapToInt(Set::size).sum()).isEqualTo(9);
    }

    @Test
    void nothingButThePreludeWritesAStatus() throws Exception {
        for (Script script : Script.values()) {
            // Given
            String own =
                    new String(script.text(), StandardCharsets.UTF_8).substring(prelude().length());
            // Then: only a submission names a status, the first one
            if (script != Script.SUBMIT) {
                assertThat(own).as(script.name()).doesNotContain("'status',");
            }
        }
    }

    private static String prelude() throws Exception {
        try (var stream = Script.class.getResourceAsStream("prelude.lua")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** What the methods of the sealed types return is where a job may go. */
    private static Map<String, Set<String>> movesOfTheTypes() {
        Map<String, Set<String>> moves = new LinkedHashMap<>();
        for (Class<?> state : leaves(JobState.class)) {
            Set<String> reached = new TreeSet<>();
            for (Method method : state.getDeclaredMethods()) {
                if (Modifier.isPublic(method.getModifiers())
                        && JobState.class.isAssignableFrom(method.getReturnType())) {
                    assertThat(method.getName())
                            .isEqualTo("to" + method.getReturnType().getSimpleName());
                    reached.add(status(method.getReturnType()));
                }
            }
            moves.put(status(state), reached);
        }
        return moves;
    }

    private static List<Class<?>> leaves(Class<?> type) {
        List<Class<?>> leaves = new ArrayList<>();
        if (!type.isSealed()) {
            leaves.add(type);
            return leaves;
        }
        for (Class<?> permitted : type.getPermittedSubclasses()) {
            leaves.addAll(leaves(permitted));
        }
        return leaves;
    }

    private static String status(Class<?> state) {
        return state.getSimpleName().toLowerCase(java.util.Locale.ROOT);
    }

    private static boolean redisMoves(String from, String to) {
        String script =
                """
                redis.call('HSET', job_key('x'), 'status', ARGV[1])
                local moved = move('x', ARGV[2])
                local now = get('x', 'status')
                if moved then assert(now == ARGV[2]) else assert(now == ARGV[1]) end
                return moved and 1 or 0
                """;
        try {
            Long moved =
                    redis.connections()
                            .getConnection()
                            .scriptingCommands()
                            .eval(
                                    bytes(prelude() + "\n" + script),
                                    ReturnType.INTEGER,
                                    1,
                                    bytes("{test}"),
                                    bytes(from),
                                    bytes(to));
            return moved != null && moved == 1;
        } catch (Exception e) {
            throw new AssertionError(from + " to " + to, e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
