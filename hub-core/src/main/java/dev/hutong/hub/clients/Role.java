package dev.hutong.hub.clients;

import dev.hutong.registry.ClientRole;

/** What a client is to the hub. */
public enum Role {
    /** Resolves codes, at a gate. */
    VERIFIER,
    /** Makes statements, which the hub resolves. */
    ISSUER,
    /** Runs the hub. */
    OPERATOR,
    /** Reads how decisions came about. */
    AUDITOR;

    /** The role that the registry gave. */
    public static Role of(ClientRole registered) {
        return switch (registered) {
            case VERIFIER -> VERIFIER;
            case ISSUER -> ISSUER;
            case OPERATOR -> OPERATOR;
            case AUDITOR -> AUDITOR;
        };
    }
}
