/** The hub's HTTP edge: routes, what a request must be, and problem documents (RFC 9457). The contract is {@code openapi.yaml}. */
@NullMarked
package dev.hutong.hub.http;

import org.jspecify.annotations.NullMarked;
