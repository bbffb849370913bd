package dev.hutong.registry;

/** Why a key was revoked. The reason decides what happens to codes signed before the cut-off. */
public enum RevocationReason {
    /** Another key took its place. Codes signed before the cut-off stay good. */
    SUPERSEDED,
    /** The issuer stopped issuing with it. Codes signed before the cut-off stay good. */
    CEASED,
    /** Somebody else may hold it. Nothing under it is good, whenever it claims to be signed: a thief can backdate. */
    COMPROMISED
}
