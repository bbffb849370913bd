package dev.hutong.registry;

import java.util.Optional;

/**
 * What people have done to a key, beside its own times.
 *
 * @param suspended true while nothing under it is good
 * @param revocation its revocation, if it was revoked
 * @param reason why it stands so, in words
 */
public record KeyStanding(boolean suspended, Optional<Revocation> revocation, String reason) {
    static KeyStanding published(String reason) {
        return new KeyStanding(false, Optional.empty(), reason);
    }

    KeyStanding whileSuspended(boolean nowSuspended, String because) {
        return new KeyStanding(nowSuspended, revocation, because);
    }

    KeyStanding revokedBy(Revocation stricter, String because) {
        return new KeyStanding(suspended, Optional.of(stricter), because);
    }
}
