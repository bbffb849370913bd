package dev.hutong.registry;

/** Whether a token is what an issuer signed with a key that was good for it. */
public sealed interface Authentication {
    /** It is; {@code key} signed it. */
    record Authenticated(RegisteredKey key) implements Authentication {}

    /** It is not, or not any more. */
    record Rejected(Rejection why) implements Authentication {}
}
