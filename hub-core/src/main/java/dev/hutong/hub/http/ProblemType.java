package dev.hutong.hub.http;

import dev.hutong.registry.EventRefusal.Ground;
import java.util.Locale;

/** Every problem the hub answers with. A code that cannot be resolved is none of them: that is a decision. */
public enum ProblemType {
    EMPTY_BODY(400, "The request has no body", "Send a JSON object with «code» or «codeBytes»."),
    BROKEN_JSON(400, "The body is not JSON", "Send one JSON object in UTF-8, with no member twice."),
    INVALID_REQUEST(400, "The request is not one this operation knows", "See the operation's request in openapi.yaml."),
    TOKEN_MISSING(
            401,
            "Who asks is not known",
            "Get a token at POST /oauth2/token, and send it in the header Authorization: Bearer."),
    TOKEN_INVALID(401, "The access token is not good", "Get a new one at POST /oauth2/token."),
    NOT_PERMITTED(403, "Who asks may not do this", "Ask as a client that was registered for it."),
    NOT_FOUND(404, "There is nothing here", "See openapi.yaml for what there is."),
    METHOD_NOT_ALLOWED(405, "This method is not for this path", "Use a method that the Allow header names."),
    REQUEST_TIMEOUT(408, "The request's body took too long to come", "Send the whole body at once."),
    BODY_TOO_LARGE(
            413,
            "The body is larger than 64 KiB",
            "Send one code, question or document in a request; none needs to be that large."),
    BATCH_TOO_LARGE(
            413,
            "The batch is larger than this hub takes",
            "Send fewer lines in a batch, and the others in another; what came before was answered."),
    NOT_NDJSON(
            415,
            "The body is not application/x-ndjson",
            "Send one request of POST /v1/resolve in each line, with the header Content-Type: application/x-ndjson."),
    NOT_JSON(415, "The body is not application/json", "Send it with the header Content-Type: application/json."),
    INVALID_DOCUMENT(400, "What was signed cannot be taken up", "Correct what the detail names, and sign it again."),
    WRONG_SIGNERS(403, "It is not signed by whom it must be", "Let those sign whom the detail names."),
    REGISTRY_CONFLICT(409, "The registry stands so that this is impossible", "Do what the detail says is possible."),
    GONE(410, "This is no longer kept", "Ask for the whole instead of the difference."),
    MALFORMED_HTTP(400, "The request is not well-formed HTTP", "Check the path and the headers."),
    URI_TOO_LONG(
            414,
            "The request's address is too long",
            "Send a code in the body of POST /v1/resolve, not in the address."),
    EXPECTATION_FAILED(
            417,
            "What the request expects cannot be met",
            "Leave the header Expect out, or send Expect: 100-continue."),
    HEADERS_TOO_LARGE(
            431, "The request's headers are larger than 8 KiB, or more than 64", "Send fewer or shorter headers."),
    QUOTA_EXCEEDED(
            429,
            "You have asked more than your quota",
            "Ask again after the seconds that Retry-After names, or have the hub's operator raise the quota."),
    OVERLOADED(
            503,
            "More is asked of this hub than it can answer",
            "Ask again after the seconds that Retry-After names; nothing was decided."),
    STORE_UNAVAILABLE(
            503,
            "The registry cannot be written now",
            "Try again later; codes are resolved meanwhile from what is known, as long as the ledger takes decisions."),
    LEDGER_UNAVAILABLE(
            503,
            "Decisions cannot be written down now",
            "Try again after the time in Retry-After, or ask another hub: what is not written down is not told."),
    NO_APPEAL(
            409,
            "Nobody's assertion stands against the holder here",
            "Appeal against a decision that says to whom; one that is UNKNOWN is resolved anew instead."),
    STALE_REGISTRY(
            503,
            "The registry has not been confirmed for too long",
            "Try again later, or ask another hub: what is known may no longer be so."),
    INTERNAL(500, "The hub failed", "Try again; if it stays so, give the hub's operator the time of the request.");

    private final int status;
    private final String title;
    private final String remedy;

    ProblemType(int status, String title, String remedy) {
        this.status = status;
        this.title = title;
        this.remedy = remedy;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The problem of an answer with this status that says no more about it; {@link #INTERNAL} where there is none. */
    static ProblemType ofStatus(int status) {
        return switch (status) {
            case 400 -> MALFORMED_HTTP;
            case 404 -> NOT_FOUND;
            case 408 -> REQUEST_TIMEOUT;
            case 413 -> BODY_TOO_LARGE;
            case 414 -> URI_TOO_LONG;
            case 417 -> EXPECTATION_FAILED;
            case 431 -> HEADERS_TOO_LARGE;
            case 503 -> STORE_UNAVAILABLE;
            default -> INTERNAL;
        };
    }

    /** The problem of a change that the registry refuses on this ground. */
    static ProblemType of(Ground ground) {
        if (ground == Ground.UNKNOWN_PROPOSAL) {
            return NOT_FOUND;
        }
        return switch (ground.kind()) {
            case CONTENT -> INVALID_DOCUMENT;
            case SIGNERS -> WRONG_SIGNERS;
            case STANDING -> REGISTRY_CONFLICT;
        };
    }

    /** What went wrong, the same for every occurrence. */
    public String title() {
        return title;
    }

    /** What whoever sent the request can do. */
    public String remedy() {
        return remedy;
    }

    /** The problem's type, a URI (RFC 9457 §3.1.1). */
    public String uri() {
        return "urn:hutong:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
