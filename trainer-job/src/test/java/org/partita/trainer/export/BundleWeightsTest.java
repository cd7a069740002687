package org.partita.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.partita.trainer.bundle.BundleWeights;
import org.partita.trainer.network.Network;
import org.partita.trainer.network.NetworkConfig;
import org.partita.trainer.network.Weights;

class BundleWeightsTest {

    private static final NetworkConfig SMALL =
            new NetworkConfig(160, 5, 4, 40, 24, 3, 2, 8, 6, 10, 33, 12, 7);

    @TempDir private Path bundle;

    @Test
    void weightsReadBackMakeTheSameNetwork() throws IOException {
        // Given
        Weights original = Network.initial(SMALL, 1);
        new NetworkGraphs(SMALL, original, Map.of()).write(bundle);
        // When
        Weights read = BundleWeights.read(bundle);
        // Then
        assertThat(read.names()).containsExactlyInAnyOrderElementsOf(original.names());
        for (String name : original.names()) {
            assertThat(read.get(name).shape()).as(name).isEqualTo(original.get(name).shape());
        }
        Parity parity =
                Parity.measure(
                        SMALL,
                        read,
                        bundle,
                        TinyBundle.randomEvents(SMALL, 3, new SplittableRandom(2)));
        assertThat(parity.torchToSequence()).isLessThanOrEqualTo(1e-5);
    }

    @Test
    void graphWithoutAnArrayIsNamed() throws IOException {
        // Given
        new NetworkGraphs(SMALL, Network.initial(SMALL, 1), Map.of()).write(bundle);
        Files.copy(
                bundle.resolve("velocity.onnx"),
                bundle.resolve("sequence.onnx"),
                StandardCopyOption.REPLACE_EXISTING);
        // When, Then
        assertThatThrownBy(() -> BundleWeights.read(bundle))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("attention.phase");
    }
}
