package dev.hutong.province;

import dev.hutong.mapping.IssuerName;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.format.Claims;
import dev.hutong.mapping.format.FormatPackage;
import dev.hutong.mapping.format.SignedClaims;
import dev.hutong.registry.Authentication;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.RegistrySnapshot;
import dev.hutong.registry.Rejection;
import java.time.Duration;
import java.time.Instant;

/** Proves that a signed text is its format's issuer's, and that its own time has come and not passed. */
public final class TokenAuthenticator {
    /** How far two clocks may differ: an {@code iat} may lie this far ahead, and a code ends this long after its {@code exp}. */
    static final Duration SKEW = Duration.ofSeconds(60);

    /**
     * @param registry the snapshot that says whose key it is
     * @param now the instant of the decision
     */
    public Outcome<SignedClaims> authenticate(OpenedCode.SignedText code, RegistrySnapshot registry, Instant now) {
        IssuerName issuer = code.format().issuer();
        Claims claims = code.token().claims();
        if (!claims.text(Token.ISSUER).equals(issuer.toString())) {
            return Outcome.refused(Reason.UNKNOWN_ISSUER, "iss is not " + issuer);
        }
        return switch (registry.authenticate(
                new IssuerId(issuer.toString()), code.token().signed(), now)) {
            case Authentication.Rejected rejected -> Outcome.refused(reason(rejected.why()), "by the registry");
            case Authentication.Authenticated authenticated -> inItsTime(code.format(), claims, now);
        };
    }

    private static Outcome<SignedClaims> inItsTime(FormatPackage format, Claims claims, Instant now) {
        if (claims.time(Token.ISSUED_AT).orElseThrow().isAfter(now.plus(SKEW))) {
            return new Outcome.Refused<>(
                    Reason.CODE_NOT_VALID_YET, "iat lies more than a minute ahead", format.issuer());
        }
        Instant ends = claims.time(Token.EXPIRES).orElseThrow().plus(SKEW);
        return now.isBefore(ends)
                ? Outcome.passed(new SignedClaims(format, claims, ends))
                : new Outcome.Refused<>(Reason.EXPIRED_CODE, "over since " + ends, format.issuer());
    }

    private static Reason reason(Rejection rejection) {
        return switch (rejection) {
            case UNKNOWN_ISSUER -> Reason.UNKNOWN_ISSUER;
            case ISSUER_SUSPENDED, NOT_DELEGATED -> Reason.ISSUER_SUSPENDED;
            case UNKNOWN_KEY -> Reason.UNKNOWN_KEY;
            case WRONG_ALGORITHM -> Reason.MALFORMED_CODE;
            case KEY_REVOKED, KEY_SUSPENDED -> Reason.KEY_REVOKED;
            case KEY_NOT_VALID_YET -> Reason.KEY_NOT_VALID_YET;
            case KEY_RETIRED -> Reason.KEY_RETIRED;
            case BAD_SIGNATURE -> Reason.BAD_SIGNATURE;
        };
    }
}
