package org.partita.trainer.export;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.partita.music.event.Grid;
import org.partita.music.model.ModelInstrument;
import org.partita.music.model.ModelManifest;
import org.partita.music.model.TrainingSource;
import org.partita.trainer.data.PreparedPiece;
import org.partita.trainer.evaluate.Conditioning;
import org.partita.trainer.training.Checkpoint;
import org.partita.trainer.training.DataSummary;
import org.partita.trainer.training.Repertoire;
import org.partita.trainer.training.TrainingConfig;
import org.partita.trainer.training.ValidationResult;

/**
 * {@code MODEL_CARD.md}: what people should know of a model before they use it (Mitchell et al.
 * 2019), written from the checkpoint and the music it was trained on.
 */
final class ModelCard {

    private static final int CURVE_ROWS = 12;

    /**
     * What is not in the checkpoint.
     *
     * @param evaluations reports of {@code evaluate}
     * @param samples what reports of {@code samples} say, as Markdown
     * @param notices licence notices to pass on, by name
     * @param remarks Markdown on known weaknesses, may be empty
     * @param trainingCommand how the run was started, may be empty
     * @param exportCommand how the bundle was written
     */
    record Supplement(
            List<Evaluation> evaluations,
            List<String> samples,
            Map<String, String> notices,
            String remarks,
            String trainingCommand,
            String exportCommand) {}

    /**
     * The part of an {@code evaluate} report that a card shows.
     *
     * @param command that was given
     * @param directories that were scored
     * @param pieces in them
     * @param notes in these
     * @param perNote nats
     * @param perEvent nats
     * @param perSecond nats
     * @param bestOrder of the n-grams, 0 without baseline
     * @param baselinePerNote nats of the best n-gram, 0 without baseline
     * @param told what the model was told beside the notes, and what came of it
     */
    record Evaluation(
            String command,
            List<String> directories,
            int pieces,
            long notes,
            double perNote,
            double perEvent,
            double perSecond,
            int bestOrder,
            double baselinePerNote,
            List<Conditioning.Row> told) {}

    private final StringWriter text = new StringWriter();
    private final PrintWriter out = new PrintWriter(text);

    private ModelCard() {}

    static String write(
            ModelManifest manifest,
            Checkpoint.State state,
            List<PreparedPiece> pieces,
            Parity parity,
            Supplement supplement) {
        ModelCard card = new ModelCard();
        card.about(manifest, state);
        card.data(manifest, state.data());
        card.training(state);
        card.quality(parity, supplement);
        card.weaknesses(supplement.remarks());
        card.retraining(manifest, state, supplement);
        card.attributions(pieces, manifest.trainingData(), supplement.notices());
        card.out.flush();
        return card.text.toString();
    }

    private void about(ModelManifest manifest, Checkpoint.State state) {
        TrainingConfig config = state.config();
        line("# %s", manifest.title());
        line("");
        line(
                "Composes music event by event. `%s` is a recurrent network with attention: %d GRU"
                        + " layers of %d units, one causal attention layer (%d query heads, one"
                        + " shared key and value head, %d events back, with a learned bias by"
                        + " musical distance), %,d parameters, fp32.",
                manifest.name(),
                config.layers(),
                config.hidden(),
                config.heads(),
                config.window(),
                manifest.network().parameters());
        line("");
        line(
                "An event strikes a note (pitch, then duration, then velocity), or advances time on"
                        + " a grid of %d steps a quarter note, or ends the piece. Illegal events"
                        + " are masked inside the softmax, so the likelihood of a piece is exact.",
                Grid.STEPS_PER_QUARTER);
        line("");
        line("| instrument | General MIDI program | keys heard in training |");
        line("|---|---|---|");
        for (ModelInstrument instrument : manifest.instruments()) {
            line(
                    "| %s | %s | %d–%d |",
                    instrument.name(),
                    instrument.percussion() ? "drums" : instrument.program(),
                    instrument.lowestPitch(),
                    instrument.highestPitch());
        }
        line("");
    }

