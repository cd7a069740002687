package org.partita.trainer.samples;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.partita.music.event.GridNote;
import org.partita.music.event.GridScore;
import org.partita.trainer.data.PreparedPiece;

/**
 * How much of a piece stands in other music note for note. A piece is written as one symbol a note:
 * the interval from the note before and the time since its onset. Passages are equal if their
 * intervals are and their times are in proportion, so that neither key nor tempo matters, nor
 * whether the music is written in quarters or in eighths. Drums are left out.
 *
 * <p>A chord struck again and again, or a tremolo, makes a long passage that much music shares and
 * nobody copied. So beside the longest run stands the longest one <em>without repetition</em>: a
 * passage then counts for as many notes as it has different shingles, and {@value #SHINGLE} more,
 * which is its length if nothing in it repeats.
 *
 * <p>Shingles as for finding near-duplicate documents (A. Broder, "On the resemblance and
 * containment of documents", 1997), exact here, without sketches; the longest shared run as in Z.
 * Yin et al., "Measuring when a music generation algorithm copies too much", 2021.
 */
final class Originality {

    /** Symbols of a shingle, one fewer than its notes: the shortest passage that counts. */
    static final int SHINGLE = 8;

    private static final int BETWEEN_PIECES = Integer.MIN_VALUE;

    private final int[] symbols;
    private final int[] pieceOf;
    private final List<String> names;

    /**
     * Places in {@link #symbols} where a shingle begins, ordered by its hash and then by how the
     * music goes on: a suffix array (U. Manber and G. Myers, 1993) of music freed from its tempo.
     */
    private final int[] places;

    private final long[] hashes;

    private Originality(int[] symbols, int[] pieceOf, List<String> names) {
        this.symbols = symbols;
        this.pieceOf = pieceOf;
        this.names = names;
        int count = Math.max(0, symbols.length - SHINGLE + 1);
        long[] hashOfPlace = new long[count];
        Arrays.setAll(hashOfPlace, i -> hash(symbols, i));
        places =
                IntStream.range(0, count)
                        .boxed()
                        .sorted((a, b) -> {
                            int byHash = Long.compare(hashOfPlace[a], hashOfPlace[b]);
                            return byHash != 0 ? byHash : compare(symbols, a, b);
                        })
                        .mapToInt(Integer::intValue)
                        .toArray();
        hashes = new long[count];
        Arrays.setAll(hashes, i -> hashOfPlace[places[i]]);
    }

    /**
     * What a piece has in common with the music.
     *
     * @param shingles passages of {@value #SHINGLE} symbols in the piece
     * @param shared how many of them the music has too
     * @param longestRun notes of the longest passage that the music has too
     * @param source the piece of the music it stands in, empty if there is none
     * @param longestDistinct the same without repetition
     * @param distinctSource the piece of the music it stands in
     */
    record Overlap(
            int shingles,
            int shared,
            int longestRun,
            String source,
            int longestDistinct,
            String distinctSource) {

        double share() {
            return shingles == 0 ? 0 : (double) shared / shingles;
        }
    }

    /** Indexes the music to compare with. */
    static Originality of(List<PreparedPiece> pieces, List<GridScore> scores) {
        int[][] all = scores.stream().map(Originality::symbols).toArray(int[][]::new);
        int length = Arrays.stream(all).mapToInt(piece -> piece.length + 1).sum();
        int[] joined = new int[length];
        int[] pieceOf = new int[length];
        int at = 0;
        for (int piece = 0; piece < all.length; piece++) {
            System.arraycopy(all[piece], 0, joined, at, all[piece].length);
            Arrays.fill(pieceOf, at, at + all[piece].length + 1, piece);
            at += all[piece].length;
            joined[at++] = BETWEEN_PIECES;
        }
        return new Originality(
                joined, pieceOf, pieces.stream().map(piece -> piece.source().path()).toList());
    }

    Overlap overlap(GridScore piece) {
        int[] own = symbols(piece);
        int shingles = Math.max(0, own.length - SHINGLE + 1);
        long[] shingle = new long[shingles];
        Arrays.setAll(shingle, i -> hash(own, i));
        int[] before = lastBefore(shingle);
        int shared = 0;
        Passage longest = Passage.NONE;
        Passage distinct = Passage.NONE;
        for (int i = 0; i < shingles; i++) {
            Passage found = longestAt(own, i, shingle[i]);
            if (found.notes() == 0) {
                continue;
            }
            shared++;
            longest = found.notes() > longest.notes() ? found : longest;
            if (found.notes() > distinct.notes()) {
                int last = i + found.notes() - 1 - SHINGLE;
                int notes = SHINGLE + firstMet(before, i, last);
                distinct = notes > distinct.notes() ? new Passage(notes, found.source()) : distinct;
            }
        }
        return new Overlap(
                shingles,
                shared,
                longest.notes(),
                longest.source(),
                distinct.notes(),
                distinct.source());
    }

