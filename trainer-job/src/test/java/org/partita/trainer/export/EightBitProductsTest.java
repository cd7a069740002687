package org.partita.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.partita.trainer.export.GraphBuilder.Element;
import org.partita.trainer.export.GraphBuilder.Value;
import org.partita.trainer.network.Weights;

class EightBitProductsTest {

    /** Neither is a multiple of a block. */
    private static final int IN = 719;

    private static final int OUT = 70;
    private static final int MOST_ROWS = 33;

    @TempDir private Path directory;

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final float[] matrix = random(OUT * IN, 1);
    private final float[] bias = random(OUT, 2);

    @Test
    void productsAreThoseOfTheMatrixButForTheRounding() throws IOException, OrtException {
        // Given
        float[] x = random(MOST_ROWS * IN, 3);
        // When
        float[] products = run(eightBit(graph()), x);
        // Then: x and W are rounded to a 254th of their block's range, errors add up like a walk
        double walk = Math.sqrt(IN);
        for (int row = 0; row < MOST_ROWS; row++) {
            for (int out = 0; out < OUT; out++) {
                double exact = bias[out];
                for (int in = 0; in < IN; in++) {
                    exact += (double) x[row * IN + in] * matrix[out * IN + in];
                }
                double error = products[row * OUT + out] - exact;
                assertThat(Math.abs(error)).isLessThan(4 * walk / 254);
            }
        }
    }

    /** What the worker's promise of the same bytes needs of them; it asks every model itself. */
    @Test
    void rowsProductsAreTheSameAloneAndAmongOthers() throws IOException, OrtException {
        Path processor = Path.of("/proc/cpuinfo");
        assumeTrue(
                Files.exists(processor) && Files.readString(processor).contains("avx512_vnni"),
                "only the kernels for AVX-512 with VNNI are known to keep it");
        ModelProto graph = eightBit(graph());
        float[] x = random(MOST_ROWS * IN, 3);
        float[] all = run(graph, x);
        for (int rows = 1; rows < MOST_ROWS; rows++) {
            assertThat(run(graph, Arrays.copyOf(x, rows * IN)))
                    .as(rows + " rows")
                    .isEqualTo(Arrays.copyOf(all, rows * OUT));
        }
    }

    @Test
    void onlyWhatIsUsedStaysInTheGraph() throws IOException {
        ModelProto graph = eightBit(graph());

        assertThat(graph.getGraph().getNodeList())
                .extracting(NodeProto::getOpType)
                .containsExactly("MatMulNBits");
        assertThat(graph.getGraph().getInitializerList())
                .extracting(tensor -> tensor.getName())
                .containsExactlyInAnyOrder("b", "W.integers", "W.scales");
    }

    @Test
    void thereIsNothingToDoTwice() throws IOException {
        ModelProto graph = eightBit(graph());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> eightBit(graph))
                .withMessageContaining("no products with 32-bit weights");
    }

    private ModelProto graph() throws IOException {
        SharedWeights weights = new SharedWeights("weights.bin");
        weights.put("W", new Weights.Array(new int[] {OUT, IN}, matrix));
        weights.put("b", new Weights.Array(new int[] {OUT}, bias));
        weights.write(directory);
        GraphBuilder g = new GraphBuilder("product", weights);
        Value x = g.input("x", Element.FLOAT, "B", IN);
        g.output("y", g.linear(x, "W", "b"), Element.FLOAT, "B", OUT);
        return g.build("test", "1", Map.of());
    }

    private ModelProto eightBit(ModelProto graph) throws IOException {
        return new EightBitProducts(Files.readAllBytes(directory.resolve("weights.bin")))
                .rewrite(graph);
    }

    private float[] run(ModelProto graph, float[] x) throws IOException, OrtException {
        Path file = Files.write(directory.resolve("graph.onnx"), graph.toByteArray());
        try (OrtSession session = environment.createSession(file.toString());
                OnnxTensor rows =
                        OnnxTensor.createTensor(
                                environment, FloatBuffer.wrap(x), new long[] {x.length / IN, IN});
                OrtSession.Result result = session.run(Map.of("x", rows))) {
            FloatBuffer y = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] products = new float[y.remaining()];
            y.get(products);
            return products;
        }
    }

    private static float[] random(int count, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }
}
