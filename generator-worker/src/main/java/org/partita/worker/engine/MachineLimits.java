package org.partita.worker.engine;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.Objects;

/**
 * What one core can do at best with ONNX Runtime's products in single precision: the graph {@code
 * product.onnx} is the single node {@code c [M, N] = MatMul(a [M, K], b [K, N])}. The best of many
 * short slices of processor time counts, because a busy machine only makes them longer.
 */
public final class MachineLimits implements AutoCloseable {

    private static final double NANOS = 1e9;
    private static final int SIDE = 512;

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    public MachineLimits() throws IOException {
        environment = OnnxRuntime.environment();
        try (InputStream graph =
                        Objects.requireNonNull(
                                MachineLimits.class.getResourceAsStream("product.onnx"));
                OrtSession.SessionOptions options = ExecutionProvider.CPU.sessionOptions()) {
            session = environment.createSession(graph.readAllBytes(), options);
        } catch (OrtException e) {
            throw new EngineException("cannot load the product of matrices", e);
        }
    }

    /** Floating-point operations a second of large products. */
    public double productPeak(double seconds) {
        return 2.0 * SIDE * SIDE * SIDE / fastest(SIDE, SIDE, SIDE, seconds);
    }

    /**
     * Bytes a second that a product of one row reads its matrix with.
     *
     * @param bytes size of the matrix
     */
    public double bandwidth(long bytes, double seconds) {
        int rows = Math.toIntExact(Math.max(1, bytes / Float.BYTES / SIDE));
        return (double) rows * SIDE * Float.BYTES / fastest(1, rows, SIDE, seconds);
    }

    /** Seconds of the fastest product [m, k] [k, n]. */
    private double fastest(int m, int k, int n, double seconds) {
        try (OnnxTensor a = tensor(m, k);
                OnnxTensor b = tensor(k, n);
                OnnxTensor c = tensor(m, n)) {
            Map<String, OnnxTensor> inputs = Map.of("a", a, "b", b);
            Map<String, OnnxTensor> outputs = Map.of("c", c);
            long begin = threads.getCurrentThreadCpuTime();
            double fastest = Double.MAX_VALUE;
            long now = begin;
            while (now - begin < seconds * NANOS) {
                session.run(inputs, outputs).close();
                long then = threads.getCurrentThreadCpuTime();
                fastest = Math.min(fastest, (then - now) / NANOS);
                now = then;
            }
            return fastest;
        } catch (OrtException e) {
            throw new EngineException("the product of matrices failed", e);
        }
    }

    private OnnxTensor tensor(int rows, int columns) throws OrtException {
        return OnnxTensor.createTensor(
                environment,
                Tensors.floats(Math.multiplyExact(rows, columns)),
                new long[] {rows, columns});
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new EngineException("cannot unload the product of matrices", e);
        }
    }
}
