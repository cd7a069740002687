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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes one ONNX graph: each operator is a method from values to a value, nodes stand in the order
 * of the calls. Operator semantics are those of the ONNX specification, opset {@value #OPSET}; one
 * is ONNX Runtime's own.
 */
final class GraphBuilder {

    static final int OPSET = 17;
    private static final int IR_VERSION = 8;

    /** ONNX Runtime's own operators. */
    static final String CONTRIBUTED = "com.microsoft";

    /** A tensor in the graph, known by its name. */
    record Value(String name) {}

    /** What a tensor holds. */
    enum Element {
        BOOL(TensorProto.DataType.BOOL),
        FLOAT(TensorProto.DataType.FLOAT),
        DOUBLE(TensorProto.DataType.DOUBLE),
        INT64(TensorProto.DataType.INT64);

        private final TensorProto.DataType onnx;

        Element(TensorProto.DataType onnx) {
            this.onnx = onnx;
        }
    }

    private final GraphProto.Builder graph;
    private final SharedWeights weights;
    private final Set<String> referenced = new HashSet<>();
    private final Set<String> computed = new HashSet<>();
    private final @Nullable GraphBuilder outer;
    private final Map<String, String> namesAtTheEdge = new HashMap<>();
    private int values;

    GraphBuilder(String name, SharedWeights weights) {
        this(name, weights, null);
    }

    private GraphBuilder(String name, SharedWeights weights, @Nullable GraphBuilder outer) {
        this.graph = GraphProto.newBuilder().setName(name);
        this.weights = weights;
        this.outer = outer;
    }

    /** A graph for the inside of a {@link #loop}; all values and weights out here are in sight. */
    GraphBuilder inner(String name) {
        return new GraphBuilder(name, weights, this);
    }

    // ---- edges of the graph; a dimension is a number or a name such as "B"

    Value input(String name, Element type, Object... dimensions) {
        graph.addInput(info(name, type, dimensions));
        return new Value(name);
    }

    /**
     * Makes a value an output. What a node of this graph computes just takes the output's name, so
     * that nothing is copied; anything else, or a second name for the same value, is a copy.
     */
    void output(String name, Value value, Element type, Object... dimensions) {
        if (!computed.contains(value.name)
                || namesAtTheEdge.putIfAbsent(value.name, name) != null) {
            graph.addNode(node("Identity", List.of(value)).addOutput(name));
        }
        graph.addOutput(info(name, type, dimensions));
    }

    Value weight(String name) {
        if (outer != null) {
            return outer.weight(name);
        }
        if (referenced.add(name)) {
            graph.addInitializer(weights.reference(name));
        }
        return new Value(name);
    }

    /** The integers as a vector. */
    Value vector(long... numbers) {
        TensorProto.Builder tensor = tensor(Element.INT64, numbers.length);
        for (long number : numbers) {
            tensor.addInt64Data(number);
        }
        return constant(tensor);
    }

    /** The numbers as a tensor of this shape. */
    Value tensor(double[] numbers, long... shape) {
        TensorProto.Builder tensor = tensor(Element.DOUBLE, shape);
        for (double number : numbers) {
            tensor.addDoubleData(number);
        }
        return constant(tensor);
    }

    Value tensor(float[] numbers, long... shape) {
        TensorProto.Builder tensor = tensor(Element.FLOAT, shape);
        for (float number : numbers) {
            tensor.addFloatData(number);
        }
        return constant(tensor);
    }

    Value scalar(long number) {
        return constant(tensor(Element.INT64).addInt64Data(number));
    }

    Value scalar(float number) {
        return constant(tensor(Element.FLOAT).addFloatData(number));
    }

    Value scalar(double number) {
        return constant(tensor(Element.DOUBLE).addDoubleData(number));
    }

    Value zeros(int count) {
        return tensor(new float[count], count);
    }

    /** {@code first, first + 1, …} as a vector of floats. */
    Value counting(float first, int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = first + i;
        }
        return tensor(numbers, count);
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

    Value divide(Value a, Value b) {
        return op("Div", a, b);
    }

    Value minimum(Value a, Value b) {
        return op("Min", a, b);
    }

    Value maximum(Value a, Value b) {
        return op("Max", a, b);
    }

    Value floor(Value x) {
        return op("Floor", x);
    }

    Value exponential(Value x) {
        return op("Exp", x);
    }

    Value sine(Value x) {
        return op("Sin", x);
    }

    Value cast(Value x, Element type) {
        return attributed("Cast", List.of(x), integer("to", type.onnx.getNumber()));
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

    Value reduceMinimum(Value x, long axis) {
        return attributed("ReduceMin", List.of(x), integers("axes", axis), integer("keepdims", 1));
    }

    Value reduceMaximum(Value x, long axis) {
        return attributed("ReduceMax", List.of(x), integers("axes", axis), integer("keepdims", 1));
    }

    /** Sums along the last of two dimensions up to and with each place. */
    Value runningSum(Value x) {
        return op("CumSum", x, scalar(1L));
    }

    /** Sums along the last of two dimensions up to but without each place. */
    Value sumBefore(Value x) {
        return attributed("CumSum", List.of(x, scalar(1L)), integer("exclusive", 1));
    }

    /** Normalises the last dimension; weights {@code name.weight} and {@code name.bias}. */
    Value layerNorm(Value x, String name, double epsilon) {
        return attributed(
                "LayerNormalization",
                List.of(x, weight(name + ".weight"), weight(name + ".bias")),
                integer("axis", -1),
                number("epsilon", (float) epsilon));
    }

    /**
     * Normalises the last dimension of {@code x + skip} and gives that sum, too. ONNX Runtime does
     * this much faster on the CPU than {@link #layerNorm}, see docs/performance.md.
     *
     * @return the normalised sum, then the sum
     */
    List<Value> sumAndLayerNorm(Value x, Value skip, String name, double epsilon) {
        Value norm = computed("SkipLayerNormalization");
        Value sum = computed("SkipLayerNormalization");
        List<Value> in = List.of(x, skip, weight(name + ".weight"), weight(name + ".bias"));
        // The empty names leave out mean and deviation.
        graph.addNode(
                node("SkipLayerNormalization", in)
                        .setDomain(CONTRIBUTED)
                        .addAttribute(number("epsilon", (float) epsilon))
                        .addAllOutput(List.of(norm.name, "", "", sum.name)));
        return List.of(norm, sum);
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
        return gather(weight(table), index);
    }

    /** Index tensors of any shape into the first dimension. */
    Value gather(Value x, Value index) {
        return op("Gather", x, index);
    }

    /** From each row what the same row of the index names. */
    Value gatherInRow(Value x, Value index) {
        return attributed("GatherElements", List.of(x, index), integer("axis", 1));
    }

    /** Each row of {@code x} with {@code updates} put where the same row of the index says. */
    Value scatterInRow(Value x, Value index, Value updates) {
        return attributed("ScatterElements", List.of(x, index, updates), integer("axis", 1));
    }

    /** The {@code count} largest of each row in falling order, and where they stood. */
    List<Value> largest(Value x, int count) {
        return multiple("TopK", List.of(x, vector(count)), 2, integer("axis", -1));
    }

    Value equal(Value a, Value b) {
        return op("Equal", a, b);
    }

    Value or(Value a, Value b) {
        return op("Or", a, b);
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

    // ---- repetition

    /**
     * Runs a graph again and again. Its inputs are the number of the round, a condition, then what
     * is carried from round to round; its outputs the condition, what is carried on, and what each
     * round leaves behind.
     *
     * @param rounds how often, a scalar
     * @param carried at the beginning
     * @param left how many values each round leaves behind
     * @return what is carried at the end, then what was left, one row a round
     */
    List<Value> loop(Value rounds, GraphBuilder body, List<Value> carried, int left) {
        List<Value> in = new ArrayList<>(List.of(rounds, new Value("")));
        in.addAll(carried);
        AttributeProto graphOfBody =
                AttributeProto.newBuilder()
                        .setName("body")
                        .setType(AttributeProto.AttributeType.GRAPH)
                        .setG(body.named())
                        .build();
        return multiple("Loop", in, carried.size() + left, graphOfBody);
    }

    // ---- the whole

    ModelProto build(String producer, String version, Map<String, String> metadata) {
        ModelProto.Builder model =
                ModelProto.newBuilder()
                        .setIrVersion(IR_VERSION)
                        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
                        .addOpsetImport(
                                OperatorSetIdProto.newBuilder()
                                        .setDomain(CONTRIBUTED)
                                        .setVersion(1))
                        .setProducerName(producer)
                        .setProducerVersion(version)
                        .setGraph(named());
        metadata.forEach((key, value) ->
                model.addMetadataProps(
                        StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return model.build();
    }

    /** The graph with what is an output under its name as one. */
    private GraphProto named() {
        GraphProto.Builder named = graph.clone().clearNode();
        for (NodeProto node : graph.getNodeList()) {
            NodeProto.Builder renamed = node.toBuilder().clearInput().clearOutput();
            node.getInputList().forEach(name -> renamed.addInput(nameAtTheEdge(name)));
            node.getOutputList().forEach(name -> renamed.addOutput(nameAtTheEdge(name)));
            named.addNode(renamed);
        }
        return named.build();
    }

    private String nameAtTheEdge(String name) {
        return namesAtTheEdge.getOrDefault(name, name);
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
        List<Value> results = IntStream.range(0, outputs).mapToObj(_ -> computed(type)).toList();
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

    private Value computed(String type) {
        Value value = fresh(type);
        computed.add(value.name);
        return value;
    }

    private Value fresh(String type) {
        String scope = outer == null ? "" : graph.getName() + ".";
        return new Value(scope + type.toLowerCase(Locale.ROOT) + "." + values++);
    }

    private static TensorProto.Builder tensor(Element type, long... shape) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setDataType(type.onnx.getNumber());
        for (long extent : shape) {
            tensor.addDims(extent);
        }
        return tensor;
    }

    private Value constant(TensorProto.Builder tensor) {
        Value value = fresh("constant");
        graph.addInitializer(tensor.setName(value.name));
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

    static AttributeProto integer(String name, long value) {
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
