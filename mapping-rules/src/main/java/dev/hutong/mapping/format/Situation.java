package dev.hutong.mapping.format;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a package's expressions look at, for those who ask them one by one: when it is admitted, and when a statement is explained. */
public final class Situation {
    private final Facts facts;

    Situation(Facts facts) {
        this.facts = facts;
    }

    /** What the expressions of {@code statements} look at, for each statement that {@link SignedClaims#map} makes, in the same order. */
    public static List<Situation> ofStatements(SignedClaims signed, Instant now) {
        return signed.format().rules().situations(signed.claims(), now);
    }

    /** What the {@code malformed} checks of the token that carries the status look at; refused where the payload is not well-typed. */
    public static Outcome<Situation> ofToken(FormatPackage format, JsonNode payload) {
        return format.envelope().statementToken().situation(payload);
    }

    /** The claim at {@code path} as text, empty where it is absent. */
    public String text(String path) {
        return facts.text(path);
    }

    /** What is looked at for each entry of a list. */
    public List<Situation> entries(String list) {
        return facts.entries(list).stream()
                .map(entry -> new Situation(facts.of(entry)))
                .toList();
    }

    Facts facts() {
        return facts;
    }

    /** This one, and what came of it. */
    Situation with(Statement statement) {
        Claims.Builder result = new Claims.Builder();
        Instant validUntil = statement.validUntil();
        result.put(Invariants.RISK, statement.risk().name());
        result.put(Invariants.VALID, statement.isValid());
        result.put(Invariants.VALID_UNTIL, validUntil == null ? 0L : validUntil.toEpochMilli());
        List<Claims> first = new ArrayList<>(List.of(result.build()));
        return new Situation(facts.under(first));
    }
}
