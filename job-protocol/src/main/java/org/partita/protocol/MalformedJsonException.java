package org.partita.protocol;

/** Bytes that are not one JSON document within the limits of depth, size and unique names. */
public final class MalformedJsonException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public MalformedJsonException(String message) {
        super(message);
    }
}
