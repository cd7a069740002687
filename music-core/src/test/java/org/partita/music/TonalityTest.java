package org.partita.music;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TonalityTest {

    @ParameterizedTest
    @CsvSource({
        "C,  major,           60 62 64 65 67 69 71",
        "A,  minor,           60 62 64 65 67 69 71",
        "D,  dorian,          60 62 64 65 67 69 71",
        "Eb, major,           60 62 63 65 67 68 70",
        "F#, major,           61 63 65 66 68 70 71",
        "Gb, major,           61 63 65 66 68 70 71",
        "Cb, major,           61 63 64 66 68 70 71",
        "B#, major,           60 62 64 65 67 69 71",
        "A,  harmonicMinor,   60 62 64 65 68 69 71",
        "C,  wholeTone,       60 62 64 66 68 70",
        "A,  minorPentatonic, 60 62 64 67 69",
    })
    void anOctaveOfItHasTheNotesOfTheTextbook(String tonic, String scale, String pitches) {
        Tonality tonality = new Tonality(tonic, Scale.parse(scale));

        assertThat(IntStream.range(60, 72).filter(tonality::contains))
                .containsExactly(
                        IntStream.of(
                                        java.util.Arrays.stream(pitches.split(" "))
                                                .mapToInt(Integer::parseInt)
                                                .toArray())
                                .boxed()
                                .toArray(Integer[]::new));
    }

    @Test
    void everyOctaveIsTheSame() {
        for (Scale scale : Scale.values()) {
            Tonality tonality = new Tonality("Bb", scale);
            for (int pitch = 12; pitch < 128; pitch++) {
                assertThat(tonality.contains(pitch)).isEqualTo(tonality.contains(pitch % 12));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "H", "c", "C##", "Cis", " C", "#"})
    void whatIsNoTonicIsRefused(String tonic) {
        assertThatThrownBy(() -> new Tonality(tonic, Scale.MAJOR))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("A..G");
    }

    @Test
    void unknownScaleIsToldTheKnownOnes() {
        assertThatThrownBy(() -> Scale.parse("mayor"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("major, minor, harmonicMinor");
    }
}
