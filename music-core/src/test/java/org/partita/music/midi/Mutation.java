package org.partita.music.midi;

import java.util.Arrays;
import java.util.SplittableRandom;

/** One to eight random injuries to a file. */
final class Mutation {

    private Mutation() {}

    static byte[] random(byte[] file, SplittableRandom random) {
        byte[] bytes = file.clone();
        int injuries = 1 + random.nextInt(8);
        for (int index = 0; index < injuries && bytes.length > 1; index++) {
            int at = random.nextInt(bytes.length);
            int length = 1 + random.nextInt(Math.min(32, bytes.length));
            int end = Math.min(bytes.length, at + length);
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> Arrays.fill(bytes, at, end, (byte) 0xFF);
                case 3 -> bytes = joined(bytes, at, end);
                case 4 -> bytes = joined(bytes, end, at);
                default -> bytes = random.nextInt(4) == 0 ? Arrays.copyOf(bytes, at) : bytes;
            }
        }
        return bytes;
    }

    /** Everything before {@code until}, then everything from {@code from}: a cut or a repeat. */
    private static byte[] joined(byte[] bytes, int until, int from) {
        byte[] result = Arrays.copyOf(bytes, until + bytes.length - from);
        System.arraycopy(bytes, from, result, until, bytes.length - from);
        return result;
    }
}