    private void data(ModelManifest manifest, DataSummary data) {
        line("## Training data");
        line("");
        line(
                "%,d pieces, %,d notes, %,d events, from the directories %s%s. SHA-256 of the"
                        + " prepared file: `%s`.",
                data.pieces(),
                data.notes(),
                data.events(),
                code(data.directories()),
                data.filters().isEmpty() ? "" : ", filtered: " + code(data.filters()),
                data.sha256());
        line("");
        line("| collection | licence | pieces | notes |");
        line("|---|---|---:|---:|");
        for (TrainingSource source : manifest.trainingData()) {
            String name =
                    source.origin().startsWith("https:")
                            ? "[%s](%s)".formatted(source.name(), source.origin())
                            : source.name();
            line(
                    "| %s | %s | %,d | %,d |",
                    name, source.licence(), source.pieces(), source.notes());
        }
        line("");
        line("Style labels: %s.", String.join(", ", data.styles()));
        line("");
    }

    private void training(Checkpoint.State state) {
        line("## Training");
        line("");
        line(
                "%,d updates, %,d events (%.2f epochs), %.1f minutes; the exported weights are the"
                        + " moving average. AdamW, cosine schedule, transposition of %.0f %% of"
                        + " the pieces by −%d..+%d semitones, variational dropout.",
                state.update(),
                state.events(),
                state.epochs(),
                state.seconds() / 60,
                100 * state.config().transposed(),
                -Repertoire.LOWEST_SHIFT,
                Repertoire.HIGHEST_SHIFT);
        if (!state.begunFrom().isEmpty()) {
            line("");
            line("The run began with the weights of %s.", state.begunFrom());
        }
        line("");
        List<ValidationResult> curve = thinned(state.validation());
        if (!curve.isEmpty()) {
            line(
                    "Validation of the averaged weights on %,d held-out pieces, read as far as the"
                            + " column of events says:",
                    curve.getLast().pieces());
            line("");
            line(
                    "| minutes | updates | events | nats a note | token an event | duration a note | velocity a note |");
            line("|---:|---:|---:|---:|---:|---:|---:|");
            for (ValidationResult point : curve) {
                line(
                        "| %.1f | %,d | %,d | %.4f | %.4f | %.4f | %.4f |",
                        point.seconds() / 60,
                        point.update(),
                        point.events(),
                        point.nllPerNote(),
                        point.tokenPerEvent(),
                        point.durationPerNote(),
                        point.velocityPerNote());
            }
            line("");
        }
        line("Parameters of the run:");
        line("");
        line("```json");
        line("%s", state.config().toJson().strip());
        line("```");
        line("");
    }

    private static List<ValidationResult> thinned(List<ValidationResult> all) {
        List<ValidationResult> rows = new ArrayList<>();
        int step = Math.max(1, (all.size() + CURVE_ROWS - 1) / CURVE_ROWS);
        for (int i = all.size() - 1; i >= 0; i -= step) {
            rows.addFirst(all.get(i));
        }
        return rows;
    }

    private void quality(Parity parity, Supplement supplement) {
        line("## Measured");
        line("");
        if (supplement.evaluations().isEmpty()) {
            line(
                    "Only the validation above. `./partita trainer evaluate BUNDLE DIR --baseline"
                            + " TRAIN_DIR` measures the exact likelihood of any directory.");
            line("");
        } else {
            line(
                    "Exact negative log-likelihood of whole pieces, in nats; best n-gram ="
                            + " interpolated Witten-Bell on the same events, best of its orders.");
            line("");
            line("| music | pieces | notes | a note | an event | a second | best n-gram, a note |");
            line("|---|---:|---:|---:|---:|---:|---:|");
            for (Evaluation e : supplement.evaluations()) {
                String baseline =
                        e.bestOrder() == 0
                                ? "not measured"
                                : String.format(
                                        Locale.ROOT,
                                        "%.4f (order %d)",
                                        e.baselinePerNote(),
                                        e.bestOrder());
                line(
                        "| %s | %,d | %,d | %.4f | %.4f | %.3f | %s |",
                        String.join(" ", e.directories()),
                        e.pieces(),
                        e.notes(),
                        e.perNote(),
                        e.perEvent(),
                        e.perSecond(),
                        baseline);
            }
            line("");
            line("```");
            for (Evaluation e : supplement.evaluations()) {
                line("%s", e.command().isEmpty() ? "(a report without its command)" : e.command());
            }
            line("```");
            line("");
            supplement.evaluations().forEach(this::told);
        }
        for (String samples : supplement.samples()) {
            line("%s", samples);
        }
        line(
                "Exported graphs against libtorch, %d events of the training music in %d lanes, largest"
                        + " difference of any logit, relative to those beyond 1 (the largest is %.1f): sequence %.1e, step %.1e;"
                        + " step against sequence %.1e.",
                parity.steps(),
                parity.lanes(),
                parity.largestLogit(),
                parity.torchToSequence(),
                parity.torchToStep(),
                parity.stepToSequence());
        line("");
    }

