package dev.hutong.mapping;

/**
 * Why an answer is UNKNOWN. The order of the constants is the order of precedence: where several apply, the first is told.
 */
public enum Reason {
    /** The hub has not been able to confirm its registry for longer than it may go on without. */
    STALE_REGISTRY,
    /** No format claims what was scanned. */
    UNKNOWN_FORMAT,
    /** A format claims it, but it is not a whole and well-formed code of that format. */
    MALFORMED_CODE,
    /** It names an issuer that is not the format's, or that the registry does not hold. */
    UNKNOWN_ISSUER,
    /** The registry has suspended the issuer. */
    ISSUER_SUSPENDED,
    /** The key it names is not a key of its issuer. */
    UNKNOWN_KEY,
    /** The key is revoked for this code. */
    KEY_REVOKED,
    /** The code was signed before its key was valid. */
    KEY_NOT_VALID_YET,
    /** The code was signed after its key had stopped signing. */
    KEY_RETIRED,
    /** The signature is not that of the key it names. */
    BAD_SIGNATURE,
    /** The code claims to have been issued in the future. */
    CODE_NOT_VALID_YET,
    /** The code is over; the holder has to refresh it. */
    EXPIRED_CODE,
    /** The issuer has withdrawn this code. */
    CODE_REVOKED,
    /** The issuer's platform could not be asked. */
    ISSUER_UNAVAILABLE,
    /** The issuer's platform gave an answer that cannot be relied on. */
    ISSUER_ERROR,
    /** The issuer answered, and says that nobody has assessed the holder. */
    NOT_CHECKED,
    /** The issuer asserted something that the format's tables do not hold, or that contradicts itself. */
    UNMAPPED_STATUS,
    /** The holder's own declaration has lapsed and is due again. */
    EXPIRED_DECLARATION,
    /** What the issuer asserted is too old to rely on. */
    EXPIRED_STATEMENT,
    /** The destination is not a region, so that no policy can judge. */
    NO_POLICY
}
