package org.partita.trainer.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.partita.music.event.Conditions;
import org.partita.music.event.GridMeter;
import org.partita.trainer.data.PreparedPiece;

/**
 * How much a model listens to what it is told beside the notes: the same pieces, told what is true
 * of them and something else. The notes stay; only what the model knows of them changes.
 */
public final class Conditioning {

    private static final String TRUTH = "its own";

    private static final GridMeter TRIPLE_TIME = new GridMeter(0, 3, 4);

    /**
     * @param what {@code style} or {@code meter}
     * @param told the truth or something else
     * @param pieces that could be told so
     * @param notes of these
     * @param perNote nats
     * @param truthLikelier pieces that the model finds likelier if it is told the truth; null where
     *     that is what it is told
     */
    public record Row(
            String what,
            String told,
            int pieces,
            long notes,
            double perNote,
            @Nullable Integer truthLikelier) {}

    private Conditioning() {}

    /**
     * Scores the pieces anew for each other thing they are told.
     *
     * @param pieces with the styles that the model knows; the others take no part in the styles
     * @param plain likelihoods of the pieces without a style
     * @param scorer gives the likelihoods of pieces, in their order
     */
    static List<Row> measure(
            List<PreparedPiece> pieces,
            List<Likelihood> plain,
            Function<List<PreparedPiece>, List<Likelihood>> scorer) {
        List<Row> rows = new ArrayList<>();
        List<PreparedPiece> ofAStyle = new ArrayList<>();
        List<Likelihood> withoutStyle = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            if (pieces.get(i).conditions().style() != Conditions.UNKNOWN_STYLE) {
                ofAStyle.add(pieces.get(i));
                withoutStyle.add(plain.get(i));
            }
        }
        long styles =
                ofAStyle.stream().mapToInt(piece -> piece.conditions().style()).distinct().count();
        if (styles > 1) {
            List<Likelihood> own = scorer.apply(ofAStyle);
            rows.add(row("style", TRUTH, own, own));
            rows.add(row("style", "none", withoutStyle, own));
            rows.add(row("style", "another's", scorer.apply(withOthersStyles(ofAStyle)), own));
        }
        rows.add(row("meter", TRUTH, plain, plain));
        List<PreparedPiece> otherMeters =
                pieces.stream()
                        .map(PreparedPiece::withoutStyle)
                        .map(Conditioning::withAnotherMeter)
                        .toList();
        rows.add(row("meter", "another length of bar", scorer.apply(otherMeters), plain));
        return rows;
    }

    private static Row row(
            String what, String told, List<Likelihood> found, List<Likelihood> truth) {
        Likelihood sum = found.stream().reduce(Likelihood.NONE, Likelihood::plus);
        long likelier =
                IntStream.range(0, found.size())
                        .filter(i -> truth.get(i).nats() < found.get(i).nats())
                        .count();
        return new Row(
                what,
                told,
                found.size(),
                sum.notes(),
                sum.nats() / sum.notes(),
                told.equals(TRUTH) ? null : (int) likelier);
    }

    /** Each piece told the style of the next one that has another. */
    private static List<PreparedPiece> withOthersStyles(List<PreparedPiece> pieces) {
        List<PreparedPiece> changed = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            Conditions own = pieces.get(i).conditions();
            int next = i;
            do {
                next = (next + 1) % pieces.size();
            } while (pieces.get(next).conditions().style() == own.style());
            Conditions other = own.withStyle(pieces.get(next).conditions().style());
            changed.add(pieces.get(i).withConditions(other));
        }
        return changed;
    }

    /** 3/4, or 4/4 if the piece begins with bars of that length. */
    private static PreparedPiece withAnotherMeter(PreparedPiece piece) {
        Conditions own = piece.conditions();
        boolean triple = own.meters().getFirst().stepsPerBar() == TRIPLE_TIME.stepsPerBar();
        GridMeter other = triple ? GridMeter.COMMON_TIME : TRIPLE_TIME;
        return piece.withConditions(
                new Conditions(own.parts(), List.of(other), own.tempos(), own.style()));
    }
}
