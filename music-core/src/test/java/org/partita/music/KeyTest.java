package org.partita.music;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class KeyTest {

    @Property
    void scaleIsHeardInItsKeyAndInAllOthersTransposed(@ForAll @IntRange(max = 11) int tonic) {
        // Given: every tone of the scale once, those of the triad twice
        double[] major = new double[12];
        double[] minor = new double[12];
        for (int semitones : new int[] {0, 2, 4, 5, 7, 9, 11, 0, 4, 7}) {
            major[(tonic + semitones) % 12]++;
        }
        for (int semitones : new int[] {0, 2, 3, 5, 7, 8, 11, 0, 3, 7}) {
            minor[(tonic + semitones) % 12]++;
        }

        assertThat(Key.likeliest(major)).isEqualTo(new Key(tonic, false));
        assertThat(Key.likeliest(minor)).isEqualTo(new Key(tonic, true));
    }

    @Property
    void indexNamesTheKey(@ForAll @IntRange(max = 23) int index) {
        assertThat(Key.of(index).index()).isEqualTo(index);
    }

    @Example
    void triadIsTonicThirdAndFifth() {
        Key a = new Key(9, true);

        assertThat(a.isTonic(57)).isTrue();
        assertThat(a.inTriad(60)).isTrue();
        assertThat(a.inTriad(64)).isTrue();
        assertThat(a.inTriad(61)).isFalse();
        assertThat(a.isTonic(60)).isFalse();
    }

    @Example
    void tonalityClosesInItsMode() {
        assertThat(new Tonality("Eb", Scale.HARMONIC_MINOR).key()).isEqualTo(new Key(3, true));
        assertThat(new Tonality("F#", Scale.LYDIAN).key()).isEqualTo(new Key(6, false));
    }

    @Example
    void tonicIsAPitchClass() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Key(12, true))
                .withMessage("tonic out of range 0..11: 12");
    }
}
