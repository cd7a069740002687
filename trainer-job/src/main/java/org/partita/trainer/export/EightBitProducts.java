package org.partita.trainer.export;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.partita.trainer.bundle.ExternalData;
import org.partita.trainer.network.Weights;

/**
 * Rewrites a graph's products with weights, {@code Gemm} nodes {@code x W^T + b}, into ONNX
 * Runtime's {@code MatMulNBits}: W in 8-bit integers with a scale for each {@value #BLOCK} of a
 * row, the product in 8-bit integers, too (accuracy level 4). The graph then carries these weights
 * itself; all others stay where they were.
 *
 * <p>Blocks of {@value #BLOCK} and not larger, since with those of 128 ONNX Runtime's result for a
 * lane depends on its neighbours, as it does where the product is in floats (level 0).
 */
final class EightBitProducts {

    static final int BLOCK = 64;

    private static final int LARGEST = 127;

    /** MatMulNBits reads a byte b as b - 128 unless told otherwise. */
    private static final int ZERO = 128;

    private static final int IN_INTEGERS = 4;

    private final byte[] weights;

    /**
     * @param weights the bytes of the file in which the graphs' weights lie
     */
    EightBitProducts(byte[] weights) {
        this.weights = weights;
    }

    /**
     * The same graph with 8-bit products.
     *
     * @throws IllegalArgumentException if there is nothing to rewrite
     */
    ModelProto rewrite(ModelProto model) {
        Map<String, TensorProto> tensors = new LinkedHashMap<>();
        model.getGraph()
                .getInitializerList()
                .forEach(tensor -> tensors.put(tensor.getName(), tensor));
        GraphProto.Builder graph = model.getGraph().toBuilder().clearNode().clearInitializer();
        Set<String> used = new HashSet<>();
        for (NodeProto node : model.getGraph().getNodeList()) {
            NodeProto written = node;
            if (isProductWithWeights(node, tensors)) {
                String name = node.getInput(1);
                Weights.Array matrix = ExternalData.read(named(tensors, name), weights);
                quantized(name, matrix).forEach(tensor -> tensors.put(tensor.getName(), tensor));
                written = product(node, matrix);
            }
            used.addAll(written.getInputList());
            graph.addNode(written);
        }
        if (tensors.size() == model.getGraph().getInitializerCount()) {
            throw new IllegalArgumentException(
                    "the graph %s has no products with 32-bit weights"
                            .formatted(model.getGraph().getName()));
        }
        tensors.forEach((name, tensor) -> {
            if (used.contains(name)) {
                graph.addInitializer(tensor);
            }
        });
        return model.toBuilder().setGraph(graph).build();
    }

    private static boolean isProductWithWeights(NodeProto node, Map<String, TensorProto> tensors) {
        return node.getOpType().equals("Gemm")
                && tensors.containsKey(node.getInput(1))
                && ExternalData.holds(named(tensors, node.getInput(1)));
    }

    private static TensorProto named(Map<String, TensorProto> tensors, String name) {
        TensorProto tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("the graph has no tensor named " + name);
        }
        return tensor;
    }

    private static NodeProto product(NodeProto gemm, Weights.Array matrix) {
        String name = gemm.getInput(1);
        NodeProto.Builder node =
                NodeProto.newBuilder()
                        .setOpType("MatMulNBits")
                        .setDomain(GraphBuilder.CONTRIBUTED)
                        .setName(gemm.getName())
                        .addAllInput(List.of(gemm.getInput(0), integers(name), scales(name)))
                        .addOutput(gemm.getOutput(0))
                        .addAttribute(GraphBuilder.integer("K", matrix.shape()[1]))
                        .addAttribute(GraphBuilder.integer("N", matrix.shape()[0]))
                        .addAttribute(GraphBuilder.integer("bits", 8))
                        .addAttribute(GraphBuilder.integer("block_size", BLOCK))
                        .addAttribute(GraphBuilder.integer("accuracy_level", IN_INTEGERS));
        if (gemm.getInputCount() > 2) {
            // The empty names leave out zero points and an order of columns.
            node.addAllInput(List.of("", "", gemm.getInput(2)));
        }
        return node.build();
    }

    private static String integers(String matrix) {
        return matrix + ".integers";
    }

    private static String scales(String matrix) {
        return matrix + ".scales";
    }

    /** The matrix in integers {@code [rows, blocks, BLOCK]}, filled up with zeros, and scales. */
    private static List<TensorProto> quantized(String name, Weights.Array matrix) {
        int rows = matrix.shape()[0];
        int columns = matrix.shape()[1];
        int blocks = Math.ceilDiv(columns, BLOCK);
        byte[] integers = new byte[rows * blocks * BLOCK];
        Arrays.fill(integers, (byte) ZERO);
        ByteBuffer scales =
                ByteBuffer.allocate(rows * blocks * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int row = 0; row < rows; row++) {
            for (int begin = 0; begin < columns; begin += BLOCK) {
                int end = Math.min(columns, begin + BLOCK);
                float scale = scale(matrix.values(), row * columns + begin, row * columns + end);
                scales.putFloat(scale);
                for (int column = begin; column < end && scale > 0; column++) {
                    int integer = Math.round(matrix.values()[row * columns + column] / scale);
                    integers[row * blocks * BLOCK + column] = (byte) (integer + ZERO);
                }
            }
        }
        return List.of(
                tensor(integers(name), TensorProto.DataType.UINT8, integers, rows, blocks, BLOCK),
                tensor(
                        scales(name),
                        TensorProto.DataType.FLOAT,
                        scales.array(),
                        (long) rows * blocks));
    }

    /** What one step of the integers is worth: the largest number of a block is 127 of them. */
    private static float scale(float[] values, int from, int to) {
        float largest = 0;
        for (int i = from; i < to; i++) {
            largest = Math.max(largest, Math.abs(values[i]));
        }
        return largest / LARGEST;
    }

    private static TensorProto tensor(
            String name, TensorProto.DataType type, byte[] content, long... shape) {
        TensorProto.Builder tensor =
                TensorProto.newBuilder()
                        .setName(name)
                        .setDataType(type.getNumber())
                        .setRawData(ByteString.copyFrom(content));
        for (long extent : shape) {
            tensor.addDims(extent);
        }
        return tensor.build();
    }
}
