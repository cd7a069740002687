package org.partita.trainer.training;

import org.partita.music.event.Durations;
import org.partita.music.event.Features;
import org.partita.music.event.Velocities;
import org.partita.music.event.Vocabulary;

/**
 * What an event looks like to the network.
 *
 * @param vocabulary number of tokens
 * @param durations number of duration classes of a note
 * @param velocities number of velocity classes of a note
 * @param features numbers that describe the music before an event
 * @param phases numbers that describe its musical time
 */
public record EventForm(int vocabulary, int durations, int velocities, int features, int phases) {

    /** The events that the project composes with. */
    static final EventForm SCORE =
            new EventForm(
                    Vocabulary.SIZE,
                    Durations.COUNT,
                    Velocities.COUNT,
                    Features.COUNT,
                    Features.PHASES);
}
