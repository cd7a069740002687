package org.partita.worker.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Which of ONNX Runtime's CPU kernels this machine runs. Families add in different orders, so their
 * logits differ in the last bits.
 */
enum KernelFamily {
    AVX512,
    AVX2,
    SSE2,
    NEON,
    OTHER;

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    static KernelFamily ofThisMachine() {
        String architecture = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        return of(architecture, cpuFlags());
    }

    static KernelFamily of(String architecture, Set<String> flags) {
        return switch (architecture) {
            case "aarch64", "arm64" -> NEON;
            case "amd64", "x86_64" -> {
                if (flags.containsAll(Set.of("avx512f", "avx512bw", "avx512dq", "avx512vl"))) {
                    yield AVX512;
                }
                yield flags.containsAll(Set.of("avx2", "fma")) ? AVX2 : SSE2;
            }
            default -> OTHER;
        };
    }

    /** Where the system does not tell, none: the family is then only a guess at the oldest. */
    private static Set<String> cpuFlags() {
        try (var lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith("flags"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).trim().split(" +"))
                    .<Set<String>>map(flags -> new HashSet<>(Arrays.asList(flags)))
                    .orElse(Set.of());
        } catch (IOException e) {
            return Set.of();
        }
    }
}
