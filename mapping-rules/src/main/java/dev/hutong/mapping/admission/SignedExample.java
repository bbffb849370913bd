package dev.hutong.mapping.admission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Statement;
import dev.hutong.mapping.format.Claims;
import dev.hutong.mapping.format.Examples;
import dev.hutong.mapping.format.FormatPackage;
import dev.hutong.mapping.format.InvalidPackageException;
import dev.hutong.mapping.format.SignedClaims;
import dev.hutong.mapping.format.Situation;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code map} example, ready to be run.
 *
 * @param name its name
 * @param payload what was signed, in full
 * @param now the instant of the decision
 * @param codeEnds when the code itself is over, or null where it has no end of its own
 * @param gives what is to come of it
 */
record SignedExample(
        String name,
        JsonNode payload,
        Instant now,
        @Nullable Instant codeEnds,
        Examples.Gives gives) {

    /**
     * All of them, in order.
     *
     * @throws InvalidPackageException where one is not well written
     */
    static List<SignedExample> of(Examples examples) {
        List<SignedExample> signed = new ArrayList<>();
        for (Examples.Mapping example : examples.map()) {
            signed.add(of(examples, example));
        }
        return signed;
    }

    private static SignedExample of(Examples examples, Examples.Mapping example) {
        try {
            return new SignedExample(
                    example.name(),
                    examples.payload(example),
                    Instant.parse(example.now()),
                    example.codeEnds() == null ? null : Instant.parse(example.codeEnds()),
                    example.gives());
        } catch (DateTimeException e) {
            throw new InvalidPackageException("map: «" + example.name()
                    + "»: «now» and «codeEnds» are times in UTC, such as 2026-01-05T08:00:00Z");
        } catch (IllegalArgumentException e) {
            throw new InvalidPackageException("map: «" + example.name() + "»: " + e.getMessage());
        }
    }

    Outcome<List<Statement>> mappedBy(FormatPackage format) {
        return mappedBy(format, now);
    }

    Outcome<List<Statement>> mappedBy(FormatPackage format, Instant when) {
        return signedClaims(format).then(signed -> signed.map(when));
    }

    /** What the expressions about statements look at; none where the payload is refused before. */
    List<Situation> situations(FormatPackage format, Instant when) {
        return signedClaims(format) instanceof Outcome.Passed<SignedClaims>(SignedClaims signed)
                ? Situation.ofStatements(signed, when)
                : List.of();
    }

    /** What the checks of the token look at; none where the payload is not well-typed. */
    List<Situation> tokenSituations(FormatPackage format) {
        return Situation.ofToken(format, payload) instanceof Outcome.Passed<Situation>(Situation situation)
                ? List.of(situation)
                : List.of();
    }

    private Outcome<SignedClaims> signedClaims(FormatPackage format) {
        Outcome<Claims> claims = format.envelope().statementToken().read(payload);
        return claims.then(read -> Outcome.passed(new SignedClaims(format, read, codeEnds)));
    }

    SignedExample with(JsonNode otherPayload) {
        return new SignedExample(name, otherPayload, now, codeEnds, gives);
    }
}
