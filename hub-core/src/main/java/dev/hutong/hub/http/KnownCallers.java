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

    private final Map<String, String> authorizationToCaller = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST;
        }
    };

    String of(HttpServerRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        String known = authorization == null ? null : authorizationToCaller.get(authorization);
        return known == null ? holder(request, Caller.ANONYMOUS) : known;
    }

    /** Notes whose token a request bears, now that it is verified. */
    void learn(HttpServerRequest request, Caller caller) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization != null && !caller.equals(Caller.ANONYMOUS)) {
            authorizationToCaller.putIfAbsent(authorization, holder(request, caller));
        }
    }

    /** The name of whoever a quota or a share belongs to: a client, or where none is known an address. */
    static String holder(HttpServerRequest request, Caller caller) {
        return caller.equals(Caller.ANONYMOUS) ? Addresses.of(request) : "client:" + caller.id();
    }
}
