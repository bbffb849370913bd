package dev.hutong.hub.clients;

/** What the token endpoint answers. */
public sealed interface TokenAnswer {
    /**
     * A token (RFC 6749 §5.1).
     *
     * @param scope what it is good for, which may be less than was registered
     */
    record Given(String token, String scope) implements TokenAnswer {}

    /**
     * None (RFC 6749 §5.2).
     *
     * @param description in ASCII without quotation marks and backslashes; tells a stranger nothing about who is registered
     */
    record Refused(Code code, String description) implements TokenAnswer {}

    /** The codes of RFC 6749 §5.2 and RFC 8707 §2. */
    enum Code {
        INVALID_REQUEST("invalid_request", 400),
        INVALID_CLIENT("invalid_client", 401),
        UNSUPPORTED_GRANT_TYPE("unsupported_grant_type", 400),
        INVALID_SCOPE("invalid_scope", 400),
        INVALID_TARGET("invalid_target", 400);

        private final String text;
        private final int status;

        Code(String text, int status) {
            this.text = text;
            this.status = status;
        }

        /** As it is written. */
        public String text() {
            return text;
        }

        /** The HTTP status. */
        public int status() {
            return status;
        }
    }
}
