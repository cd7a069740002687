package org.partita.trainer.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.partita.trainer.network.NetworkConfig;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything that decides what a training run does, apart from its music and its length. Kept in a
 * JSON file with these names; what the file leaves out has the value of {@link #DEFAULTS}.
 *
 * @param hidden width of the network
 * @param layers GRU layers
 * @param heads query heads of the attention
 * @param keySize content part of a key
 * @param valueSize width of a value
 * @param window events the attention sees
 * @param noteSize width of the projection that the note's heads share
 * @param velocityHidden hidden width of the velocity head
 * @param lanes pieces read side by side
 * @param segment events of each lane in one update; gradients reach back so far
 * @param learningRate highest rate of AdamW
 * @param warmUpUpdates updates until that rate is reached
 * @param featureRate share of the rate that the weights of the musical facts learn with
 * @param finalRate share of it left at the end of the cosine
 * @param weightDecay decay of matrices; biases, norms and embeddings have none
 * @param secondMomentDecay beta2 of AdamW
 * @param clip longest gradient
 * @param averageDecay decay of the moving average of weights, which is what gets exported
 * @param inputDropout share of input entries dropped, the same for a lane's whole segment
 * @param layerDropout the same between GRU layers
 * @param outputDropout the same before the output
 * @param transposed share of pieces moved to another key
 * @param silentStart share of whole pieces that begin with up to 49 empty frames, which are not
 *     learnt, unless they begin with random ones
 * @param randomStart share of whole pieces that begin with 50 random frames, which are not learnt
 *     either, so that what a random start leads into is like the beginning of a piece; a piece that
 *     begins with a rest never does
 * @param knownEnd share of pieces whose number of notes is told, and of those whose end in time is
 * @param endings share of draws that read a piece's last events alone, mostly told the end: a whole
 *     piece has hundreds of events for each that prepares its close
 * @param unknownStyle share of pieces whose style is not told
 * @param musicalFeatures whether the network is given musical facts, or zeros, to measure their
 *     worth
 * @param chainedHeads whether a note's duration and velocity are told what was chosen before, or
 *     predicted each by itself, to measure what that is worth
 * @param seed of weights, dropout, order and augmentation
 */
public record TrainingConfig(
        int hidden,
        int layers,
        int heads,
        int keySize,
        int valueSize,
        int window,
        int noteSize,
        int velocityHidden,
        int lanes,
        int segment,
        double learningRate,
        int warmUpUpdates,
        double featureRate,
        double finalRate,
        double weightDecay,
        double secondMomentDecay,
        double clip,
        double averageDecay,
        double inputDropout,
        double layerDropout,
        double outputDropout,
        double transposed,
        double silentStart,
        double randomStart,
        double knownEnd,
        double endings,
        double unknownStyle,
        boolean musicalFeatures,
        boolean chainedHeads,
        long seed) {

    /** What the shipped models were trained with, unless their cards say otherwise. */
    public static final TrainingConfig DEFAULTS =
            new TrainingConfig(
                    256, 3, 4, 64, 64, 512, 256, 128, //
                    32, 128, 2e-3, 200, 0.1, 0.02, 0.02, 0.98, 1.0, 0.998, //
                    0.1, 0.1, 0.1, 0.75, 0.1, 0.3, 0.4, 0.6, 0.3, true, true, 1);

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    public TrainingConfig {
        // The sizes are the network's to judge.
        network(
                EventForm.SCORE,
                hidden,
                layers,
                heads,
                keySize,
                valueSize,
                window,
                noteSize,
                velocityHidden);
        requirePositive("lanes", lanes);
        requirePositive("segment", segment);
        requirePositive("learningRate", learningRate);
        requireNotNegative("warmUpUpdates", warmUpUpdates);
        requirePositive("featureRate", featureRate);
        requireNotNegative("weightDecay", weightDecay);
        requirePositive("clip", clip);
        requireBelowOne("averageDecay", averageDecay);
        requireBelowOne("secondMomentDecay", secondMomentDecay);
        requireShare("finalRate", finalRate);
        requireBelowOne("inputDropout", inputDropout);
        requireBelowOne("layerDropout", layerDropout);
        requireBelowOne("outputDropout", outputDropout);
        requireShare("transposed", transposed);
        requireShare("silentStart", silentStart);
        requireShare("randomStart", randomStart);
        requireShare("knownEnd", knownEnd);
        requireShare("endings", endings);
        requireShare("unknownStyle", unknownStyle);
    }

    /** The network that these sizes and the event vocabulary make. */
    public NetworkConfig network() {
        return network(EventForm.SCORE);
    }

    /** The network that these sizes and another form of events make. */
    NetworkConfig network(EventForm form) {
        return network(
                form, hidden, layers, heads, keySize, valueSize, window, noteSize, velocityHidden);
    }

    private static NetworkConfig network(
            EventForm form,
            int hidden,
            int layers,
            int heads,
            int keySize,
            int valueSize,
            int window,
            int noteSize,
            int velocityHidden) {
        return new NetworkConfig(
                form.vocabulary(),
                form.durations(),
                form.velocities(),
                form.features(),
                hidden,
                layers,
                heads,
                keySize,
                form.phases(),
                valueSize,
                window,
                noteSize,
                velocityHidden);
    }

    /** Whether a composing model can do what this one does: it always has facts and a chain. */
    public boolean canBeExported() {
        return musicalFeatures && chainedHeads;
    }

    /**
     * This configuration with some values replaced.
     *
     * @throws IllegalArgumentException if a name is unknown or a value does not fit
     */
    public TrainingConfig with(Map<String, String> changes) {
        ObjectNode tree = MAPPER.valueToTree(this);
        changes.forEach((name, value) -> {
            requireKnown(tree, name);
            tree.put(name, value);
        });
        return merged(tree);
    }

    /**
     * This configuration with the values of a JSON object.
     *
     * @throws IllegalArgumentException if a name is unknown or a value does not fit
     */
    public TrainingConfig with(JsonNode given) {
        if (!given.isObject()) {
            throw new IllegalArgumentException("a configuration is one JSON object");
        }
        ObjectNode tree = MAPPER.valueToTree(this);
        given.properties()
                .forEach(entry -> {
                    requireKnown(tree, entry.getKey());
                    tree.set(entry.getKey(), entry.getValue());
                });
        return merged(tree);
    }

    /**
     * The configuration in a JSON file.
     *
     * @throws IOException naming the file if it is not JSON, a name is unknown or a value does not
     *     fit
     */
    public static TrainingConfig read(Path file) throws IOException {
        try {
            return DEFAULTS.with(MAPPER.readTree(Files.readString(file)));
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IOException(file + ": " + firstLine(e), e);
        }
    }

    /** All values as a JSON object, with these names. */
    public String toJson() {
        return MAPPER.writeValueAsString(this);
    }

    private static TrainingConfig merged(ObjectNode tree) {
        try {
            return MAPPER.treeToValue(tree, TrainingConfig.class);
        } catch (JacksonException e) {
            Throwable reason = e.getCause() instanceof IllegalArgumentException ours ? ours : e;
            throw new IllegalArgumentException(firstLine(reason), e);
        }
    }

    private static void requireKnown(ObjectNode tree, String name) {
        if (!tree.has(name)) {
            throw new IllegalArgumentException(
                    "no value is named " + name + "; --print-config shows all names");
        }
    }

    private static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("not readable");
    }

    private static void requirePositive(String name, double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException(name + " must be positive: " + value);
        }
    }

    private static void requireNotNegative(String name, double value) {
        if (!(value >= 0)) {
            throw new IllegalArgumentException(name + " must not be negative: " + value);
        }
    }

    private static void requireBelowOne(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(name + " out of range [0, 1): " + value);
        }
    }

    private static void requireShare(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " out of range 0..1: " + value);
        }
    }
}
