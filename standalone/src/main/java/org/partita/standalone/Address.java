package org.partita.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;

/**
 * Where a server listens.
 *
 * @param host name or IP address
 * @param port TCP port, 1..65535
 */
record Address(String host, int port) {

    static final int LAST_PORT = 65_535;

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(1);

    Address {
        if (host.isBlank()) {
            throw new IllegalArgumentException("host must not be empty");
        }
        if (port < 1 || port > LAST_PORT) {
            throw new IllegalArgumentException("port out of range 1..65535: " + port);
        }
    }

    static Address loopback(int port) {
        return new Address("127.0.0.1", port);
    }

    /**
     * Reads {@code host:port}; an IPv6 address stands in brackets.
     *
     * @throws IllegalArgumentException if it is not that
     */
    static Address parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("an address is host:port, not '" + text + "'");
        }
        String port = text.substring(colon + 1);
        if (!port.matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("port out of range 1..65535: '" + port + "'");
        }
        String host = text.substring(0, colon).replaceAll("^\\[|\\]$", "");
        return new Address(host, Integer.parseInt(port));
    }

    /** A loopback address that nobody listened on a moment ago. */
    static Address free() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return loopback(socket.getLocalPort());
        } catch (IOException e) {
            throw new StartRefusedException("No port is free on 127.0.0.1: " + e.getMessage(), e);
        }
    }

    /** Whether the host's name is known. */
    boolean resolves() {
        return !new InetSocketAddress(host, port).isUnresolved();
    }

    /** Whether a server could listen here now. */
    boolean bindable() {
        try (ServerSocket socket = new ServerSocket()) {
            // As servers do, so that connections of a server that just stopped are not in the way.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether somebody accepts connections here. */
    boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), (int) CONNECT_LIMIT.toMillis());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
