package dev.hutong.hub.http;

import static dev.hutong.hub.clients.Role.AUDITOR;
import static dev.hutong.hub.clients.Role.ISSUER;
import static dev.hutong.hub.clients.Role.OPERATOR;
import static dev.hutong.hub.clients.Role.VERIFIER;

import dev.hutong.hub.clients.Role;
import java.util.Map;
import java.util.Set;

/**
 * Who may ask what, on a hub that authenticates its clients: the one table. What is public is listed as such; a path that is not here is
 * for operators alone, so that nothing is open because it was forgotten.
 *
 * <p>Proposals and approvals are open since they prove themselves: each is signed by keys that the registry knows, and only operators'
 * approvals make it take effect.
 */
final class Permissions {
    /** Open to all. */
    static final Set<Role> ANYBODY = Set.of();

    private static final Map<String, Set<Role>> PATH_TO_ROLES = Map.ofEntries(
            Map.entry("/v1/resolve", Set.of(VERIFIER)),
            Map.entry("/v1/resolve-batch", Set.of(VERIFIER)),
            Map.entry("/v1/translate", Set.of(VERIFIER)),
            Map.entry("/v1/decisions/:id", Set.of(VERIFIER, AUDITOR)),
            Map.entry("/v1/decisions/:id/proof", Set.of(VERIFIER, AUDITOR)),
            Map.entry("/v1/decisions/:id/appeals", Set.of(VERIFIER)),
            Map.entry("/v1/appeals", Set.of(ISSUER, AUDITOR)),
            Map.entry("/v1/bundle", Set.of(VERIFIER, AUDITOR)),
            Map.entry("/v1/formats", ANYBODY),
            Map.entry("/v1/policies", ANYBODY),
            Map.entry("/v1/issuers", ANYBODY),
            Map.entry("/v1/issuers/:id", ANYBODY),
            Map.entry("/v1/issuers/:id/jwks.json", ANYBODY),
            Map.entry("/v1/issuers/:id/proof", ANYBODY),
            Map.entry("/v1/issuers/:id/proofs", ANYBODY),
            Map.entry("/v1/issuers/:id/keys/:kid/proofs", ANYBODY),
            Map.entry("/v1/log/proof", ANYBODY),
            Map.entry("/log/checkpoint", ANYBODY),
            Map.entry("/log/tile/*", ANYBODY),
            Map.entry("/v1/registry/snapshot", ANYBODY),
            Map.entry("/v1/registry/lint", ANYBODY),
            Map.entry("/v1/registry/nonce", ANYBODY),
            Map.entry("/v1/registry/operators", ANYBODY),
            Map.entry("/v1/registry/clients", ANYBODY),
            Map.entry("/v1/registry/proposals", ANYBODY),
            Map.entry("/v1/registry/proposals/:id", ANYBODY),
            Map.entry("/v1/registry/proposals/:id/approvals", ANYBODY),
            Map.entry("/.well-known/jwks.json", ANYBODY),
            Map.entry("/.well-known/oauth-authorization-server", ANYBODY),
            Map.entry("/oauth2/token", ANYBODY),
            Map.entry("/.well-known/openid-federation", ANYBODY),
            Map.entry("/federation/issuers/:id/.well-known/openid-federation", ANYBODY),
            Map.entry("/federation/fetch", ANYBODY),
            Map.entry("/federation/list", ANYBODY),
            Map.entry("/federation/resolve", ANYBODY),
            Map.entry("/federation/historical-keys", ANYBODY),
            Map.entry("/authorization", ANYBODY),
            Map.entry("/recognition", ANYBODY));

    private Permissions() {}

    /** In which capacities this path may be asked; {@link #ANYBODY} where in all and none. */
    static Set<Role> of(String path) {
        return PATH_TO_ROLES.getOrDefault(path, Set.of(OPERATOR));
    }
}
