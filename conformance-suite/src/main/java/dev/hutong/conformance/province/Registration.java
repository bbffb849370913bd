package dev.hutong.conformance.province;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a hub's registry must know of a virtual province before it can read its codes.
 *
 * @param publicJwks the keys to register, as JWK texts; keys that are to stay unknown are not among them
 * @param platform where the platform listens, if there is one
 * @param keysValidFrom the keys must be valid from then on: some codes claim to have been issued days ago
 */
public record Registration(
        String issuerId, String name, List<String> publicJwks, Optional<URI> platform, Instant keysValidFrom) {
    public Registration {
        publicJwks = List.copyOf(publicJwks);
    }
}
