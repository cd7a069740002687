package org.partita.trainer.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.partita.trainer.samples.StatisticTest.note;
import static org.partita.trainer.samples.StatisticTest.piece;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.partita.music.event.GridNote;

class EndingTest {

    private static final int[] C_MAJOR = {
        60, 62, 64, 65, 67, 69, 71, 72, 67, 64, 60, 62, 64, 65, 67, 69, 71, 72, 67, 64
    };

    @Test
    void heldTonicChordCloses() {
        Ending ending = Ending.of(piece(scaleThen(48, 67, 64, 60)));

        assertThat(ending.onTonic()).isTrue();
        assertThat(ending.held()).isTrue();
        assertThat(ending.closes()).isTrue();
    }

    @Test
    void tonicInPassingIsNotHeld() {
        Ending ending = Ending.of(piece(scaleThen(3, 60)));

        assertThat(ending.onTonic()).isTrue();
        assertThat(ending.closes()).isFalse();
    }

    @Test
    void dominantDoesNotClose() {
        Ending ending = Ending.of(piece(scaleThen(12, 62, 55)));

        assertThat(ending.held()).isTrue();
        assertThat(ending.onTonic()).isFalse();
    }

    @Test
    void tonicChordOverItsThirdDoesNotClose() {
        assertThat(Ending.of(piece(scaleThen(48, 72, 67, 64))).onTonic()).isFalse();
    }

    @Test
    void pedalUnderTheLastChordIsItsLowestNote() {
        List<GridNote> notes = scaleThen(48, 67, 64, 60);
        notes.add(note(41, 0, 200));

        assertThat(Ending.of(piece(notes)).onTonic()).isFalse();
    }

    private static List<GridNote> scaleThen(int duration, int... chord) {
        List<GridNote> notes = new ArrayList<>();
        int step = 0;
        for (int pitch : C_MAJOR) {
            notes.add(note(pitch, step, 12));
            step += 12;
        }
        for (int pitch : chord) {
            notes.add(note(pitch, step, duration));
        }
        return notes;
    }
}
