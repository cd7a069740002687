package org.partita.music.event;

import org.partita.music.Key;

/**
 * How a piece of known length is brought home: its last notes are tones of the tonic triad, and the
 * very last one, which is the lowest of its frame, is the tonic. The model prepares an end that it
 * is told, but seldom reaches the tonic by itself. Only pitches are taken away, and none where no
 * pitch that is legal belongs to the triad.
 */
public final class Close {

    /** How many last notes belong to the triad. */
    public static final int NOTES = 4;

    /** A shorter piece is left as it is: there is hardly a key to come home to. */
    public static final int SHORTEST_PIECE = 24;

    private Close() {}

    /** Whether this many notes before its end a piece is closing. */
    public static boolean isNear(int notesToCome) {
        return notesToCome >= 1 && notesToCome <= NOTES;
    }

    /** Whether a pitch may be struck in a closing, as the last note or one of those before it. */
    public static boolean allows(Key key, int pitch, boolean last) {
        return last ? key.isTonic(pitch) : key.inTriad(pitch);
    }
}
