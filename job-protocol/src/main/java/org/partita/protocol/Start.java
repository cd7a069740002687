package org.partita.protocol;

import java.util.Base64;

/** What the piece begins with: the material the model hears before it composes the first note. */
public sealed interface Start {

    /** The JSON value of {@code start.kind}. */
    String kind();

    /** Fifty random frames, drawn from the training data's own distribution of frames. */
    record Random() implements Start {
        @Override
        public String kind() {
            return "random";
        }
    }

    /**
     * Forty-nine empty frames, then one chosen note.
     *
     * @param pitch MIDI key number, 0..127; a piano has 21..108
     */
    record ChosenNote(int pitch) implements Start {

        public static final WholeRange PITCH = new WholeRange("pitch", 0, 127);

        public ChosenNote {
            PITCH.check(pitch);
        }

        @Override
        public String kind() {
            return "note";
        }
    }

    /**
     * A Standard MIDI File to be continued.
     *
     * @param data the file in Base64 (RFC 4648 §4), at most {@value #MAX_BYTES} bytes when decoded
     */
    record Midi(String data) implements Start {

        /** Largest prompt file, in bytes. */
        public static final int MAX_BYTES = 256 * 1024;

        public Midi {
            // Checked before decoding, so that a giant string is never decoded.
            if (data.length() > (MAX_BYTES + 2) / 3 * 4) {
                throw new IllegalArgumentException(
                        "data must be a MIDI file of at most " + MAX_BYTES + " bytes in Base64");
            }
            byte[] bytes;
            try {
                bytes = Base64.getDecoder().decode(data);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("data is not Base64: " + e.getMessage(), e);
            }
            if (bytes.length > MAX_BYTES) {
                throw new IllegalArgumentException(
                        "data must be a MIDI file of at most " + MAX_BYTES + " bytes in Base64");
            }
            if (bytes.length < 14
                    || bytes[0] != 'M'
                    || bytes[1] != 'T'
                    || bytes[2] != 'h'
                    || bytes[3] != 'd') {
                throw new IllegalArgumentException(
                        "data is not a Standard MIDI File: it does not begin with MThd");
            }
        }

        /** The file itself, freshly decoded. */
        public byte[] bytes() {
            return Base64.getDecoder().decode(data);
        }

        @Override
        public String kind() {
            return "midi";
        }
    }
}
