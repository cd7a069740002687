package org.partita.worker.engine;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Tensors over memory outside the heap, which ONNX Runtime reads and writes in place. */
final class Tensors implements AutoCloseable {

    private final OrtEnvironment environment;
    private final List<OnnxTensor> open = new ArrayList<>();

    Tensors(OrtEnvironment environment) {
        this.environment = environment;
    }

    static FloatBuffer floats(int count) {
        return bytes(count, Float.BYTES).asFloatBuffer();
    }

    static DoubleBuffer doubles(int count) {
        return bytes(count, Double.BYTES).asDoubleBuffer();
    }

    static LongBuffer longs(int count) {
        return bytes(count, Long.BYTES).asLongBuffer();
    }

    private static ByteBuffer bytes(int count, int width) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(count, width))
                .order(ByteOrder.nativeOrder());
    }

    /** A tensor over as many of the buffer's first numbers as the shape needs. */
    OnnxTensor over(FloatBuffer numbers, long... shape) throws OrtException {
        return opened(OnnxTensor.createTensor(environment, numbers.slice(0, size(shape)), shape));
    }

    /** A tensor over as many of the buffer's first numbers as the shape needs. */
    OnnxTensor over(DoubleBuffer numbers, long... shape) throws OrtException {
        return opened(OnnxTensor.createTensor(environment, numbers.slice(0, size(shape)), shape));
    }

    /** A tensor over as many of the buffer's first numbers as the shape needs. */
    OnnxTensor over(LongBuffer numbers, long... shape) throws OrtException {
        return opened(OnnxTensor.createTensor(environment, numbers.slice(0, size(shape)), shape));
    }

    private static int size(long... shape) {
        return Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
    }

    private OnnxTensor opened(OnnxTensor tensor) {
        open.add(tensor);
        return tensor;
    }

    /** Closes the tensors; the memory goes with the last of its views. */
    @Override
    public void close() {
        open.forEach(OnnxTensor::close);
        open.clear();
    }
}
