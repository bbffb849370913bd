package dev.hutong.hub.http;

import dev.hutong.hub.config.Network;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where a request comes from, as far as one household, office or attacker has addresses. Behind a proxy that is configured it is where the proxy
 * says; anybody else's word is nothing.
 */
final class Addresses {
    /** Not RFC 7239: this is what proxies send unless told otherwise. */
    private static final String FORWARDED_FOR = "X-Forwarded-For";

    private final List<Network> proxies;

    /** @param proxies who is believed when it says whose request it hands on */
    Addresses(List<Network> proxies) {
        this.proxies = proxies;
    }

    /** The IPv4 address, or the first half of the IPv6 address, which is what one network is given (RFC 6177 §2). */
    String of(HttpServerRequest request) {
        SocketAddress remote = request.remoteAddress();
        String address = remote == null ? null : remote.hostAddress();
        if (address == null) {
            return "address:unknown";
        }
        String origin = proxies.isEmpty() ? address : origin(address, request);
        return "address:" + (origin.indexOf(':') < 0 ? origin : firstHalf(origin));
    }

    /**
     * Each proxy appends whom it was asked by. So the list is read from its end, for as long as the next one is named by a proxy; what stands before
     * that, whoever asked may have written.
     */
    private String origin(String peer, HttpServerRequest request) {
        List<String> hops = request.headers().getAll(FORWARDED_FOR).stream()
                .flatMap(header -> Arrays.stream(header.split(",")))
                .toList();
        String origin = peer;
        for (int i = hops.size() - 1; i >= 0 && isProxy(origin); i--) {
            Optional<InetAddress> hop = Network.literal(hops.get(i).strip());
            if (hop.isEmpty()) {
                break;
            }
            origin = hop.get().getHostAddress();
        }
        return origin;
    }

    private boolean isProxy(String address) {
        return Network.literal(address)
                .filter(known -> proxies.stream().anyMatch(network -> network.has(known)))
                .isPresent();
    }

    /** An IPv6 address is written in eight groups, or in fewer with a gap. */
    private static String firstHalf(String address) {
        String[] groups = address.split(":", -1);
        StringBuilder half = new StringBuilder();
        for (int i = 0; i < Math.min(4, groups.length) && !(groups[i].isEmpty() && i > 0); i++) {
            half.append(groups[i]).append(':');
        }
        return half.append("/64").toString();
    }
}
