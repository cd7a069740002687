package org.partita.trainer.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Style labels made from composers' names: the surnames with the most notes, the rest unknown. */
final class StyleLabels {

    /** Label of index 0. */
    static final String UNKNOWN = "unknown";

    private static final List<String> NOBODY =
            List.of("", "anonim", "anonymous", "anon", "traditional", "unknown");

    /** Collections that write initials behind the surname: BachJS, BeethovenLv. */
    private static final Pattern WITH_INITIALS =
            Pattern.compile("(\\p{Lu}[\\p{L}]*?\\p{Ll})\\p{Lu}\\p{L}{0,4}");

    private StyleLabels() {}

    /** The surname in a composer's name, or {@link #UNKNOWN}. */
    static String surname(String composer) {
        String name = composer.strip();
        int comma = name.indexOf(',');
        if (comma > 0) {
            name = name.substring(0, comma).strip();
        }
        Matcher initials = WITH_INITIALS.matcher(name);
        if (initials.matches()) {
            name = initials.group(1);
        }
        return NOBODY.contains(name.toLowerCase(Locale.ROOT)) ? UNKNOWN : name;
    }

    /** At most {@code count} labels, {@link #UNKNOWN} first, the others by falling note count. */
    static List<String> mostCommon(List<PreparedPiece> pieces, int count) {
        Map<String, Long> notes = new HashMap<>();
        for (PreparedPiece piece : pieces) {
            notes.merge(
                    surname(piece.source().composer()),
                    (long) piece.events().noteCount(),
                    Long::sum);
        }
        notes.remove(UNKNOWN);
        List<String> labels = new ArrayList<>();
        labels.add(UNKNOWN);
        notes.entrySet().stream()
                .sorted(
                        Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                                .thenComparing(Map.Entry.comparingByKey()))
                .limit(count - 1L)
                .forEach(entry -> labels.add(entry.getKey()));
        return labels;
    }

    static int indexOf(List<String> labels, String composer) {
        return Math.max(0, labels.indexOf(surname(composer)));
    }
}
