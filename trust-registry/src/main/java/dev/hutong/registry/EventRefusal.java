package dev.hutong.registry;

/**
 * Why an event cannot follow what the log already holds.
 *
 * @param ground which rule
 * @param detail what is wrong and what would be possible, in words for whoever wanted it
 */
public record EventRefusal(Ground ground, String detail) {
    /** Every rule that an event can break. */
    public enum Ground {
        ISSUER_ALREADY_REGISTERED,
        UNKNOWN_ISSUER,
        MALFORMED_TEXT,
        PLATFORM_NOT_ALLOWED,
        ALREADY_SUSPENDED,
        NOT_SUSPENDED,
        KEY_ALREADY_REGISTERED,
        EMPTY_VALIDITY,
        UNKNOWN_KEY,
        REVOCATION_NOT_STRICTER
    }
}
