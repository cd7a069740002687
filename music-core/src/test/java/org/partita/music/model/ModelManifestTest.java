package org.partita.music.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ModelManifestTest {

    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final ModelInstrument PIANO = new ModelInstrument(0, false, "Piano", 21, 108);
    private static final TrainingSource SOURCE =
            new TrainingSource("Etudes", "written here", "CC0-1.0", List.of(), 3, 1200);

    private static Map<String, String> filesOf(String hash) {
        Map<String, String> files = new HashMap<>();
        BundleFiles.REQUIRED.forEach(file -> files.put(file, hash));
        return files;
    }

    private static ModelManifest manifest(
            String name, Map<String, Double> metrics, Map<String, String> files) {
        return new ModelManifest(
                1,
                name,
                "Solo piano",
                EventFormat.CURRENT,
                new NetworkShape(256, 3, 511, 96, 64, 256, 1_500_000),
                List.of(PIANO),
                List.of("unknown"),
                new SamplingDefaults(1, 0, 0.98, 0, 96),
                List.of(SOURCE),
                metrics,
                COMMIT,
                Instant.EPOCH,
                files);
    }

    @Test
    void fingerprintChangesWithEveryFileButTheCard() {
        // Given
        Map<String, String> files = filesOf("0".repeat(64));
        String before = manifest("piano", Map.of(), files).fingerprint();

        // When
        files.put(BundleFiles.MODEL_CARD, "1".repeat(64));
        String withCard = manifest("piano", Map.of(), files).fingerprint();
        files.put(BundleFiles.WEIGHTS, "1".repeat(64));
        String withOtherWeights = manifest("piano", Map.of(), files).fingerprint();

        // Then
        assertThat(withCard).isEqualTo(before).hasSize(64);
        assertThat(withOtherWeights).isNotEqualTo(before);
    }

    @Test
    void mapsAreOrderedAndCannotBeChangedFromOutside() {
        // Given
        Map<String, Double> metrics = new HashMap<>(Map.of("validNllPerNote", 2.0, "ppl", 7.0));
        ModelManifest manifest = manifest("piano", metrics, filesOf("a".repeat(64)));

        // When
        metrics.clear();

        // Then
        assertThat(manifest.metrics().keySet()).containsExactly("ppl", "validNllPerNote");
        assertThat(manifest.files().keySet())
                .containsExactly(
                        "duration.onnx",
                        "frames.bin",
                        "output.onnx",
                        "recurrence.onnx",
                        "sequence.onnx",
                        "step.onnx",
                        "velocity.onnx",
                        "weights.bin");
    }

    static Stream<Arguments> wrongManifests() {
        return Stream.of(
                wrong("name must match", files -> files, "Grand Piano"),
                wrong("SHA-256 of step.onnx is missing", without("step.onnx"), "piano"),
                wrong("SHA-256 of extra.bin must match", with("extra.bin", "12"), "piano"),
                wrong("file name must match", with("../evil", "0".repeat(64)), "piano"));
    }

    private static Arguments wrong(
            String message, UnaryOperator<Map<String, String>> files, String name) {
        return Arguments.argumentSet(message, message, files, name);
    }

    private static UnaryOperator<Map<String, String>> with(String file, String hash) {
        return files -> {
            files.put(file, hash);
            return files;
        };
    }

    private static UnaryOperator<Map<String, String>> without(String file) {
        return files -> {
            files.remove(file);
            return files;
        };
    }

    @ParameterizedTest
    @MethodSource("wrongManifests")
    void wrongManifestIsRefusedByField(
            String message, UnaryOperator<Map<String, String>> files, String name) {
        // Given
        Map<String, String> hashes = files.apply(filesOf("0".repeat(64)));

        // When
        var thrown =
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> manifest(name, Map.of(), hashes));

        // Then
        thrown.withMessageStartingWith(message);
    }

    @Test
    void metricsThatAreNoNumberAreRefused() {
        // When
        var thrown =
                assertThatIllegalArgumentException()
                        .isThrownBy(() ->
                                manifest(
                                        "piano",
                                        Map.of("validNllPerNote", Double.NaN),
                                        filesOf("0".repeat(64))));

        // Then
        thrown.withMessageStartingWith("validNllPerNote out of range");
    }

    @Test
    void formatOfAnotherProgramIsRefused() {
        // Given
        var current = EventFormat.CURRENT;
        var other =
                new EventFormat(
                        current.vocabularySize(),
                        12,
                        current.maxAdvanceSteps(),
                        current.maxParts(),
                        current.durationSteps(),
                        current.velocities(),
                        current.features(),
                        current.phases(),
                        current.styles());

        // When
        var thrown = assertThatIllegalArgumentException().isThrownBy(other::requireCurrent);

        // Then
        thrown.withMessageContaining("stepsPerQuarter=12")
                .withMessageContaining("stepsPerQuarter=24");
    }

    @Test
    void bundleIsIntactUntilAByteOfItChanges(@TempDir Path bundle) throws Exception {
        // Given
        for (String file : BundleFiles.REQUIRED) {
            Files.writeString(bundle.resolve(file), "content of " + file);
        }
        ModelManifest manifest =
                manifest("piano", Map.of(), BundleFiles.hashes(bundle, BundleFiles.REQUIRED));
        BundleFiles.requireIntact(bundle, manifest);

        // When
        Files.writeString(bundle.resolve(BundleFiles.STEP), "content of step.onny");

        // Then
        assertThatExceptionOfType(CorruptBundleException.class)
                .isThrownBy(() -> BundleFiles.requireIntact(bundle, manifest))
                .withMessageContaining("step.onnx has SHA-256");
    }

    @Test
    void hashesAreThoseThatOtherToolsPrint(@TempDir Path folder) throws Exception {
        // Given
        Files.writeString(folder.resolve("abc"), "abc");

        // When
        Map<String, String> hashes = BundleFiles.hashes(folder, List.of("abc"));

        // Then
        assertThat(hashes)
                .containsEntry(
                        "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
