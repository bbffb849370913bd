package dev.hutong.registry;

/**
 * Why an event cannot follow what the log already holds.
 *
 * @param ground which rule
 * @param detail what is wrong and what would be possible, in words for whoever wanted it
 */
public record EventRefusal(Ground ground, String detail) {
    /** What whoever wanted it has to change. */
    public enum Kind {
        /** What was sent: as it stands it could never be taken up. */
        CONTENT,
        /** Who signed it: others, or other keys, would have to. */
        SIGNERS,
        /** Nothing about it, but the registry stands so that it is impossible now. */
        STANDING
    }

    /** Every rule that an event can break. */
    public enum Ground {
        MALFORMED_DOCUMENT(Kind.CONTENT),
        MALFORMED_TEXT(Kind.CONTENT),
        PLATFORM_NOT_ALLOWED(Kind.CONTENT),
        EMPTY_VALIDITY(Kind.CONTENT),
        EMERGENCY_TOO_LONG(Kind.CONTENT),
        OTHER_REGISTRY(Kind.CONTENT),
        NONCE_NOT_FRESH(Kind.CONTENT),
        ENTITY_CONFIGURATION_NOT_ACCEPTABLE(Kind.CONTENT),
        UNKNOWN_SIGNER(Kind.SIGNERS),
        BAD_SIGNATURE(Kind.SIGNERS),
        SIGNATURE_MISSING(Kind.SIGNERS),
        SIGNATURE_TOO_MANY(Kind.SIGNERS),
        NOT_AN_OPERATOR(Kind.SIGNERS),
        APPROVES_OWN_PROPOSAL(Kind.SIGNERS),
        ALREADY_APPROVED(Kind.STANDING),
        UNKNOWN_PROPOSAL(Kind.STANDING),
        PROPOSAL_CLOSED(Kind.STANDING),
        NONCE_USED(Kind.STANDING),
        UNDER_DUAL_CONTROL(Kind.STANDING),
        NOT_UNDER_DUAL_CONTROL(Kind.STANDING),
        ALREADY_FOUNDED(Kind.STANDING),
        TOO_FEW_OPERATORS(Kind.STANDING),
        UNKNOWN_OPERATOR(Kind.STANDING),
        OPERATOR_NAME_TAKEN(Kind.STANDING),
        ISSUER_ALREADY_REGISTERED(Kind.STANDING),
        UNKNOWN_ISSUER(Kind.STANDING),
        ISSUER_WITHDRAWN(Kind.STANDING),
        ALREADY_SUSPENDED(Kind.STANDING),
        NOT_SUSPENDED(Kind.STANDING),
        NOT_DELEGATED(Kind.STANDING),
        NOT_FEDERATED(Kind.STANDING),
        CLIENT_ALREADY_REGISTERED(Kind.STANDING),
        UNKNOWN_CLIENT(Kind.STANDING),
        CLIENT_WITHDRAWN(Kind.STANDING),
        KEY_ALREADY_REGISTERED(Kind.STANDING),
        NOT_VISIBLE_LONG_ENOUGH(Kind.STANDING),
        UNKNOWN_KEY(Kind.STANDING),
        KEY_STATE_FORBIDS(Kind.STANDING),
        REVOCATION_NOT_STRICTER(Kind.STANDING),
        RULES_NOT_NEWER(Kind.STANDING),
        LEAD_TIME_TOO_SHORT(Kind.STANDING);

        private final Kind kind;

        Ground(Kind kind) {
            this.kind = kind;
        }

        /** What whoever wanted it has to change. */
        public Kind kind() {
            return kind;
        }
    }
}
