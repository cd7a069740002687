package org.partita.trainer.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.partita.music.event.Conditions;
import org.partita.music.event.GridMeter;
import org.partita.trainer.data.PreparedPiece;

/**
 * How much a model listens to what it is told beside the notes: the same pieces, told what is true
 * of them and something else. The notes stay; only what the model knows of them changes.
 */
public final class Conditioning {

    /** What a row says that was told the truth. */
    public static final String TRUTH = "its own";

    private static final GridMeter TRIPLE_TIME = new GridMeter(0, 3, 4);

    private final Function<List<PreparedPiece>, List<Likelihood>> scorer;
    private final List<Row> rows = new ArrayList<>();

    /**
     * @param what {@code style} or {@code meter}
     * @param told the truth or something else
     * @param pieces that could be told so
     * @param notes of these
     * @param perNote nats
     * @param truthLikelier pieces that the model finds likelier if it is told the truth
     */
    public record Row(
            String what, String told, int pieces, long notes, double perNote, int truthLikelier) {}

    private Conditioning(Function<List<PreparedPiece>, List<Likelihood>> scorer) {
        this.scorer = scorer;
    }

    /**
     * Scores the pieces anew for each thing they are told.
     *
     * @param pieces with the styles that the model knows; the others take no part in the styles
     * @param scorer gives the likelihoods of pieces, in their order
     */
    static List<Row> measure(
            List<PreparedPiece> pieces, Function<List<PreparedPiece>, List<Likelihood>> scorer) {
        Conditioning conditioning = new Conditioning(scorer);
        List<PreparedPiece> ofAStyle =
                pieces.stream()
                        .filter(piece -> piece.conditions().style() != Conditions.UNKNOWN_STYLE)
                        .toList();
        if (ofAStyle.stream().mapToInt(piece -> piece.conditions().style()).distinct().count()
                > 1) {
            conditioning.compare(
                    "style",
                    ofAStyle,
                    List.of(
                            new Other("none", each(ofAStyle, PreparedPiece::withoutStyle)),
                            new Other("another's", withOthersStyles(ofAStyle))));
        }
        List<PreparedPiece> plain = each(pieces, PreparedPiece::withoutStyle);
        conditioning.compare(
                "meter",
                plain,
                List.of(
                        new Other(
                                "another length of bar",
                                each(plain, Conditioning::withAnotherMeter))));
        return conditioning.rows;
    }

    private record Other(String told, List<PreparedPiece> pieces) {}

    private void compare(String what, List<PreparedPiece> pieces, List<Other> others) {
        List<Likelihood> truth = scorer.apply(pieces);
        add(what, TRUTH, truth, truth);
        for (Other other : others) {
            add(what, other.told(), scorer.apply(other.pieces()), truth);
        }
    }

    private void add(String what, String told, List<Likelihood> found, List<Likelihood> truth) {
        Likelihood sum = found.stream().reduce(Likelihood.NONE, Likelihood::plus);
        long likelier =
                IntStream.range(0, found.size())
                        .filter(i -> truth.get(i).nats() < found.get(i).nats())
                        .count();
        rows.add(
                new Row(
                        what,
                        told,
                        found.size(),
                        sum.notes(),
                        sum.nats() / sum.notes(),
                        (int) likelier));
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

    private static List<PreparedPiece> each(
            List<PreparedPiece> pieces, Function<PreparedPiece, PreparedPiece> change) {
        return pieces.stream().map(change).toList();
    }
}
