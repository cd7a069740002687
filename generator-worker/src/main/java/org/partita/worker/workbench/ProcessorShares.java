package org.partita.worker.workbench;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Processor time of the processes on this machine, by what they are to a service on it. */
final class ProcessorShares {

    private static final String SERVICE = "gateway and worker";
    private static final String KAFKA = "Kafka";
    private static final String REDIS = "Redis";
    private static final String SELF = "this program";
    private static final String OTHERS = "others";

    private final Map<Long, Duration> before = times();

    /** Processor seconds since this was made, in a fixed order. */
    Map<String, Double> since() {
        Map<String, Double> seconds = new LinkedHashMap<>();
        for (String part : new String[] {SERVICE, KAFKA, REDIS, SELF, OTHERS}) {
            seconds.put(part, 0.0);
        }
        times().forEach((id, time) -> {
            Duration used = time.minus(before.getOrDefault(id, Duration.ZERO));
            seconds.merge(part(id), used.toNanos() / EngineCases.NANOS, Double::sum);
        });
        return seconds;
    }

    private static Map<Long, Duration> times() {
        Map<Long, Duration> times = new HashMap<>();
        ProcessHandle.allProcesses()
                .forEach(process ->
                        process.info()
                                .totalCpuDuration()
                                .ifPresent(time -> times.put(process.pid(), time)));
        return times;
    }

    private static String part(long id) {
        if (id == ProcessHandle.current().pid()) {
            return SELF;
        }
        ProcessHandle.Info info = ProcessHandle.of(id).map(ProcessHandle::info).orElse(null);
        if (info == null) {
            return OTHERS;
        }
        // Redis writes over its arguments.
        if (info.command().orElse("").contains("redis-server")) {
            return REDIS;
        }
        String command = info.commandLine().orElse("");
        if (command.contains("standalone.Broker ") || command.contains("kafka.Kafka ")) {
            return KAFKA;
        }
        return command.contains("org.partita.") ? SERVICE : OTHERS;
    }
}
