package org.partita.gateway.client;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Who asks: an IPv4 address, or the /64 network of an IPv6 address, since a household has a whole
 * one.
 *
 * <p>Behind a proxy the address comes from its headers only if {@code
 * server.forward-headers-strategy} says so.
 */
public record Client(String name) {

    public static Client of(HttpServletRequest request) {
        return of(request.getRemoteAddr());
    }

    static Client of(String address) {
        try {
            byte[] bytes = InetAddress.ofLiteral(address).getAddress();
            return new Client(
                    HexFormat.of().formatHex(bytes.length == 16 ? Arrays.copyOf(bytes, 8) : bytes));
        } catch (IllegalArgumentException e) {
            // Not a numeric address; a servlet container may hand out anything.
            return new Client(address);
        }
    }
}
