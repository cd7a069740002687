package org.partita.music.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The identity of a model bundle, the directory that a trainer writes and a worker reads: what the
 * model is, what it was made of, and the hash of every other file of the bundle. It lies there as
 * {@link BundleFiles#MANIFEST}, a JSON object with the names of these components.
 *
 * @param formatVersion of the bundle, {@link #FORMAT_VERSION}
 * @param name by which requests choose the model: {@code piano}; also the bundle's directory
 * @param title for people: {@code Solo piano}
 * @param events the vocabulary, grid and features that the graphs were built for
 * @param network sizes of the graphs
 * @param instruments what it can play, at least one; the first is the one it plays unasked
 * @param styles labels it was conditioned on, by their index; the first stands for none in
 *     particular
 * @param defaults how to sample it when a request does not say
 * @param trainingData what it was trained on, at least one source
 * @param metrics measured qualities by name, in nats unless the name says otherwise: {@code
 *     validNllPerNote}; ordered by name
 * @param gitCommit of the code that wrote it, 40 hexadecimal digits, or {@code unknown}
 * @param createdAt when the bundle was written
 * @param files SHA-256 in lower-case hexadecimal of every other file of the bundle, by file name;
 *     ordered by name
 */
public record ModelManifest(
        int formatVersion,
        String name,
        String title,
        EventFormat events,
        NetworkShape network,
        List<ModelInstrument> instruments,
        List<String> styles,
        SamplingDefaults defaults,
        List<TrainingSource> trainingData,
        Map<String, Double> metrics,
        String gitCommit,
        Instant createdAt,
        Map<String, String> files) {

    /** The only bundle format there is so far. */
    public static final int FORMAT_VERSION = 1;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final Pattern GIT_COMMIT = Pattern.compile("[0-9a-f]{40}|unknown");
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,126}");

    public ModelManifest {
        Require.between(FORMAT_VERSION, FORMAT_VERSION, formatVersion, "formatVersion");
        requireName(name);
        Require.text(title, "title");
        Require.present(events, "events");
        Require.present(network, "network");
        instruments = List.copyOf(Require.present(instruments, "instruments"));
        Require.between(1, events.maxParts(), instruments.size(), "number of instruments");
        styles = List.copyOf(Require.present(styles, "styles"));
        Require.between(1, events.styles(), styles.size(), "number of styles");
        Require.present(defaults, "defaults");
        trainingData = List.copyOf(Require.present(trainingData, "trainingData"));
        Require.between(1, Integer.MAX_VALUE, trainingData.size(), "number of training sources");
        metrics = Collections.unmodifiableMap(new TreeMap<>(Require.present(metrics, "metrics")));
        metrics.forEach((metric, value) ->
                Require.between(
                        -Double.MAX_VALUE,
                        Double.MAX_VALUE,
                        Require.present(value, metric),
                        metric));
        Require.matches(gitCommit, GIT_COMMIT, "gitCommit");
        Require.present(createdAt, "createdAt");
        files = Collections.unmodifiableMap(new TreeMap<>(Require.present(files, "files")));
        files.forEach((file, hash) -> {
            // A plain name cannot lead out of the bundle's directory.
            Require.matches(file, FILE_NAME, "file name");
            Require.sha256(hash, "SHA-256 of " + file);
        });
        for (String file : BundleFiles.REQUIRED) {
            Require.present(files.get(file), "SHA-256 of " + file);
        }
    }

    /** The same model in a bundle that was written anew, with what that changes. */
    public ModelManifest rewritten(
            Map<String, Double> newMetrics,
            String newCommit,
            Instant newCreatedAt,
            Map<String, String> newFiles) {
        return new ModelManifest(
                formatVersion,
                name,
                title,
                events,
                network,
                instruments,
                styles,
                defaults,
                trainingData,
                newMetrics,
                newCommit,
                newCreatedAt,
                newFiles);
    }

    /**
     * Checks what a model wants to be called.
     *
     * @throws IllegalArgumentException if no model may be called so
     */
    public static void requireName(String name) {
        Require.matches(name, NAME, "name");
    }

    /**
     * SHA-256, in lower-case hexadecimal, over names and hashes of all files but the model card:
     * what a piece names when it says which model made it.
     */
    public String fingerprint() {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        files.forEach((file, hash) -> {
            if (!file.equals(BundleFiles.MODEL_CARD)) {
                digest.update((file + " " + hash + "\n").getBytes(StandardCharsets.UTF_8));
            }
        });
        return HexFormat.of().formatHex(digest.digest());
    }
}
