package org.partita.protocol;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * A job's name and, at once, the capability to read and cancel it: 160 random bits in lower-case
 * Base32 (RFC 4648 §6), 32 characters.
 */
public record JobId(String value) {

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final Pattern WRITTEN = Pattern.compile("[a-z2-7]{32}");

    public JobId {
        if (!isJobId(value)) {
            throw new IllegalArgumentException("not a job id");
        }
    }

    public static boolean isJobId(String text) {
        return WRITTEN.matcher(text).matches();
    }

    /**
     * Draws a new id.
     *
     * @param random must be cryptographically strong, since knowing the id is the permission
     */
    public static JobId draw(RandomGenerator random) {
        byte[] bits = new byte[20];
        random.nextBytes(bits);
        StringBuilder text = new StringBuilder(32);
        for (int i = 0; i < bits.length; i += 5) {
            long group = 0;
            for (int j = 0; j < 5; j++) {
                group = group << 8 | (bits[i + j] & 0xff);
            }
            for (int shift = 35; shift >= 0; shift -= 5) {
                text.append(ALPHABET.charAt((int) (group >>> shift) & 31));
            }
        }
        return new JobId(text.toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
