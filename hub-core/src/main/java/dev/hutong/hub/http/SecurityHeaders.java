package dev.hutong.hub.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * What every answer tells a browser that happens to get it: run, frame, embed and guess nothing (OWASP HTTP Headers; Fetch §3.7; CSP 3).
 * Answers are for programs, so that the strictest setting costs nobody anything.
 */
final class SecurityHeaders {
    private static final CharSequence CONTENT_TYPE_OPTIONS = HttpHeaders.createOptimized("X-Content-Type-Options");
    private static final CharSequence CONTENT_SECURITY_POLICY = HttpHeaders.createOptimized("Content-Security-Policy");
    private static final CharSequence REFERRER_POLICY = HttpHeaders.createOptimized("Referrer-Policy");
    private static final CharSequence RESOURCE_POLICY = HttpHeaders.createOptimized("Cross-Origin-Resource-Policy");
    private static final CharSequence TRANSPORT_SECURITY = HttpHeaders.createOptimized("Strict-Transport-Security");

    private static final CharSequence NO_SNIFF = HttpHeaders.createOptimized("nosniff");
    private static final CharSequence NOTHING =
            HttpHeaders.createOptimized("default-src 'none'; frame-ancestors 'none'");
    private static final CharSequence NO_REFERRER = HttpHeaders.createOptimized("no-referrer");
    private static final CharSequence SAME_ORIGIN = HttpHeaders.createOptimized("same-origin");

    /** Two years, of which browsers' lists of preloaded hosts ask for one at least (RFC 6797 §6.1.1). */
    private static final CharSequence TWO_YEARS = HttpHeaders.createOptimized("max-age=63072000");

    private SecurityHeaders() {}

    /** Before anything else of the answer is written. */
    static void put(HttpServerRequest request) {
        MultiMap headers = request.response()
                .headers()
                .add(CONTENT_TYPE_OPTIONS, NO_SNIFF)
                .add(CONTENT_SECURITY_POLICY, NOTHING)
                .add(REFERRER_POLICY, NO_REFERRER)
                .add(RESOURCE_POLICY, SAME_ORIGIN);
        if (request.isSSL()) {
            headers.add(TRANSPORT_SECURITY, TWO_YEARS);
        }
    }
}
