package org.partita.music;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.partita.music.Instrument.Family;

class InstrumentTest {

    /** Spot checks of every family against the General MIDI level 1 sound set (programs from 0). */
    @ParameterizedTest
    @CsvSource({
        "0, Acoustic Grand Piano, PIANO",
        "11, Vibraphone, CHROMATIC_PERCUSSION",
        "19, Church Organ, ORGAN",
        "24, Acoustic Guitar (nylon), GUITAR",
        "33, Electric Bass (finger), BASS",
        "40, Violin, STRINGS",
        "48, String Ensemble 1, ENSEMBLE",
        "60, French Horn, BRASS",
        "71, Clarinet, REED",
        "73, Flute, PIPE",
        "80, Lead 1 (square), SYNTH_LEAD",
        "95, Pad 8 (sweep), SYNTH_PAD",
        "103, FX 8 (sci-fi), SYNTH_EFFECTS",
        "104, Sitar, ETHNIC",
        "119, Reverse Cymbal, PERCUSSIVE",
        "127, Gunshot, SOUND_EFFECTS",
    })
    void programsStandWhereGeneralMidiPutsThem(int program, String title, Family family) {
        // When
        Instrument instrument = Instrument.ofProgram(program);

        // Then
        assertThat(instrument.program()).isEqualTo(program);
        assertThat(instrument.title()).isEqualTo(title);
        assertThat(instrument.family()).isEqualTo(family);
    }

    @Test
    void familiesHoldAllInstrumentsInTheirOrder() {
        // When
        Stream<Instrument> inFamilies =
                Arrays.stream(Family.values()).flatMap(family -> family.instruments().stream());

        // Then
        assertThat(inFamilies).containsExactly(Instrument.values()).hasSize(128);
    }

    @Test
    void rangesLieOnTheKeyboard() {
        assertThat(Instrument.values())
                .allSatisfy(instrument -> {
                    assertThat(instrument.lowestPitch()).isBetween(0, 127);
                    assertThat(instrument.highestPitch())
                            .isBetween(instrument.lowestPitch() + 12, 127);
                });
    }

    @Test
    void pianoPlaysItsEightyEightKeys() {
        // When
        Instrument piano = Instrument.ACOUSTIC_GRAND_PIANO;

        // Then
        assertThat(piano.lowestPitch()).isEqualTo(21);
        assertThat(piano.highestPitch()).isEqualTo(108);
    }

    @Test
    void programOutsideGeneralMidiIsRefused() {
        // When
        var thrown =
                assertThatIllegalArgumentException().isThrownBy(() -> Instrument.ofProgram(128));

        // Then
        thrown.withMessage("program out of range 0..127: 128");
    }
}
