package org.partita.music;

import java.util.List;

/**
 * The 128 melodic instruments of General MIDI level 1, in the order of their programs, with the
 * keys on which a player can sound them: concert pitch, from the lowest note of the usual
 * instrument to the highest that orchestration books expect of a good player. Where no real
 * instrument sets a limit, that is every key.
 */
public enum Instrument {
    ACOUSTIC_GRAND_PIANO(0, "Acoustic Grand Piano", 21, 108),
    BRIGHT_ACOUSTIC_PIANO(1, "Bright Acoustic Piano", 21, 108),
    ELECTRIC_GRAND_PIANO(2, "Electric Grand Piano", 21, 108),
    HONKY_TONK_PIANO(3, "Honky-tonk Piano", 21, 108),
    ELECTRIC_PIANO_1(4, "Electric Piano 1", 28, 103),
    ELECTRIC_PIANO_2(5, "Electric Piano 2", 28, 103),
    HARPSICHORD(6, "Harpsichord", 29, 89),
    CLAVINET(7, "Clavinet", 29, 88),
    CELESTA(8, "Celesta", 60, 108),
    GLOCKENSPIEL(9, "Glockenspiel", 79, 108),
    MUSIC_BOX(10, "Music Box"),
    VIBRAPHONE(11, "Vibraphone", 53, 89),
    MARIMBA(12, "Marimba", 45, 96),
    XYLOPHONE(13, "Xylophone", 65, 108),
    TUBULAR_BELLS(14, "Tubular Bells", 60, 77),
    DULCIMER(15, "Dulcimer"),
    DRAWBAR_ORGAN(16, "Drawbar Organ", 36, 96),
    PERCUSSIVE_ORGAN(17, "Percussive Organ", 36, 96),
    ROCK_ORGAN(18, "Rock Organ", 36, 96),
    CHURCH_ORGAN(19, "Church Organ", 24, 108),
    REED_ORGAN(20, "Reed Organ", 29, 89),
    ACCORDION(21, "Accordion", 29, 93),
    HARMONICA(22, "Harmonica", 60, 96),
    TANGO_ACCORDION(23, "Tango Accordion", 36, 95),
    ACOUSTIC_GUITAR_NYLON(24, "Acoustic Guitar (nylon)", 40, 88),
    ACOUSTIC_GUITAR_STEEL(25, "Acoustic Guitar (steel)", 40, 88),
    ELECTRIC_GUITAR_JAZZ(26, "Electric Guitar (jazz)", 40, 88),
    ELECTRIC_GUITAR_CLEAN(27, "Electric Guitar (clean)", 40, 88),
    ELECTRIC_GUITAR_MUTED(28, "Electric Guitar (muted)", 40, 88),
    OVERDRIVEN_GUITAR(29, "Overdriven Guitar", 40, 88),
    DISTORTION_GUITAR(30, "Distortion Guitar", 40, 88),
    GUITAR_HARMONICS(31, "Guitar Harmonics"),
    ACOUSTIC_BASS(32, "Acoustic Bass", 28, 67),
    ELECTRIC_BASS_FINGER(33, "Electric Bass (finger)", 23, 67),
    ELECTRIC_BASS_PICK(34, "Electric Bass (pick)", 23, 67),
    FRETLESS_BASS(35, "Fretless Bass", 23, 67),
    SLAP_BASS_1(36, "Slap Bass 1", 23, 67),
    SLAP_BASS_2(37, "Slap Bass 2", 23, 67),
    SYNTH_BASS_1(38, "Synth Bass 1"),
    SYNTH_BASS_2(39, "Synth Bass 2"),
    VIOLIN(40, "Violin", 55, 103),
    VIOLA(41, "Viola", 48, 91),
    CELLO(42, "Cello", 36, 84),
    CONTRABASS(43, "Contrabass", 24, 67),
    TREMOLO_STRINGS(44, "Tremolo Strings", 24, 103),
    PIZZICATO_STRINGS(45, "Pizzicato Strings", 24, 103),
    ORCHESTRAL_HARP(46, "Orchestral Harp", 23, 104),
    TIMPANI(47, "Timpani", 36, 60),
    STRING_ENSEMBLE_1(48, "String Ensemble 1", 24, 103),
    STRING_ENSEMBLE_2(49, "String Ensemble 2", 24, 103),
    SYNTH_STRINGS_1(50, "Synth Strings 1"),
    SYNTH_STRINGS_2(51, "Synth Strings 2"),
    CHOIR_AAHS(52, "Choir Aahs", 36, 84),
    VOICE_OOHS(53, "Voice Oohs", 36, 84),
    SYNTH_CHOIR(54, "Synth Choir"),
    ORCHESTRA_HIT(55, "Orchestra Hit"),
    TRUMPET(56, "Trumpet", 52, 86),
    TROMBONE(57, "Trombone", 34, 77),
    TUBA(58, "Tuba", 26, 65),
    MUTED_TRUMPET(59, "Muted Trumpet", 52, 86),
    FRENCH_HORN(60, "French Horn", 34, 77),
    BRASS_SECTION(61, "Brass Section", 26, 86),
    SYNTH_BRASS_1(62, "Synth Brass 1"),
    SYNTH_BRASS_2(63, "Synth Brass 2"),
    SOPRANO_SAX(64, "Soprano Sax", 56, 88),
    ALTO_SAX(65, "Alto Sax", 49, 81),
    TENOR_SAX(66, "Tenor Sax", 44, 76),
    BARITONE_SAX(67, "Baritone Sax", 36, 69),
    OBOE(68, "Oboe", 58, 93),
    ENGLISH_HORN(69, "English Horn", 52, 81),
    BASSOON(70, "Bassoon", 34, 76),
    CLARINET(71, "Clarinet", 50, 94),
    PICCOLO(72, "Piccolo", 74, 108),
    FLUTE(73, "Flute", 59, 98),
    RECORDER(74, "Recorder", 72, 98),
    PAN_FLUTE(75, "Pan Flute"),
    BLOWN_BOTTLE(76, "Blown Bottle"),
    SHAKUHACHI(77, "Shakuhachi"),
    WHISTLE(78, "Whistle"),
    OCARINA(79, "Ocarina"),
    LEAD_1_SQUARE(80, "Lead 1 (square)"),
    LEAD_2_SAWTOOTH(81, "Lead 2 (sawtooth)"),
    LEAD_3_CALLIOPE(82, "Lead 3 (calliope)"),
    LEAD_4_CHIFF(83, "Lead 4 (chiff)"),
    LEAD_5_CHARANG(84, "Lead 5 (charang)"),
    LEAD_6_VOICE(85, "Lead 6 (voice)"),
    LEAD_7_FIFTHS(86, "Lead 7 (fifths)"),
    LEAD_8_BASS_LEAD(87, "Lead 8 (bass + lead)"),
    PAD_1_NEW_AGE(88, "Pad 1 (new age)"),
    PAD_2_WARM(89, "Pad 2 (warm)"),
    PAD_3_POLYSYNTH(90, "Pad 3 (polysynth)"),
    PAD_4_CHOIR(91, "Pad 4 (choir)"),
    PAD_5_BOWED(92, "Pad 5 (bowed)"),
    PAD_6_METALLIC(93, "Pad 6 (metallic)"),
    PAD_7_HALO(94, "Pad 7 (halo)"),
    PAD_8_SWEEP(95, "Pad 8 (sweep)"),
    FX_1_RAIN(96, "FX 1 (rain)"),
    FX_2_SOUNDTRACK(97, "FX 2 (soundtrack)"),
    FX_3_CRYSTAL(98, "FX 3 (crystal)"),
    FX_4_ATMOSPHERE(99, "FX 4 (atmosphere)"),
    FX_5_BRIGHTNESS(100, "FX 5 (brightness)"),
    FX_6_GOBLINS(101, "FX 6 (goblins)"),
    FX_7_ECHOES(102, "FX 7 (echoes)"),
    FX_8_SCI_FI(103, "FX 8 (sci-fi)"),
    SITAR(104, "Sitar"),
    BANJO(105, "Banjo", 48, 86),
    SHAMISEN(106, "Shamisen"),
    KOTO(107, "Koto"),
    KALIMBA(108, "Kalimba"),
    BAGPIPE(109, "Bagpipe"),
    FIDDLE(110, "Fiddle", 55, 103),
    SHANAI(111, "Shanai"),
    TINKLE_BELL(112, "Tinkle Bell"),
    AGOGO(113, "Agogo"),
    STEEL_DRUMS(114, "Steel Drums"),
    WOODBLOCK(115, "Woodblock"),
    TAIKO_DRUM(116, "Taiko Drum"),
    MELODIC_TOM(117, "Melodic Tom"),
    SYNTH_DRUM(118, "Synth Drum"),
    REVERSE_CYMBAL(119, "Reverse Cymbal"),
    GUITAR_FRET_NOISE(120, "Guitar Fret Noise"),
    BREATH_NOISE(121, "Breath Noise"),
    SEASHORE(122, "Seashore"),
    BIRD_TWEET(123, "Bird Tweet"),
    TELEPHONE_RING(124, "Telephone Ring"),
    HELICOPTER(125, "Helicopter"),
    APPLAUSE(126, "Applause"),
    GUNSHOT(127, "Gunshot");

