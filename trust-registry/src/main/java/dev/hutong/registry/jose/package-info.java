/**
 * Strict pieces of JOSE: base64url, JSON, public and private keys (RFC 7517, RFC 8037), and the checking of one signature.
 *
 * <p>Everything here reads foreign bytes and none of it throws on them: what is refused is a value that says why. SM2 (GB/T
 * 32918.2 with SM3) stands beside ES256 and EdDSA with a key type of its own, because no JOSE library knows its curve.
 */
@NullMarked
package dev.hutong.registry.jose;

import org.jspecify.annotations.NullMarked;
