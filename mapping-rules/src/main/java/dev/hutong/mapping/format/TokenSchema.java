package dev.hutong.mapping.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The JWS a format is carried in, or a platform answers with: its {@code typ}, its claims, and what makes it malformed although every
 * claim is well-typed. All of it can be seen without a key.
 */
public final class TokenSchema {
    private record Check(Expressions.Condition when, String why) {}

    private final String typ;
    private final Set<String> algorithms;
    private final ClaimSchema claims;
    private final Map<String, Object> absent;
    private final List<Check> malformed;

    TokenSchema(String where, FormatDocument.Token document) {
        this.typ = document.typ();
        this.algorithms = document.algorithms() == null ? Set.of() : Set.copyOf(document.algorithms());
        this.claims = ClaimSchema.of(document.claims());
        this.absent = claims.absentValues();
        Expressions expressions = new Expressions(claims.scalars(), false);
        List<FormatDocument.Check> checks = document.malformed() == null ? List.of() : document.malformed();
        this.malformed = checks.stream()
                .map(check -> new Check(expressions.condition(where + ".malformed", check.when()), check.why()))
                .toList();
    }

    /** These claims are what the envelope itself rests on: a package without one of them is refused here, not met by a code. */
    TokenSchema requiring(String where, Map<String, ClaimKind> envelope) {
        envelope.forEach((claim, kind) -> {
            if (!claims.requires(claim, kind)) {
                throw new InvalidPackageException(where + ".claims: «" + claim + "» of type "
                        + kind.name().toLowerCase(Locale.ROOT) + " must be among them, and not optional");
            }
        });
        return this;
    }

    /** The exact value of the header's {@code typ}. */
    public String typ() {
        return typ;
    }

    /** Whether the format admits a signature by this algorithm ({@code alg}); the key decides which one it is. */
    public boolean admits(String algorithm) {
        return algorithms.isEmpty() || algorithms.contains(algorithm);
    }

    /** What a rule sees of claims that are missing. */
    Map<String, Object> absentValues() {
        return absent;
    }

    Map<String, ClaimKind> scalars() {
        return claims.scalars();
    }

    Set<String> lists() {
        return claims.lists();
    }

    /** A payload that holds these values by the paths rules know them by. */
    ObjectNode write(Map<String, Object> pathToValue) {
        return claims.write(pathToValue);
    }

    /** Reads a payload; refused as MALFORMED_CODE with what is wrong. */
    public Outcome<Claims> read(JsonNode payload) {
        return claims.read(payload).then(this::check);
    }

    private Outcome<Claims> check(Claims read) {
        Facts facts = new Facts(List.of(read), absent, 0);
        try {
            for (Check check : malformed) {
                if (check.when.holds(facts)) {
                    return Outcome.refused(Reason.MALFORMED_CODE, check.why);
                }
            }
        } catch (ExpressionFailure unevaluable) {
            return Outcome.refused(Reason.MALFORMED_CODE, "a check of the format cannot be evaluated on it");
        }
        return Outcome.passed(read);
    }

    /** What its {@code malformed} checks look at; refused where the payload is not even well-typed. */
    Outcome<Situation> situation(JsonNode payload) {
        return claims.read(payload).then(read -> Outcome.passed(new Situation(new Facts(List.of(read), absent, 0))));
    }
}