    /** The sixteen groups of eight programs that General MIDI orders its instruments by. */
    public enum Family {
        PIANO(0),
        CHROMATIC_PERCUSSION(8),
        ORGAN(16),
        GUITAR(24),
        BASS(32),
        STRINGS(40),
        ENSEMBLE(48),
        BRASS(56),
        REED(64),
        PIPE(72),
        SYNTH_LEAD(80),
        SYNTH_PAD(88),
        SYNTH_EFFECTS(96),
        ETHNIC(104),
        PERCUSSIVE(112),
        SOUND_EFFECTS(120);

        private static final List<Family> IN_ORDER = List.of(values());

        private final int firstProgram;

        Family(int firstProgram) {
            this.firstProgram = firstProgram;
        }

        /** Its eight instruments, in the order of their programs. */
        public List<Instrument> instruments() {
            return BY_PROGRAM.subList(firstProgram, firstProgram + 8);
        }
    }

    private static final List<Instrument> BY_PROGRAM = List.of(values());

    private final int program;
    private final String title;
    private final int lowestPitch;
    private final int highestPitch;

    Instrument(int program, String title) {
        this(program, title, 0, 127);
    }

    Instrument(int program, String title, int lowestPitch, int highestPitch) {
        this.program = program;
        this.title = title;
        this.lowestPitch = lowestPitch;
        this.highestPitch = highestPitch;
    }

    /**
     * The instrument of a program.
     *
     * @param program 0..127
     */
    public static Instrument ofProgram(int program) {
        if (program < 0 || program >= BY_PROGRAM.size()) {
            throw new IllegalArgumentException("program out of range 0..127: " + program);
        }
        return BY_PROGRAM.get(program);
    }

    /** General MIDI program, 0..127. */
    public int program() {
        return program;
    }

    /** The name that General MIDI gives it: {@code Acoustic Grand Piano}. */
    public String title() {
        return title;
    }

    /** The group of eight that it belongs to. */
    public Family family() {
        return Family.IN_ORDER.get(program / 8);
    }

    /** The lowest MIDI key it can sound. */
    public int lowestPitch() {
        return lowestPitch;
    }

    /** The highest MIDI key it can sound. */
    public int highestPitch() {
        return highestPitch;
    }

    @Override
    public String toString() {
        return title;
    }
}
