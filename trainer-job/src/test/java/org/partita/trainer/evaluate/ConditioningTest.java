package org.partita.trainer.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.partita.music.event.Conditions;
import org.partita.music.event.GridMeter;
import org.partita.trainer.data.PreparedPiece;

class ConditioningTest {

    private final List<List<PreparedPiece>> asked = new ArrayList<>();

    @Test
    void eachStyleIsComparedWithNoneAndWithAnothersAndThePiecesWithoutOneTakeNoPart() {
        // Given: a scorer that finds a piece the likelier the lower the number of the style
        List<PreparedPiece> pieces = List.of(piece(3), piece(0), piece(5), piece(3), piece(1));

        // When
        List<Conditioning.Row> rows = Conditioning.measure(pieces, plain(pieces), this::score);

        // Then
        assertThat(styles(asked.get(0))).containsExactly(3, 5, 3, 1);
        assertThat(styles(asked.get(1))).containsExactly(5, 3, 1, 3);
        assertThat(rows.subList(0, 3))
                .extracting(
                        Conditioning.Row::what,
                        Conditioning.Row::told,
                        Conditioning.Row::pieces,
                        Conditioning.Row::notes,
                        Conditioning.Row::perNote,
                        Conditioning.Row::truthLikelier)
                .containsExactly(
                        tuple("style", "its own", 4, 40L, 0.3, null),
                        tuple("style", "none", 4, 40L, 0.0, 0),
                        tuple("style", "another's", 4, 40L, 0.3, 2));
    }

    @Test
    void eachMeterIsComparedWithOneOfAnotherLength() {
        // Given
        PreparedPiece common = piece(1);
        PreparedPiece triple = piece(1, new GridMeter(0, 3, 4));
        PreparedPiece compound = piece(1, new GridMeter(0, 6, 8));
        List<PreparedPiece> pieces = List.of(common, triple, compound);

        // When
        List<Conditioning.Row> rows = Conditioning.measure(pieces, plain(pieces), this::score);

        // Then: one style is none to compare
        assertThat(rows).extracting(Conditioning.Row::what).containsExactly("meter", "meter");
        assertThat(styles(asked.getFirst())).containsExactly(0, 0, 0);
        assertThat(meters(asked.getFirst())).containsExactly("3/4", "4/4", "4/4");
    }

    private List<Likelihood> score(List<PreparedPiece> pieces) {
        asked.add(pieces);
        return likelihoods(pieces);
    }

    private static List<Likelihood> plain(List<PreparedPiece> pieces) {
        return likelihoods(pieces.stream().map(PreparedPiece::withoutStyle).toList());
    }

    private static List<Likelihood> likelihoods(List<PreparedPiece> pieces) {
        return pieces.stream()
                .map(piece -> new Likelihood(piece.conditions().style(), 0, 0, 20, 10, 1))
                .toList();
    }

    private static PreparedPiece piece(int style) {
        return piece(style, GridMeter.COMMON_TIME);
    }

    private static PreparedPiece piece(int style, GridMeter meter) {
        PreparedPiece piece = Music.random(20, style);
        Conditions own = piece.conditions();
        return piece.withConditions(
                new Conditions(own.parts(), List.of(meter), own.tempos(), style));
    }

    private static List<Integer> styles(List<PreparedPiece> pieces) {
        return pieces.stream().map(piece -> piece.conditions().style()).toList();
    }

    private static List<String> meters(List<PreparedPiece> pieces) {
        return pieces.stream()
                .map(piece -> piece.conditions().meters().getFirst())
                .map(meter -> meter.numerator() + "/" + meter.denominator())
                .toList();
    }
}
