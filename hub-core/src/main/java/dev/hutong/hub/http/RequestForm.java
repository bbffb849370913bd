package dev.hutong.hub.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a request must be beyond what its parser demands, so that whoever stands before the hub reads the same request as the hub does: one
 * that two readers may take for different ones is refused (request smuggling, RFC 9112 §11.2).
 */
final class RequestForm {
    /** Browsers send about twenty, proxies add a few. */
    private static final int MOST_HEADERS = 64;

    private RequestForm() {}

    /** Why this request is refused before it is looked at; empty where it is not. */
    static Optional<ProblemType> faultIn(HttpServerRequest request) {
        int headers = 0;
        for (Map.Entry<String, String> header : request.headers()) {
            if (header.getKey().isEmpty()) {
                return Optional.of(ProblemType.MALFORMED_HTTP);
            }
            headers++;
        }
        if (headers > MOST_HEADERS) {
            return Optional.of(ProblemType.HEADERS_TOO_LARGE);
        }
        return hasOneHost(request) && isForAnOrigin(request) && isFramedOnce(request)
                ? Optional.empty()
                : Optional.of(ProblemType.MALFORMED_HTTP);
    }

    /** Exactly one, and a host with at most a port (RFC 9112 §3.2); HTTP/1.0 knew of none. */
    private static boolean hasOneHost(HttpServerRequest request) {
        List<String> hosts = request.headers().getAll(HttpHeaders.HOST);
        if (hosts.isEmpty()) {
            return request.version() == HttpVersion.HTTP_1_0;
        }
        return hosts.size() == 1 && request.authority() != null;
    }

    /** The origin form, a path; or «*», with which OPTIONS asks about the whole server. The hub is no proxy (RFC 9112 §3.2). */
    private static boolean isForAnOrigin(HttpServerRequest request) {
        return !request.method().equals(HttpMethod.CONNECT)
                && (request.uri().startsWith("/") || request.uri().equals("*"));
    }

    /** By a length or in chunks, said once; another coding is no operation's. */
    private static boolean isFramedOnce(HttpServerRequest request) {
        List<String> codings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        if (codings.isEmpty()) {
            return true;
        }
        return codings.size() == 1
                && codings.getFirst().equalsIgnoreCase("chunked")
                && request.version() == HttpVersion.HTTP_1_1
                && !request.headers().contains(HttpHeaders.CONTENT_LENGTH);
    }
}
