package dev.hutong.registry;

import java.time.Instant;

/**
 * What a token says about its own signature. Foreign text throughout: nothing is checked yet.
 *
 * @param kid the header's
 * @param alg the header's, in its own letters
 * @param signedAt the token's {@code iat}; the key's times are compared with this, not with the clock
 * @param signingInput the octets that were signed: header, point and payload as they stood in the token
 * @param signature the decoded signature
 */
@SuppressWarnings(
        "ArrayRecordComponent") // Lives for one call on the hot path and is never compared: a copy would buy nothing.
public record SignedToken(String kid, String alg, Instant signedAt, byte[] signingInput, byte[] signature) {}
