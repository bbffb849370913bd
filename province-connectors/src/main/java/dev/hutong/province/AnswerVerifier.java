package dev.hutong.province;

import dev.hutong.mapping.IssuerName;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.format.Claims;
import dev.hutong.mapping.format.PlatformStep;
import dev.hutong.registry.Authentication;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.RegistrySnapshot;
import dev.hutong.registry.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Decides whether a platform's answer can be relied on: it came, it is signed by the issuer that was asked, now, and in answer to this
 * very request.
 */
final class AnswerVerifier {
    private static final String MEDIA_TYPE = "application/jose";
    private static final Duration AGREE = TokenAuthenticator.SKEW;

    private final IssuerName issuer;
    private final RegistrySnapshot registry;
    private final InstantSource clock;

    AnswerVerifier(IssuerName issuer, RegistrySnapshot registry, InstantSource clock) {
        this.issuer = issuer;
        this.registry = registry;
        this.clock = clock;
    }

    /** The answer's claims: ISSUER_UNAVAILABLE where none came, ISSUER_ERROR (or the key's own reason) where it cannot be relied on. */
    Outcome<Claims> verify(PlatformReply reply, PlatformStep step, String requestId, String inputHash) {
        return switch (reply) {
            case PlatformReply.Missing(String why) -> Outcome.refused(Reason.ISSUER_UNAVAILABLE, why);
            case PlatformReply.Answered(int status, var mediaType, var body)
            when status >= 500 -> Outcome.refused(Reason.ISSUER_UNAVAILABLE, "status " + status);
            case PlatformReply.Answered(int status, var mediaType, var body)
            when status != 200 -> error("status " + status);
            case PlatformReply.Answered(int status, var mediaType, var body)
            when !mediaType.equals(MEDIA_TYPE) -> error("another media type than " + MEDIA_TYPE);
            case PlatformReply.Answered(int status, var mediaType, var body) ->
                switch (TokenReader.read(body.getBytes(), step.answer(), step.jsonText())) {
                    case Outcome.Refused<Token> malformed -> error("the answer is malformed: " + malformed.why());
                    case Outcome.Passed<Token>(Token token) ->
                        authentic(token).then(claims -> toThis(claims, requestId, inputHash));
                };
        };
    }

    /** The same claims where the platform's own code says that it has answered; the code's reason where it does not. */
    static Outcome<Claims> answered(PlatformStep step, Claims claims) {
        PlatformStep.Codes codes = step.codes();
        Optional<Long> code = claims.integer(codes.claim());
        if (code.isPresent() && code.get() != codes.answered()) {
            return Outcome.refused(
                    codes.refused().getOrDefault(code.get(), Reason.ISSUER_ERROR),
                    "the platform's code is " + code.get());
        }
        return step.requires().stream().allMatch(claims::has)
                ? Outcome.passed(claims)
                : Outcome.refused(Reason.ISSUER_ERROR, "the answer lacks " + String.join(", ", step.requires()));
    }

    private Outcome<Claims> authentic(Token token) {
        if (!token.claims().text(Token.ISSUER).equals(issuer.toString())) {
            return error("iss is not " + issuer);
        }
        return switch (registry.authenticate(new IssuerId(issuer.toString()), token.signed(), clock.instant())) {
            case Authentication.Authenticated authenticated -> Outcome.passed(token.claims());
            case Authentication.Rejected rejected ->
                Outcome.refused(reason(rejected.why()), "the answer's key or signature: " + rejected.why());
        };
    }

    private Outcome<Claims> toThis(Claims claims, String requestId, String inputHash) {
        Instant now = clock.instant();
        Instant issuedAt = claims.time(Token.ISSUED_AT).orElseThrow();
        if (issuedAt.isAfter(now.plus(AGREE)) || issuedAt.isBefore(now.minus(AGREE))) {
            return signedError("iat is more than a minute away");
        }
        if (!now.isBefore(claims.time(Token.EXPIRES).orElseThrow())) {
            return signedError("the answer is over");
        }
        if (!claims.text("requestId").equals(requestId)) {
            return signedError("an answer to another request");
        }
        return claims.text("inputHash").equals(inputHash)
                ? Outcome.passed(claims)
                : signedError("an answer about another code");
    }

    /** What the registry holds against the issuer or its key is told as it is; an answer that nobody proves to have signed is an error. */
    private static Reason reason(Rejection rejection) {
        return switch (rejection) {
            case ISSUER_SUSPENDED, NOT_DELEGATED -> Reason.ISSUER_SUSPENDED;
            case KEY_REVOKED, KEY_SUSPENDED -> Reason.KEY_REVOKED;
            case KEY_NOT_VALID_YET -> Reason.KEY_NOT_VALID_YET;
            case KEY_RETIRED -> Reason.KEY_RETIRED;
            case UNKNOWN_ISSUER, UNKNOWN_KEY, WRONG_ALGORITHM, BAD_SIGNATURE -> Reason.ISSUER_ERROR;
        };
    }

    private static <T> Outcome<T> error(String why) {
        return Outcome.refused(Reason.ISSUER_ERROR, why);
    }

    private Outcome<Claims> signedError(String why) {
        return new Outcome.Refused<>(Reason.ISSUER_ERROR, why, issuer);
    }
}
