package dev.hutong.province;

import dev.hutong.mapping.format.Claims;
import dev.hutong.registry.SignedToken;

/**
 * A compact JWS that is well-formed as its format says. Nobody has vouched for it yet.
 *
 * @param claims what it claims
 * @param signed what a signature check needs of it
 */
record Token(Claims claims, SignedToken signed) {
    static final String ISSUER = "iss";
    static final String ISSUED_AT = "iat";
    static final String EXPIRES = "exp";
}
