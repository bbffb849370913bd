package dev.hutong.hub.http;

import dev.hutong.hub.clients.Caller;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whose share of an event loop a request counts against, before its token has been looked at: the client's whose token it was when it was last
 * verified, otherwise the address's. So nobody can use up another's share with a token that is not his. For one thread.
 */
final class KnownCallers {
    /** Of about a kilobyte each. A token lives for minutes. */
    private static final int MOST = 4_096;

    private final Addresses addresses;

    private final Map<String, String> authorizationToCaller = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST;
        }
    };

    KnownCallers(Addresses addresses) {
        this.addresses = addresses;
    }

    String of(HttpServerRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        String known = authorization == null ? null : authorizationToCaller.get(authorization);
        return known == null ? address(request) : known;
    }

    /** Notes whose token a request bears, now that it is verified; a token that is nobody's is not worth a place. */
    void learn(HttpServerRequest request, Caller caller) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization != null && caller.isRegistered()) {
            authorizationToCaller.putIfAbsent(authorization, holder(request, caller));
        }
    }

    /** The name of whoever a quota or a share belongs to: a client, or where none is known an address. */
    String holder(HttpServerRequest request, Caller caller) {
        return caller.isRegistered() ? "client:" + caller.id() : address(request);
    }

    /** The name of where it comes from, whoever sends it. */
    String address(HttpServerRequest request) {
        return addresses.of(request);
    }
}
