/**
 * Who asks: which registered client stands behind a request, what it may ask, and what it is shown. A client proves itself by a signed
 * assertion (RFC 7523) at the token endpoint and gets an access token (RFC 9068) for ten minutes; every later request is known by that.
 */
@NullMarked
package dev.hutong.hub.clients;

import org.jspecify.annotations.NullMarked;
