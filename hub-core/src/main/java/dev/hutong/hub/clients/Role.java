package dev.hutong.hub.clients;

/** What a client is to the hub. */
public enum Role {
    /** Resolves codes, at a gate. */
    VERIFIER,
    /** Makes statements, which the hub resolves. */
    ISSUER,
    /** Runs the hub. */
    OPERATOR,
    /** Reads how decisions came about. */
    AUDITOR
}
