package org.partita.standalone;

/**
 * The system cannot run here and now. The message is one sentence for the person at the terminal:
 * what is in the way and what to do about it.
 */
final class StartRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StartRefusedException(String sentence) {
        super(sentence);
    }

    StartRefusedException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
