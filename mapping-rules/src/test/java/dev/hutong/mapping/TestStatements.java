package dev.hutong.mapping;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Statements for tests, each as one issuer would have asserted it. */
public record TestStatements(
        Risk asserted,
        @Nullable Reason reason,
        Set<Qualifier> qualifiers,
        @Nullable String cause,
        @Nullable Instant validUntil,
        List<Evidence> evidence) {
    /** When a statement of these ends, unless it says otherwise. */
    public static final Instant END = Instant.parse("2026-01-06T08:00:00Z");

    /** When these are judged. */
    public static final Instant NOW = Instant.parse("2026-01-05T08:00:00Z");

    public static final Bilingual MEANING = new Bilingual("示例", "an example");
    private static final IssuerName ISSUER = new IssuerName(new RegionCode("330100"), new FormatId("example"));

    public static TestStatements green() {
        return of(Risk.LOW);
    }

    public static TestStatements yellow() {
        return of(Risk.MEDIUM);
    }

    public static TestStatements red() {
        return of(Risk.HIGH);
    }

    /** A yellow that only a temperature is the ground of. */
    public static TestStatements feverish() {
        return yellow().with(Qualifier.TEMPERATURE_ONLY);
    }

    public static TestStatements unmapped() {
        return new TestStatements(Risk.UNKNOWN, Reason.UNMAPPED_STATUS, Set.of(), null, null, List.of());
    }

    private static TestStatements of(Risk risk) {
        return new TestStatements(risk, null, Set.of(), null, END, List.of());
    }

    public TestStatements with(Qualifier... more) {
        return new TestStatements(asserted, reason, Set.of(more), cause, validUntil, evidence);
    }

    public TestStatements because(String cause) {
        return new TestStatements(asserted, reason, qualifiers, cause, validUntil, evidence);
    }

    public TestStatements until(@Nullable Instant end) {
        return new TestStatements(asserted, reason, qualifiers, cause, end, evidence);
    }

    public TestStatements withPcr(String result) {
        return new TestStatements(
                asserted, reason, qualifiers, cause, validUntil, List.of(new Evidence(Evidence.PCR, result, null)));
    }

    /** The same, over for this reason. */
    public TestStatements over(Reason reason) {
        return new TestStatements(asserted, reason, qualifiers, cause, validUntil, evidence);
    }

    public TestStatements expired() {
        return over(Reason.EXPIRED_STATEMENT);
    }

    public Statement make() {
        return new Statement(
                ISSUER,
                ISSUER.region(),
                null,
                "a state",
                asserted,
                reason,
                qualifiers,
                cause,
                null,
                validUntil,
                evidence,
                "example@1.0.0#rule",
                MEANING,
                null,
                false);
    }
}
