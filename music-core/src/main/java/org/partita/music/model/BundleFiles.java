package org.partita.music.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The files of a model bundle and their hashes. */
public final class BundleFiles {

    /** The {@link ModelManifest}; the only file that it does not hash. */
    public static final String MANIFEST = "manifest.json";

    /** The tensors of all graphs, as ONNX external data. */
    public static final String WEIGHTS = "weights.bin";

    /** One event for a batch of lanes. */
    public static final String STEP = "step.onnx";

    /** What an event hears before the attention: the first half of {@link #STEP}. */
    public static final String RECURRENCE = "recurrence.onnx";

    /** What follows from the attention: the second half of {@link #STEP}. */
    public static final String OUTPUT = "output.onnx";

    /** The duration of a pitch that was chosen. */
    public static final String DURATION = "duration.onnx";

    /** The velocity of a pitch and duration that were chosen. */
    public static final String VELOCITY = "velocity.onnx";

    /**
     * Whole sequences at once: checks an export, and holds all weights that training goes on from.
     */
    public static final String SEQUENCE = "sequence.onnx";

    /** Several events in one run, chosen in the graph: for accelerators. A bundle may lack it. */
    public static final String LOOP = "loop.onnx";

    /** The distribution of frames in the training data, for random starts. */
    public static final String FRAMES = "frames.bin";

    /** What people should know of the model. */
    public static final String MODEL_CARD = "MODEL_CARD.md";

    /** Files without which a bundle is none. */
    public static final SortedSet<String> REQUIRED =
            Collections.unmodifiableSortedSet(
                    new TreeSet<>(
                            List.of(
                                    WEIGHTS,
                                    STEP,
                                    RECURRENCE,
                                    OUTPUT,
                                    DURATION,
                                    VELOCITY,
                                    SEQUENCE,
                                    FRAMES)));

    private BundleFiles() {}

    /**
     * SHA-256 of files in lower-case hexadecimal, by name.
     *
     * @throws IOException if one of them cannot be read
     */
    public static Map<String, String> hashes(Path directory, Collection<String> fileNames)
            throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        for (String fileName : fileNames) {
            hashes.put(fileName, hash(directory.resolve(fileName)));
        }
        return hashes;
    }

    /**
     * Checks that the directory holds the files that its manifest promises, as they were.
     *
     * @throws CorruptBundleException if a file is missing or differs
     * @throws IOException if one of them cannot be read
     */
    public static void requireIntact(Path directory, ModelManifest manifest) throws IOException {
        for (Map.Entry<String, String> file : manifest.files().entrySet()) {
            Path path = directory.resolve(file.getKey());
            if (!Files.isRegularFile(path)) {
                throw new CorruptBundleException(path, "is missing");
            }
            String hash = hash(path);
            if (!hash.equals(file.getValue())) {
                throw new CorruptBundleException(
                        path, "has SHA-256 %s instead of %s".formatted(hash, file.getValue()));
            }
        }
    }

    /**
     * SHA-256 of one file, of a bundle or of what it was made from, in lower-case hexadecimal.
     *
     * @throws IOException if it cannot be read
     */
    public static String hash(Path file) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
