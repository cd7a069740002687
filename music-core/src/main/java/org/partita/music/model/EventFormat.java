package org.partita.music.model;

import java.util.List;
import java.util.stream.IntStream;
import org.partita.music.event.Durations;
import org.partita.music.event.Features;
import org.partita.music.event.Grid;
import org.partita.music.event.Velocities;
import org.partita.music.event.Vocabulary;

/**
 * How music becomes numbers for a model. A model can only be used by a program whose {@link
 * #CURRENT} format equals the one it was trained in.
 *
 * @param vocabularySize tokens, pitches, advances, parts and end together
 * @param stepsPerQuarter steps of the grid in a quarter note
 * @param maxAdvanceSteps the longest advance one token makes, in steps
 * @param maxParts parts a piece can have
 * @param durationSteps length of each duration class, in steps
 * @param velocities MIDI velocity of each velocity class
 * @param features inputs that describe the music so far, beside the tokens
 * @param phases inputs that say where in musical time an event stands
 * @param styles style labels that the features can tell apart, the unknown one included
 */
public record EventFormat(
        int vocabularySize,
        int stepsPerQuarter,
        int maxAdvanceSteps,
        int maxParts,
        List<Integer> durationSteps,
        List<Integer> velocities,
        int features,
        int phases,
        int styles) {

    /** The format of this version of the program. */
    public static final EventFormat CURRENT =
            new EventFormat(
                    Vocabulary.SIZE,
                    Grid.STEPS_PER_QUARTER,
                    Vocabulary.MAX_ADVANCE_STEPS,
                    Vocabulary.MAX_PARTS,
                    IntStream.range(0, Durations.COUNT).map(Durations::steps).boxed().toList(),
                    IntStream.range(0, Velocities.COUNT).map(Velocities::velocity).boxed().toList(),
                    Features.COUNT,
                    Features.PHASES,
                    Features.STYLES);

    public EventFormat {
        Require.between(1, 1 << 20, vocabularySize, "vocabularySize");
        Require.between(1, 960, stepsPerQuarter, "stepsPerQuarter");
        Require.between(1, vocabularySize, maxAdvanceSteps, "maxAdvanceSteps");
        Require.between(1, vocabularySize, maxParts, "maxParts");
        durationSteps = List.copyOf(Require.present(durationSteps, "durationSteps"));
        Require.between(1, 1 << 16, durationSteps.size(), "number of durationSteps");
        velocities = List.copyOf(Require.present(velocities, "velocities"));
        Require.between(1, 127, velocities.size(), "number of velocities");
        Require.between(0, 1 << 20, features, "features");
        Require.between(0, 1 << 20, phases, "phases");
        Require.between(1, 1 << 16, styles, "styles");
    }

    /**
     * Checks that this program speaks the format.
     *
     * @throws IllegalArgumentException if not, naming both formats
     */
    public void requireCurrent() {
        if (!equals(CURRENT)) {
            throw new IllegalArgumentException(
                    "the model's events are %s, this program's %s".formatted(this, CURRENT));
        }
    }
}
