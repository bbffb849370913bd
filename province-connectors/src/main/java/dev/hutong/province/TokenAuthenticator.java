package dev.hutong.province;

import dev.hutong.mapping.IssuerName;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.format.Claims;
import dev.hutong.mapping.format.FormatPackage;
import dev.hutong.mapping.format.PackedLayout;
import dev.hutong.mapping.format.SignedClaims;
import dev.hutong.registry.Authentication;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.RegisteredIssuer;
import dev.hutong.registry.RegisteredKey;
import dev.hutong.registry.RegistrySnapshot;
import dev.hutong.registry.Rejection;
import dev.hutong.registry.SignedToken;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Proves that a signed text, or packed bytes, are their format's issuer's, and that their own time has come and not passed. */
public final class TokenAuthenticator {
    /** How far two clocks may differ: an {@code iat} may lie this far ahead, and a code ends this long after its {@code exp}. */
    public static final Duration SKEW = Duration.ofSeconds(60);

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

    /**
     * Proves that packed bytes are their format's issuer's, and that their own time has not passed; what they refer to can then be asked
     * about. They do not say when they were signed, so that a key's times are compared with the present.
     *
     * @param registry the snapshot that says whose key it is
     * @param now the instant of the decision
     */
    public Outcome<OpenedCode.Enquiry> authenticate(OpenedCode.Packed code, RegistrySnapshot registry, Instant now) {
        IssuerName name = code.format().issuer();
        IssuerId issuer = new IssuerId(name.toString());
        PackedLayout.Contents contents = code.contents();
        String kid = registry.issuer(issuer)
                .flatMap(registered -> keyAt(contents.keyPlace(), registered))
                .map(key -> key.id().value())
                .orElse("");
        SignedToken signed =
                new SignedToken(kid, contents.algorithm(), now, contents.signingInput(), contents.signature());
        return switch (registry.authenticate(issuer, signed, now)) {
            case Authentication.Rejected rejected -> Outcome.refused(reason(rejected.why()), "by the registry");
            case Authentication.Authenticated authenticated -> {
                Instant ends = contents.expires().plus(SKEW);
                yield now.isBefore(ends)
                        ? Outcome.passed(new OpenedCode.Enquiry(
                                code.format(), code.platform(), CodeContent.ofText(contents.input()), ends))
                        : new Outcome.Refused<>(Reason.EXPIRED_CODE, "over since " + ends, name);
            }
        };
    }

    /** The key at this place among all that the issuer has published; empty where there is none. */
    private static Optional<RegisteredKey> keyAt(int place, RegisteredIssuer issuer) {
        return place >= 0 && place < issuer.keys().size()
                ? Optional.of(issuer.keys().get(place))
                : Optional.empty();
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