    private void told(Evaluation evaluation) {
        if (evaluation.told().isEmpty()) {
            return;
        }
        line(
                "The model told other things of the pieces of %s:",
                String.join(" ", evaluation.directories()));
        line("");
        line("| told | | pieces | nats a note | pieces likelier with their own |");
        line("|---|---|---:|---:|---:|");
        for (Conditioning.Row row : evaluation.told()) {
            line(
                    "| %s | %s | %,d | %.4f | %s |",
                    row.what(),
                    row.told(),
                    row.pieces(),
                    row.perNote(),
                    row.truthLikelier() == null ? "" : row.truthLikelier());
        }
        line("");
    }

    private void weaknesses(String remarks) {
        line("## Known weaknesses");
        line("");
        line(
                "- It learnt from engraved scores: rhythm is exact to the grid and there is little of"
                        + " a performer's timing.");
        line(
                "- Meter, tempo and instruments are given to it, not composed; it was told the"
                        + " tempo of the score, which for part of the music is a default.");
        line(
                "- Attention reaches a few hundred events back; form over longer spans rests on the"
                        + " recurrent state alone.");
        line("- Its taste is that of its data; other styles are outside what it knows.");
        if (!remarks.isBlank()) {
            line("");
            line("%s", remarks.strip());
        }
        line("");
    }

    private void retraining(ModelManifest manifest, Checkpoint.State state, Supplement supplement) {
        line("## Making it again");
        line("");
        line("With the music above in directories of these names and `config.json` as above:");
        line("");
        line("```");
        if (supplement.trainingCommand().isBlank()) {
            line(
                    "./partita trainer prepare %s --out train.music   # filters: %s",
                    String.join(" ", state.data().directories()),
                    String.join("; ", state.data().filters()));
            line(
                    "./partita trainer train --data train.music --valid valid.music --run run"
                            + " --config config.json --updates %d",
                    state.update());
        } else {
            line("%s", supplement.trainingCommand().strip());
        }
        line("%s", supplement.exportCommand());
        line("```");
        line("");
        line("Written by the code of git commit `%s`.", manifest.gitCommit());
        line("");
    }

    private void attributions(
            List<PreparedPiece> pieces, List<TrainingSource> sources, Map<String, String> notices) {
        line("## Attribution");
        line("");
        line(
                "The music was changed for training: quantised, transposed, and, where the filters"
                        + " say so, reduced to some of its parts. The works are their authors'.");
        line("");
        for (TrainingSource source : sources) {
            for (String attribution : source.attributions()) {
                line("- %s (%s): %s", source.name(), source.licence(), attribution);
            }
        }
        notices.forEach((name, notice) -> {
            line("");
            line("`%s`:", name);
            line("");
            line("```");
            line("%s", notice.strip());
            line("```");
        });
        line("");
        Map<String, Map<String, TreeSet<String>>> works = new TreeMap<>();
        for (PreparedPiece piece : pieces) {
            PreparedPiece.Source source = piece.source();
            if (source.licence().startsWith("CC-BY")) {
                works.computeIfAbsent(
                                source.repository() + ", " + source.licence(), _ -> new TreeMap<>())
                        .computeIfAbsent(
                                BundleDescription.orNotStated(source.composer()),
                                _ -> new TreeSet<>())
                        .add(BundleDescription.orNotStated(source.title()));
            }
        }
        works.forEach((collection, composers) -> {
            line("### Works from %s", collection);
            line("");
            composers.forEach((composer, titles) ->
                    line("- **%s**: %s", composer, String.join("; ", titles)));
            line("");
        });
    }

    private static String code(List<String> words) {
        return "`" + String.join("`, `", words) + "`";
    }

    private void line(String format, Object... values) {
        out.printf(Locale.ROOT, format + "\n", values);
    }
}
