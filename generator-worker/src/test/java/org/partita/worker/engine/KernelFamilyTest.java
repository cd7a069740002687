package org.partita.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class KernelFamilyTest {

    @Test
    void tellsTheKernelsFromArchitectureAndFlags() {
        Set<String> avx512 =
                Set.of("sse2", "avx2", "fma", "avx512f", "avx512bw", "avx512dq", "avx512vl");

        assertThat(KernelFamily.of("amd64", avx512)).isEqualTo(KernelFamily.AVX512);
        assertThat(KernelFamily.of("x86_64", Set.of("avx2", "fma"))).isEqualTo(KernelFamily.AVX2);
        assertThat(KernelFamily.of("amd64", Set.of())).isEqualTo(KernelFamily.SSE2);
        assertThat(KernelFamily.of("aarch64", Set.of())).isEqualTo(KernelFamily.NEON);
        assertThat(KernelFamily.of("riscv64", Set.of())).isEqualTo(KernelFamily.OTHER);
    }
}
