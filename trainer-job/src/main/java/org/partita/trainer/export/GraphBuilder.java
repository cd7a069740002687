package org.partita.trainer.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes one ONNX graph: each operator is a method from values to a value, nodes stand in the order
 * of the calls. Operator semantics are those of the ONNX specification, opset {@value #OPSET}.
 */
final class GraphBuilder {

    static final int OPSET = 17;
    private static final int IR_VERSION = 8;

    /** A tensor in the graph, known by its name. */
    record Value(String name) {}

    /** What a tensor holds. */
    enum Element {
        FLOAT(TensorProto.DataType.FLOAT),
        INT64(TensorProto.DataType.INT64);

        private final TensorProto.DataType onnx;

        Element(TensorProto.DataType onnx) {
            this.onnx = onnx;
        }
    }

    private final GraphProto.Builder graph;
    private final SharedWeights weights;
    private final Set<String> referenced = new HashSet<>();
    private int values;

    GraphBuilder(String name, SharedWeights weights) {
        this.graph = GraphProto.newBuilder().setName(name);
        this.weights = weights;
    }

    // ---- edges of the graph; a dimension is a number or a name such as "B"

    Value input(String name, Element type, Object... dimensions) {
        graph.addInput(info(name, type, dimensions));
        return new Value(name);
    }

    void output(String name, Value value, Element type, Object... dimensions) {
        graph.addNode(node("Identity", List.of(value)).addOutput(name));
        graph.addOutput(info(name, type, dimensions));
    }

    Value weight(String name) {
        if (referenced.add(name)) {
            graph.addInitializer(weights.reference(name));
        }
        return new Value(name);
    }

    /** The integers as a vector. */
    Value vector(long... numbers) {
        return constant(Element.INT64, new long[] {numbers.length}, numbers, new float[0]);
    }

    Value scalar(long number) {
        return constant(Element.INT64, new long[0], new long[] {number}, new float[0]);
    }

    Value scalar(float number) {
        return constant(Element.FLOAT, new long[0], new long[0], new float[] {number});
    }

    Value zeros(int count) {
        return constant(Element.FLOAT, new long[] {count}, new long[0], new float[count]);
    }

    // ---- arithmetic

    Value add(Value a, Value b) {
        return op("Add", a, b);
    }

    Value subtract(Value a, Value b) {
        return op("Sub", a, b);
    }

    Value multiply(Value a, Value b) {
        return op("Mul", a, b);
    }

    Value matMul(Value a, Value b) {
        return op("MatMul", a, b);
    }

    /** {@code x W^T} for {@code x [N, in]} and {@code weight [out, in]}. */
    Value linear(Value x, String weight) {
        return attributed("Gemm", List.of(x, weight(weight)), integer("transB", 1));
    }

    /** {@code x W^T + b}. */
    Value linear(Value x, String weight, String bias) {
        return attributed("Gemm", List.of(x, weight(weight), weight(bias)), integer("transB", 1));
    }

    Value sigmoid(Value x) {
        return op("Sigmoid", x);
    }

    Value tanh(Value x) {
        return op("Tanh", x);
    }

    Value relu(Value x) {
        return op("Relu", x);
    }

    Value softmax(Value x) {
        return attributed("Softmax", List.of(x), integer("axis", -1));
    }

    Value reduceSum(Value x, long axis) {
        return attributed("ReduceSum", List.of(x, vector(axis)), integer("keepdims", 1));
    }

    /** Normalises the last dimension; weights {@code name.weight} and {@code name.bias}. */
    Value layerNorm(Value x, String name, double epsilon) {
        return attributed(
                "LayerNormalization",
                List.of(x, weight(name + ".weight"), weight(name + ".bias")),
                integer("axis", -1),
                number("epsilon", (float) epsilon));
    }

    /** ONNX's own GRU with reset after the product; outputs {@code Y [T, 1, B, H]}, {@code Y_h}. */
    List<Value> gru(Value x, Value w, Value r, Value b, Value start, int hidden) {
        // The empty name leaves out sequence_lens.
        List<Value> in = List.of(x, w, r, b, new Value(""), start);
        return multiple(
                "GRU", in, 2, integer("hidden_size", hidden), integer("linear_before_reset", 1));
    }

    // ---- choice and comparison

    /** Rows of a table {@code [rows, width]} by index. */
    Value gather(String table, Value index) {
        return op("Gather", weight(table), index);
    }

    Value less(Value a, Value b) {
        return op("Less", a, b);
    }

    Value and(Value a, Value b) {
        return op("And", a, b);
    }

    Value not(Value a) {
        return op("Not", a);
    }

    Value where(Value condition, Value then, Value otherwise) {
        return op("Where", condition, then, otherwise);
    }

    // ---- shape

    Value concat(int axis, Value... parts) {
        return attributed("Concat", List.of(parts), integer("axis", axis));
    }

    Value slice(Value x, int axis, long from, long to) {
        return op("Slice", x, vector(from), vector(to), vector(axis));
    }

    /** A dimension 0 in the shape keeps what x has there, one -1 is worked out. */
    Value reshape(Value x, long... shape) {
        return reshape(x, vector(shape));
    }

    Value reshape(Value x, Value shape) {
        return op("Reshape", x, shape);
    }

    Value unsqueeze(Value x, long axis) {
        return op("Unsqueeze", x, vector(axis));
    }

    Value squeeze(Value x, long axis) {
        return op("Squeeze", x, vector(axis));
    }

    Value transpose(Value x, long... order) {
        return attributed("Transpose", List.of(x), integers("perm", order));
    }

    /** One extent of x, as a vector of one. */
    Value extent(Value x, int axis) {
        Value shape = op("Shape", x);
        return slice(shape, 0, axis, axis + 1L);
    }

    /** 0, 1, … end - 1, where end is a vector of one. */
    Value range(Value end) {
        return op("Range", scalar(0), squeeze(end, 0), scalar(1));
    }

    // ---- the whole

    ModelProto build(String producer, String version, Map<String, String> metadata) {
        ModelProto.Builder model =
                ModelProto.newBuilder()
                        .setIrVersion(IR_VERSION)
                        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
                        .setProducerName(producer)
                        .setProducerVersion(version)
                        .setGraph(graph);
        metadata.forEach((key, value) ->
                model.addMetadataProps(
                        StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return model.build();
    }

    private Value op(String type, Value... inputs) {
        return attributed(type, List.of(inputs));
    }

    private Value attributed(String type, List<Value> inputs, AttributeProto... attributes) {
        return multiple(type, inputs, 1, attributes).getFirst();
    }

    private List<Value> multiple(
            String type, List<Value> inputs, int outputs, AttributeProto... attributes) {
        NodeProto.Builder node = node(type, inputs).addAllAttribute(Arrays.asList(attributes));
        List<Value> results =
                java.util.stream.IntStream.range(0, outputs).mapToObj(_ -> fresh(type)).toList();
        results.forEach(result -> node.addOutput(result.name));
        graph.addNode(node);
        return results;
    }

    private NodeProto.Builder node(String type, List<Value> inputs) {
        NodeProto.Builder node =
                NodeProto.newBuilder().setOpType(type).setName(type + "_" + graph.getNodeCount());
        inputs.forEach(input -> node.addInput(input.name));
        return node;
    }

    private Value fresh(String type) {
        return new Value(type.toLowerCase(java.util.Locale.ROOT) + "." + values++);
    }

    private Value constant(Element type, long[] shape, long[] integers, float[] floats) {
        Value value = fresh("constant");
        TensorProto.Builder tensor =
                TensorProto.newBuilder().setName(value.name).setDataType(type.onnx.getNumber());
        for (long extent : shape) {
            tensor.addDims(extent);
        }
        for (long integer : integers) {
            tensor.addInt64Data(integer);
        }
        for (float number : floats) {
            tensor.addFloatData(number);
        }
        graph.addInitializer(tensor);
        return value;
    }

    private static ValueInfoProto info(String name, Element type, Object... dimensions) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (Object dimension : dimensions) {
            TensorShapeProto.Dimension.Builder extent = TensorShapeProto.Dimension.newBuilder();
            switch (dimension) {
                case Integer size -> extent.setDimValue(size);
                case String symbol -> extent.setDimParam(symbol);
                default -> throw new IllegalArgumentException("not a dimension: " + dimension);
            }
            shape.addDim(extent);
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(
                        TypeProto.newBuilder()
                                .setTensorType(
                                        TypeProto.Tensor.newBuilder()
                                                .setElemType(type.onnx.getNumber())
                                                .setShape(shape)))
                .build();
    }

    private static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    private static AttributeProto number(String name, float value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF(value)
                .build();
    }

    private static AttributeProto integers(String name, long... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder()
                        .setName(name)
                        .setType(AttributeProto.AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }
}
