package org.partita.protocol;

/**
 * One thing wrong with a document.
 *
 * @param pointer where, as a JSON Pointer (RFC 6901); empty for the whole document
 * @param detail what, naming the field and the allowed range
 */
public record Violation(String pointer, String detail) {}
