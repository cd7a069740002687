package org.partita.music.midi;

import java.util.ArrayList;
import java.util.List;

/** The sustain pedal of a channel and the notes that ring only because it is down. */
final class Pedal {

    private record Sustained(Keyboard keyboard, Keyboard.Sounding note) {}

    private final List<Sustained> sustained = new ArrayList<>();
    private boolean down;

    boolean isDown() {
        return down;
    }

    void press() {
        down = true;
    }

    /** Ends the notes that were released while the pedal was down and were not struck again. */
    void lift(long tick) {
        down = false;
        sustained.forEach(ringing -> ringing.keyboard().damp(ringing.note(), tick));
        sustained.clear();
    }

    void sustain(Keyboard keyboard, Keyboard.Sounding note) {
        sustained.add(new Sustained(keyboard, note));
    }
}
