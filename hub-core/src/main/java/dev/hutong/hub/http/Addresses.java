package dev.hutong.hub.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;

/** Where a request comes from, as far as one household, office or attacker has addresses. */
final class Addresses {
    private Addresses() {}

    /** The IPv4 address, or the first half of the IPv6 address, which is what one network is given (RFC 6177 §2). */
    static String of(HttpServerRequest request) {
        SocketAddress remote = request.remoteAddress();
        String address = remote == null ? null : remote.hostAddress();
        if (address == null) {
            return "address:unknown";
        }
        return "address:" + (address.indexOf(':') < 0 ? address : firstHalf(address));
    }

    /** Netty writes an IPv6 address in eight groups, or in fewer with a gap. */
    private static String firstHalf(String address) {
        String[] groups = address.split(":", -1);
        StringBuilder half = new StringBuilder();
        for (int i = 0; i < Math.min(4, groups.length) && !(groups[i].isEmpty() && i > 0); i++) {
            half.append(groups[i]).append(':');
        }
        return half.append("/64").toString();
    }
}
