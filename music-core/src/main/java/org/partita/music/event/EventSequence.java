package org.partita.music.event;

import java.util.Arrays;

/**
 * A piece as events: token, and for pitches a duration and a velocity class. Immutable.
 *
 * @see Vocabulary
 */
public final class EventSequence {

    private final short[] tokens;
    private final byte[] durationClasses;
    private final byte[] velocityClasses;

    private EventSequence(short[] tokens, byte[] durationClasses, byte[] velocityClasses) {
        this.tokens = tokens;
        this.durationClasses = durationClasses;
        this.velocityClasses = velocityClasses;
    }

    public int size() {
        return tokens.length;
    }

    public int token(int index) {
        return tokens[index];
    }

    /** Duration class of a pitch; 0 for other tokens. */
    public int durationClass(int index) {
        return durationClasses[index];
    }

    /** Velocity class of a pitch; 0 for other tokens. */
    public int velocityClass(int index) {
        return velocityClasses[index];
    }

    /** How many events strike a note. */
    public int noteCount() {
        int count = 0;
        for (short token : tokens) {
            if (Vocabulary.isPitch(token)) {
                count++;
            }
        }
        return count;
    }

    /** When the last note to sound ends, in steps from the beginning. */
    public long endStep() {
        long step = 0;
        long end = 0;
        for (int i = 0; i < tokens.length; i++) {
            if (Vocabulary.isAdvance(tokens[i])) {
                step += Vocabulary.advanceSteps(tokens[i]);
            } else if (Vocabulary.isPitch(tokens[i])) {
                end = Math.max(end, step + Durations.steps(durationClasses[i]));
            }
        }
        return end;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EventSequence that
                && Arrays.equals(tokens, that.tokens)
                && Arrays.equals(durationClasses, that.durationClasses)
                && Arrays.equals(velocityClasses, that.velocityClasses);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.hashCode(tokens) + Arrays.hashCode(durationClasses))
                + Arrays.hashCode(velocityClasses);
    }

    @Override
    public String toString() {
        return "EventSequence[" + tokens.length + " events, " + noteCount() + " notes]";
    }

    /** Collects events one by one. */
    public static final class Builder {

        private short[] tokens = new short[64];
        private byte[] durationClasses = new byte[64];
        private byte[] velocityClasses = new byte[64];
        private int size;

        public Builder add(int token, int durationClass, int velocityClass) {
            if (token < 0 || token >= Vocabulary.SIZE) {
                throw new IllegalArgumentException(
                        "token out of range 0.." + (Vocabulary.SIZE - 1) + ": " + token);
            }
            if (durationClass < 0 || durationClass >= Durations.COUNT) {
                throw new IllegalArgumentException(
                        "duration class out of range 0.."
                                + (Durations.COUNT - 1)
                                + ": "
                                + durationClass);
            }
            if (velocityClass < 0 || velocityClass >= Velocities.COUNT) {
                throw new IllegalArgumentException(
                        "velocity class out of range 0.."
                                + (Velocities.COUNT - 1)
                                + ": "
                                + velocityClass);
            }
            if (size == tokens.length) {
                tokens = Arrays.copyOf(tokens, 2 * size);
                durationClasses = Arrays.copyOf(durationClasses, 2 * size);
                velocityClasses = Arrays.copyOf(velocityClasses, 2 * size);
            }
            tokens[size] = (short) token;
            durationClasses[size] = (byte) durationClass;
            velocityClasses[size] = (byte) velocityClass;
            size++;
            return this;
        }

        public int size() {
            return size;
        }

        public EventSequence build() {
            return new EventSequence(
                    Arrays.copyOf(tokens, size),
                    Arrays.copyOf(durationClasses, size),
                    Arrays.copyOf(velocityClasses, size));
        }
    }
}
