package org.partita.music.midi;

import java.util.List;

/**
 * What one track chunk says.
 *
 * @param name of the track or, failing that, of its instrument; may be empty
 * @param events ordered by tick; the last one, and only that, is an {@link TrackEvent.EndOfTrack}
 */
record Track(String name, List<TrackEvent> events) {}
