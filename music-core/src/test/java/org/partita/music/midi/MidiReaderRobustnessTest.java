package org.partita.music.midi;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.partita.music.Score;

/**
 * Whatever the bytes are, the reader either gives a score that can be written and read again, or
 * fails with a {@link MidiFormatException}; it never hangs and never asks for memory that the file
 * does not fill.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MidiReaderRobustnessTest {

    private static final int RANDOM_FILES = 10_000;
    private static final int MUTATED_FILES = 1_000;

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "header", "track"})
    void randomBytesAreReadOrRefused(String validUpTo) throws Exception {
        // Given
        var random = new SplittableRandom(validUpTo.hashCode());

        for (int index = 0; index < RANDOM_FILES; index++) {
            byte[] content = new byte[random.nextInt(400)];
            random.nextBytes(content);
            byte[] bytes =
                    switch (validUpTo) {
                        case "header" -> RawMidi.file(index % 2, 1, 96, content);
                        case "track" -> RawMidi.file(index % 2, 96, RawMidi.chunk("MTrk", content));
                        default -> content;
                    };

            // When / Then
            assertReadOrRefused(bytes, validUpTo + " " + index);
        }
    }

    @Test
    void randomEventsAreReadAndMutationsOfThemReadOrRefused() throws Exception {
        // Given
        var random = new SplittableRandom(7);

        for (int index = 0; index < MUTATED_FILES; index++) {
            byte[] valid = RandomMidi.file(random);
            byte[] mutated = Mutation.random(valid, random);

            // When
            boolean isRead = assertReadOrRefused(valid, "valid " + index);
            assertReadOrRefused(mutated, "mutated " + index);

            // Then
            assertThat(isRead).as("valid file %d", index).isTrue();
        }
    }

    @Test
    void mutatedFilesOfTheCorporaAreReadOrRefused() throws Exception {
        // Given
        List<Path> files = new ArrayList<>(Corpora.midiFiles());
        Collections.shuffle(files, new Random(11));
        var random = new SplittableRandom(11);
        int refused = 0;

        for (Path file : files.subList(0, Math.min(MUTATED_FILES, files.size()))) {
            byte[] mutated = Mutation.random(Files.readAllBytes(file), random);

            // When / Then
            refused += assertReadOrRefused(mutated, file.toString()) ? 0 : 1;
        }
        System.out.printf("%d mutated corpus files refused%n", refused);
    }

    @Test
    void announcedLengthsCostNoMemory() throws Exception {
        // Given
        byte[] bytes =
                RawMidi.file(
                        0,
                        0xFFFF,
                        96,
                        RawMidi.chunk("MTrk", RawMidi.hex("00 FF 01 FF FF FF 7F 41")),
                        RawMidi.hex("4D 54 72 6B FF FF FF FF"));
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        assertReadOrRefused(bytes, "warm-up");
        long before = threads.getCurrentThreadAllocatedBytes();

        // When
        boolean isRead = assertReadOrRefused(bytes, "huge lengths");

        // Then
        assertThat(isRead).isFalse();
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 20);
    }

    /** Work that grew with the square of the size would not end within the class's timeout. */
    @Test
    void manyTracksUnderOneBusyPedalAreReadInLinearTime() throws Exception {
        // Given
        int size = 60_000;
        var pedals = new ByteArrayOutputStream();
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(RawMidi.file(1, 0xFFFF, 96));
        for (int index = 0; index < size; index++) {
            pedals.writeBytes(RawMidi.hex("01 B0 40 7F 00 B0 40 00"));
            bytes.writeBytes(RawMidi.track("00 B0 7B 00 00 90 3C 40 01 80 3C 40"));
        }
        bytes.writeBytes(RawMidi.chunk("MTrk", pedals.toByteArray()));
        for (int index = size + 1; index < 0xFFFF; index++) {
            bytes.writeBytes(RawMidi.chunk("MTrk", new byte[0]));
        }

        // When
        Score score = MidiReader.read(bytes.toByteArray(), "many tracks");

        // Then
        assertThat(score.parts()).hasSize(size);
    }

    private static boolean assertReadOrRefused(byte[] bytes, String name) throws Exception {
        Score score;
        try {
            score = MidiReader.read(bytes, name);
        } catch (MidiFormatException refused) {
            assertThat(refused).hasMessageStartingWith(name + ": ");
            assertThat(refused.byteOffset()).isBetween(0, bytes.length);
            return false;
        }
        assertThat(MidiReader.read(MidiWriter.write(score), name)).as(name).isEqualTo(score);
        return true;
    }
}
