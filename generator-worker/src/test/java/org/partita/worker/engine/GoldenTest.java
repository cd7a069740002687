package org.partita.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.partita.protocol.GenerationRequest;
import org.partita.protocol.Length;
import org.partita.protocol.Start;

/**
 * What the shipped model composes must not change by accident. The bytes belong to a bundle and a
 * family of kernels; {@code golden.properties} has a line for each pair that is known.
 */
class GoldenTest {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Test
    void theShippedModelComposesTheKnownBytes() throws Exception {
        Properties golden = new Properties();
        try (InputStream in =
                Objects.requireNonNull(GoldenTest.class.getResourceAsStream("golden.properties"))) {
            golden.load(in);
        }
        String key;
        String composed;
        try (ModelBundle model =
                ModelBundle.load(DeterminismTest.shipped(), ExecutionProvider.CPU)) {
            key = model.manifest().fingerprint() + "." + KernelFamily.ofThisMachine();
            composed = compose(model);
        }

        String expected = golden.getProperty(key);

        if (expected == null) {
            System.out.printf(
                    "Golden bytes skipped: none are known for this bundle and processor. Once they"
                            + " are trusted, this line makes them known:%n%s=%s%n",
                    key, composed);
        }
        Assumptions.assumeTrue(expected != null, "no golden bytes are known for " + key);
        assertThat(composed).isEqualTo(expected);
    }

    /** One hash over three pieces. */
    private static String compose(ModelBundle model) throws Exception {
        MessageDigest all = MessageDigest.getInstance("SHA-256");
        try (Engine engine = new Engine(model, new EngineSettings(1, 3))) {
            for (GenerationRequest request :
                    List.of(
                            GenerationRequest.of(new Start.Random(), new Length.Notes(200)),
                            GenerationRequest.of(new Start.ChosenNote(60), new Length.Bars(16)),
                            GenerationRequest.of(new Start.Random(), new Length.Seconds(20)))) {
                all.update(hash(engine, request).getBytes(StandardCharsets.US_ASCII));
            }
        }
        return HexFormat.of().formatHex(all.digest());
    }

    private static String hash(Engine engine, GenerationRequest request) throws Exception {
        return engine.compose(request, 2_026, engine.model().defaultSampling())
                .await(PATIENCE)
                .sha256();
    }
}
