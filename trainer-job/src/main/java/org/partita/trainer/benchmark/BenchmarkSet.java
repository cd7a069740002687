package org.partita.trainer.benchmark;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * A benchmark's pieces by split ("train", "valid", perhaps "test"). A piece is a list of frames of
 * equal length, a frame a list of MIDI pitches; in a set of four voices it has one entry a voice,
 * soprano, alto, tenor, bass, and -1 where the voice rests.
 *
 * @param name the file's name without its endings
 * @param splits pieces by split
 */
record BenchmarkSet(String name, Map<String, List<List<List<Integer>>>> splits) {

    static final String TRAIN = "train";
    static final String VALID = "valid";
    static final String TEST = "test";

    /** Reads {@code NAME.json} or {@code NAME.json.gz}. */
    static BenchmarkSet read(Path file) throws IOException {
        String fileName = String.valueOf(file.getFileName());
        try (InputStream in = open(file)) {
            Map<String, List<List<List<Integer>>>> splits =
                    JsonMapper.shared()
                            .readValue(
                                    in,
                                    new TypeReference<
                                            LinkedHashMap<String, List<List<List<Integer>>>>>() {});
            splits.values().removeIf(Objects::isNull);
            BenchmarkSet set =
                    new BenchmarkSet(fileName.replaceAll("\\.json(\\.gz)?$", ""), splits);
            if (set.pieces(TRAIN).isEmpty() || set.pieces(set.scored()).isEmpty()) {
                throw new IOException(file + " has no training pieces or none to score");
            }
            return set;
        } catch (JacksonException e) {
            throw new IOException(file + " is not a benchmark set: " + e.getMessage(), e);
        }
    }

    private static InputStream open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file));
        return file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
    }

    List<List<List<Integer>>> pieces(String split) {
        return splits.getOrDefault(split, List.of());
    }

    /** Tells training pieces from others, whatever else the file holds. */
    String trainSha256() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(
                            digest.digest(
                                    pieces(TRAIN).toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The split that results are taken on: the test pieces where the file has them. */
    String scored() {
        return pieces(TEST).isEmpty() ? VALID : TEST;
    }

    /**
     * Whether frames are four voices in the order of the score, not sets of pitches: there is one
     * entry a voice everywhere and somewhere the last voice lies below the first.
     */
    boolean fourVoices() {
        boolean descends = false;
        for (List<List<List<Integer>>> pieces : splits.values()) {
            for (List<List<Integer>> piece : pieces) {
                for (List<Integer> frame : piece) {
                    if (frame.size() != 4) {
                        return false;
                    }
                    descends |= frame.get(0) > frame.get(3);
                }
            }
        }
        return descends;
    }
}
