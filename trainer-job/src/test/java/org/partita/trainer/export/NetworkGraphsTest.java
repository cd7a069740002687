package org.partita.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.partita.trainer.network.Network;
import org.partita.trainer.network.NetworkConfig;
import org.partita.trainer.network.Weights;

class NetworkGraphsTest {

    private static final NetworkConfig SMALL =
            new NetworkConfig(160, 5, 4, 40, 24, 3, 2, 8, 6, 10, 33, 12, 7);

    private static final List<String> GRAPHS =
            List.of("step", "recurrence", "output", "duration", "velocity", "sequence");

    @TempDir private Path bundle;

    @Test
    void graphsGiveTheLogitsOfTheNetworkTheyWereMadeOf() throws IOException {
        Weights weights = Network.initial(SMALL, 1);
        new NetworkGraphs(SMALL, weights, Map.of()).write(bundle);

        Parity parity =
                Parity.measure(
                        SMALL,
                        weights,
                        bundle,
                        TinyBundle.randomEvents(SMALL, 3, new SplittableRandom(2)));

        assertThat(parity.largestLogit()).isGreaterThan(0.1);
        assertThat(parity.torchToSequence()).isLessThanOrEqualTo(1e-5);
        assertThat(parity.torchToStep()).isLessThanOrEqualTo(1e-5);
        assertThat(parity.stepToSequence()).isLessThanOrEqualTo(1e-5);
        assertThat(parity.steps()).isGreaterThan(SMALL.window());
    }

    @Test
    void parityNoticesOtherWeights() throws IOException {
        new NetworkGraphs(SMALL, Network.initial(SMALL, 1), Map.of()).write(bundle);

        Parity parity =
                Parity.measure(
                        SMALL,
                        Network.initial(SMALL, 3),
                        bundle,
                        TinyBundle.randomEvents(SMALL, 1, new SplittableRandom(2)));

        assertThat(parity.holds()).isFalse();
    }

    @Test
    void allGraphsShareOneWeightsFile() throws IOException {
        Weights weights = Network.initial(SMALL, 1);

        new NetworkGraphs(SMALL, weights, Map.of()).write(bundle);

        long arrays = weights.size() * Float.BYTES;
        assertThat(Files.size(bundle.resolve("weights.bin"))).isLessThan(arrays + arrays / 10);
        for (String graph : GRAPHS) {
            assertThat(Files.size(bundle.resolve(graph + ".onnx"))).isLessThan(40_000);
        }
    }

    @Test
    void onnxsOwnCheckerFindsNoFault(@TempDir Path temporary)
            throws IOException, InterruptedException {
        new NetworkGraphs(SMALL, Network.initial(SMALL, 1), Map.of("seed", "1")).write(bundle);
        Path[] models =
                GRAPHS.stream().map(name -> bundle.resolve(name + ".onnx")).toArray(Path[]::new);

        String verdict = OnnxChecker.check(temporary, models);

        assertThat(verdict).contains(Stream.of(models).map(model -> "valid " + model).toList());
    }

    @Test
    void onnxsOwnCheckerFindsNoFaultInTheLoop(@TempDir Path temporary)
            throws IOException, InterruptedException {
        NetworkConfig tiny = TinyBundle.CONFIG;
        NetworkGraphs graphs = new NetworkGraphs(tiny, Network.initial(tiny, 1), Map.of());
        graphs.write(bundle);
        graphs.writeLoop(bundle);
        Path loop = bundle.resolve("loop.onnx");

        String verdict = OnnxChecker.check(temporary, loop);

        assertThat(verdict).contains("valid " + loop);
    }

    @Test
    void onlyTheProductsEventsCanBeLooped() {
        NetworkGraphs graphs = new NetworkGraphs(SMALL, Network.initial(SMALL, 1), Map.of());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> graphs.writeLoop(bundle))
                .withMessageContaining("other events");
    }

    @Test
    void checkerNoticesAMissingWeightsFile(@TempDir Path temporary)
            throws IOException, InterruptedException {
        new NetworkGraphs(SMALL, Network.initial(SMALL, 1), Map.of()).write(bundle);
        Files.delete(bundle.resolve("weights.bin"));

        String verdict = OnnxChecker.check(temporary, bundle.resolve("step.onnx"));

        assertThat(verdict).contains("weights.bin").doesNotContain("valid ");
    }
}
