package org.partita.music.model;

/**
 * An instrument that a model can play.
 *
 * @param program General MIDI program, 0..127
 * @param percussion whether it is a drum kit; the program then tells which
 * @param name for people: {@code Piano}
 * @param lowestPitch lowest MIDI key it was trained on, 0..127
 * @param highestPitch highest MIDI key it was trained on, not below the lowest
 */
public record ModelInstrument(
        int program, boolean percussion, String name, int lowestPitch, int highestPitch) {

    public ModelInstrument {
        Require.between(0, 127, program, "program");
        Require.text(name, "instrument name");
        Require.between(0, 127, lowestPitch, "lowestPitch");
        Require.between(lowestPitch, 127, highestPitch, "highestPitch");
    }
}
