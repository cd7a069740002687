package org.partita.music.midi;

/**
 * What a tick of the file is.
 *
 * <p>Most files count ticks in quarter notes. SMPTE files count them in seconds; they become a
 * score in which a quarter note lasts half a second, so every tick keeps its exact time: the score
 * has the file's ticks a second as its ticks a quarter, and every file tick is two of them. Tempo
 * events mean nothing in such a file.
 *
 * @param ticksPerQuarter of the score, 1..32767
 * @param ticksPerFileTick 1, or 2 in an SMPTE file
 * @param fixedTempo microseconds a quarter note in an SMPTE file, 0 where the file gives tempos
 */
record Division(int ticksPerQuarter, int ticksPerFileTick, int fixedTempo) {

    /** The longest piece that is read, in quarter notes: 100,000 bars of 4/4, two days at 120. */
    static final int MAX_QUARTERS = 400_000;

    /**
     * @param value the two bytes of the header
     */
    static Division of(int value, ByteCursor header) throws MidiFormatException {
        int offset = header.position() - 2;
        if (value < 0x8000) {
            if (value == 0) {
                throw header.failure("the division is 0 ticks a quarter note", offset);
            }
            return new Division(value, 1, 0);
        }
        int ticksPerFrame = value & 0xFF;
        int framesPerSecond = 256 - (value >> 8);
        // 29 means 30000/1001 frames a second; counting 30 in 1.001 seconds keeps ticks whole.
        int microseconds = framesPerSecond == 29 ? 500_500 : 500_000;
        int wholeFrames = framesPerSecond == 29 ? 30 : framesPerSecond;
        if (ticksPerFrame == 0 || (wholeFrames != 24 && wholeFrames != 25 && wholeFrames != 30)) {
            throw header.failure(
                    "the SMPTE division of %d frames a second and %d ticks a frame means nothing"
                            .formatted(framesPerSecond, ticksPerFrame),
                    offset);
        }
        return new Division(wholeFrames * ticksPerFrame, 2, microseconds);
    }

    boolean isSmpte() {
        return fixedTempo > 0;
    }

    /** The last tick, in ticks of the score, that is read or written. */
    long maxTick() {
        return maxTick(ticksPerQuarter);
    }

    static long maxTick(int ticksPerQuarter) {
        return (long) MAX_QUARTERS * ticksPerQuarter;
    }
}
