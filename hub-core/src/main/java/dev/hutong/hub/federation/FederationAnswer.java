package dev.hutong.hub.federation;

import java.util.Locale;

/** What the hub answers to a question of OpenID Federation 1.0. */
public sealed interface FederationAnswer {
    /** A signed statement, or a list. */
    record Given(String body) implements FederationAnswer {}

    /** @param description for whoever asked */
    record Refused(Fault fault, String description) implements FederationAnswer {}

    /** Error codes of OpenID Federation 1.0 ("Error Responses") with their HTTP status. */
    enum Fault {
        INVALID_REQUEST(400),
        UNSUPPORTED_PARAMETER(400),
        INVALID_TRUST_ANCHOR(404),
        INVALID_SUBJECT(404),
        NOT_FOUND(404),
        TEMPORARILY_UNAVAILABLE(503);

        private final int status;

        Fault(int status) {
            this.status = status;
        }

        /** The HTTP status. */
        public int status() {
            return status;
        }

        /** The value of {@code error}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