    /** A shared passage and the piece of the music that has it. */
    private record Passage(int notes, String source) {
        static final Passage NONE = new Passage(0, "");
    }

    /** Of all places with this shingle those that go on alike for longest are neighbours of it. */
    private Passage longestAt(int[] own, int from, long shingle) {
        int above = firstNotBelow(own, from, shingle);
        int longest = 0;
        int place = 0;
        for (int c = Math.max(0, above - 1); c <= above && c < places.length; c++) {
            int run = common(own, from, places[c]);
            if (run >= SHINGLE && run > longest) {
                longest = run;
                place = places[c];
            }
        }
        // n symbols tell of n + 1 notes.
        return longest == 0 ? Passage.NONE : new Passage(longest + 1, names.get(pieceOf[place]));
    }

    /** For each shingle where it stood the last time before, or -1. */
    private static int[] lastBefore(long[] shingles) {
        Map<Long, Integer> lastMet = new HashMap<>();
        int[] before = new int[shingles.length];
        for (int i = 0; i < shingles.length; i++) {
            Integer met = lastMet.put(shingles[i], i);
            before[i] = met == null ? -1 : met;
        }
        return before;
    }

    /** Different shingles among those of a passage. */
    private static int firstMet(int[] before, int from, int last) {
        return (int) IntStream.rangeClosed(from, last).filter(i -> before[i] < from).count();
    }

    /** How many symbols are equal from the two places on. */
    private int common(int[] own, int from, int place) {
        int ownUnit = unit(own, from);
        int unit = unit(symbols, place);
        int length = 0;
        while (from + length < own.length
                && place + length < symbols.length
                && compare(own[from + length], ownUnit, symbols[place + length], unit) == 0) {
            length++;
        }
        return length;
    }

    /** Orders the music from a place of some piece on before or after that from a place of ours. */
    private int compare(int[] own, int from, int place) {
        int ownUnit = unit(own, from);
        int unit = unit(symbols, place);
        for (int i = 0; from + i < own.length && place + i < symbols.length; i++) {
            int order = compare(own[from + i], ownUnit, symbols[place + i], unit);
            if (order != 0) {
                return order;
            }
            if (own[from + i] == BETWEEN_PIECES) {
                return Integer.compare(from, place);
            }
        }
        return Integer.compare(own.length - from, symbols.length - place);
    }

    /** By intervals, then by times in their units; the end of a piece comes before all else. */
    private static int compare(int one, int oneUnit, int other, int otherUnit) {
        if (one == BETWEEN_PIECES || other == BETWEEN_PIECES) {
            return Boolean.compare(other == BETWEEN_PIECES, one == BETWEEN_PIECES);
        }
        int byInterval = Integer.compare(interval(one), interval(other));
        return byInterval != 0
                ? byInterval
                : Long.compare((long) steps(one) * otherUnit, (long) steps(other) * oneUnit);
    }

    /** The longest time that all times of a shingle are multiples of. */
    private static int unit(int[] symbols, int from) {
        int unit = 0;
        for (int i = from; i < from + SHINGLE; i++) {
            unit = greatestCommonDivisor(unit, Math.max(0, steps(symbols[i])));
        }
        return Math.max(1, unit);
    }

    private static int greatestCommonDivisor(int a, int b) {
        while (b != 0) {
            int rest = a % b;
            a = b;
            b = rest;
        }
        return a;
    }

    private static int steps(int symbol) {
        return symbol >> 8;
    }

    private static int interval(int symbol) {
        return symbol & 0xFF;
    }

    /** Index of the first place that is ordered at or after the one in {@code own}. */
    private int firstNotBelow(int[] own, int from, long shingle) {
        int low = 0;
        int high = places.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int byHash = Long.compare(hashes[middle], shingle);
            boolean below = byHash != 0 ? byHash < 0 : compare(own, from, places[middle]) > 0;
            if (below) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static long hash(int[] symbols, int from) {
        int unit = unit(symbols, from);
        long hash = 0;
        for (int i = from; i < from + SHINGLE; i++) {
            long symbol = (long) (steps(symbols[i]) / unit) << 8 | interval(symbols[i]);
            hash = (hash + symbol + 0x632BE5ABL) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        return hash;
    }

    private static int[] symbols(GridScore piece) {
        List<GridNote> notes =
                piece.notes().stream()
                        .filter(note -> !piece.parts().get(note.part()).percussion())
                        .toList();
        int[] symbols = new int[Math.max(0, notes.size() - 1)];
        for (int i = 0; i < symbols.length; i++) {
            int interval = notes.get(i + 1).pitch() - notes.get(i).pitch() + 127;
            int steps = notes.get(i + 1).startStep() - notes.get(i).startStep();
            symbols[i] = steps << 8 | interval;
        }
        return symbols;
    }
}
