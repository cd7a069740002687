package org.partita.protocol;

/**
 * Why a job failed, in words a client may see.
 *
 * @param code a stable short name
 * @param detail one sentence; never a stack trace
 */
public record JobError(Code code, String detail) {

    /** The kinds of failure. */
    public enum Code {
        /** Composing failed on the worker. */
        GENERATION_FAILED("generation-failed"),
        /** The prompt could not be used by the model. */
        PROMPT_UNUSABLE("prompt-unusable"),
        /** No worker knows the model. */
        MODEL_UNKNOWN("model-unknown"),
        /** The model does not know the style. */
        STYLE_UNKNOWN("style-unknown"),
        /** The deadline passed while the job was running. */
        DEADLINE_EXCEEDED("deadline-exceeded"),
        /** The job was taken up as often as allowed and never finished. */
        POISON("poison");

        private final String written;

        Code(String written) {
            this.written = written;
        }

        /** The name in JSON and in problem type URIs. */
        public String written() {
            return written;
        }

        /**
         * Reads a written name.
         *
         * @throws IllegalArgumentException if there is no such code
         */
        public static Code parse(String written) {
            for (Code code : values()) {
                if (code.written.equals(written)) {
                    return code;
                }
            }
            throw new IllegalArgumentException("unknown error code: " + written);
        }
    }
}
