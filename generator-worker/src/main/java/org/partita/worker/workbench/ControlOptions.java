package org.partita.worker.workbench;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.partita.music.Scale;
import org.partita.music.Tonality;
import org.partita.protocol.Controls;
import org.partita.protocol.PitchRange;
import picocli.CommandLine.Option;

/** What no composed note may break, as options of a command. */
final class ControlOptions {

    private static final Pattern KEY = Pattern.compile("([^:]*):([^:]*)");
    private static final Pattern RANGE = Pattern.compile("([0-9]{1,3})-([0-9]{1,3})");

    @Option(
            names = "--key",
            paramLabel = "TONIC:SCALE",
            description = "Only pitch classes of this key, for example Eb:major.")
    private @Nullable String key;

    @Option(names = "--range", paramLabel = "LOW-HIGH", description = "Only these pitches.")
    private @Nullable String range;

    @Option(
            names = "--max-polyphony",
            paramLabel = "N",
            description = "Most notes sounding at the same time, 1..32.")
    private @Nullable Integer maxPolyphony;

    @Option(
            names = "--max-notes-per-beat",
            paramLabel = "N",
            description = "Most notes that begin in one beat of the meter, 1..48.")
    private @Nullable Integer maxNotesPerBeat;

    /**
     * The controls.
     *
     * @throws IllegalArgumentException if an option cannot be read or they exclude each other
     */
    Controls controls() {
        return new Controls(
                key == null ? null : tonality(key),
                range == null ? null : pitchRange(range),
                maxPolyphony,
                maxNotesPerBeat);
    }

    private static Tonality tonality(String written) {
        Matcher parts = KEY.matcher(written);
        if (!parts.matches()) {
            throw new IllegalArgumentException("--key reads TONIC:SCALE: " + written);
        }
        return new Tonality(parts.group(1), Scale.parse(parts.group(2)));
    }

    private static PitchRange pitchRange(String written) {
        Matcher bounds = RANGE.matcher(written);
        if (!bounds.matches()) {
            throw new IllegalArgumentException("--range reads LOW-HIGH: " + written);
        }
        return new PitchRange(Integer.parseInt(bounds.group(1)), Integer.parseInt(bounds.group(2)));
    }
}
