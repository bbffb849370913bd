package dev.hutong.registry;

/** Why a signed token is not the issuer's, in the order in which the grounds are looked for: the first that applies is the answer. */
public enum Rejection {
    /** The registry has no issuer of this name, or has one no longer. */
    UNKNOWN_ISSUER,
    /** The issuer, or one that answers for it, is suspended. */
    ISSUER_SUSPENDED,
    /** Nobody answers for the issuer any more: an issuer above it left, or no longer has it within what was delegated to it. */
    NOT_DELEGATED,
    /** The {@code kid} is no key of this issuer, whoever else has it. */
    UNKNOWN_KEY,
    /** The header's {@code alg} is not the key's. */
    WRONG_ALGORITHM,
    /** The key was revoked, and what it says about its signing time does not save it. */
    KEY_REVOKED,
    /** The key is suspended. */
    KEY_SUSPENDED,
    /** Signed before the key might sign. */
    KEY_NOT_VALID_YET,
    /** Signed when the key might no longer sign, or nothing that it signed is good any more. */
    KEY_RETIRED,
    /** The signature is not this key's over this content. */
    BAD_SIGNATURE
}
