package org.partita.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A Lua script of the store: the shared prelude followed by its own lines. */
enum Script {
    SUBMIT,
    SENT,
    WITHDRAW,
    UNSENT,
    CLAIM,
    PROGRESS,
    COMPLETE,
    FAIL,
    RELEASE,
    CANCEL,
    REAP,
    FIND,
    QUEUE,
    HEARTBEAT,
    GOODBYE,
    WORKERS,
    QUOTA;

    private final String text;
    private final String sha1;

    Script() {
        String own = read(name().toLowerCase(java.util.Locale.ROOT) + ".lua");
        text = read("prelude.lua") + "\n" + own;
        sha1 = sha1(text());
    }

    byte[] text() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The name under which Redis keeps a script it has seen. */
    String sha1() {
        return sha1;
    }

    private static String read(String name) {
        try (InputStream stream = Script.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("missing script " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("unreadable script " + name, e);
        }
    }

    private static String sha1(byte[] text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
