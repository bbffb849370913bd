package dev.hutong.mapping.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.mapping.Evidence;
import dev.hutong.mapping.Qualifier;
import dev.hutong.mapping.Risk;
import dev.hutong.mapping.Statement;
import dev.hutong.mapping.TestStatements;
import dev.hutong.mapping.format.FormatPackage;
import dev.hutong.mapping.policy.Presented;
import dev.hutong.mapping.translate.WrittenCode.Judged;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What holds of every translation, whatever was decided: statuses that no single format of today can say are among them. */
class TranslationPropertiesTest {
    private static final Instant NOW = Instant.parse("2026-01-05T08:00:00.250Z");

    private static final List<Target> TARGETS = WrittenCode.VERSIONS.packages().stream()
            .flatMap(format -> Target.newestOf(format).stream())
            .flatMap(newest -> Stream.concat(
                    Stream.of(newest),
                    newest.writing().vocabularies().stream().flatMap(number -> newest.in(number).stream())))
            .distinct()
            .toList();

    @Property(tries = 3_000)
    void noTranslationIsBetterThanWhatWasDecided(
            @ForAll("statements") @Size(min = 1, max = 3) List<Statement> statements,
            @ForAll("targets") Target target) {
        Judged decided = Judged.of(statements);

        if (WrittenCode.translate(decided, target, NOW) instanceof Translation.Written written) {
            WrittenCode.assertNoBetter(WrittenCode.read(written.claims(), target.format(), NOW), decided);
        }
    }

    @Property(tries = 3_000)
    void noRoundTripIsBetterThanWhereItBegan(
            @ForAll("statements") @Size(min = 1, max = 3) List<Statement> statements,
            @ForAll("targets") Target one,
            @ForAll("targets") Target other) {
        Judged decided = Judged.of(statements);
        Optional<Judged> there = onward(decided, one);
        Optional<Judged> andBack = there.flatMap(read -> onward(read, other)).flatMap(read -> onward(read, one));

        andBack.ifPresent(read -> WrittenCode.assertNoBetter(read, decided));
    }

    @Property
    void whatTheVerifiersOwnReadingClearsIsNotClearedForOthers(
            @ForAll("statements") @Size(min = 1, max = 2) List<Statement> statements,
            @ForAll("targets") Target target) {
        Judged measured = new Judged(
                WrittenCode.POLICIES.defaultPolicy().judge(new Presented(statements, "36.5", NOW)), statements);

        if (WrittenCode.translate(measured, target, NOW) instanceof Translation.Written written) {
            Judged read = WrittenCode.read(written.claims(), target.format(), NOW);
            WrittenCode.assertNoBetter(read, Judged.of(statements));
        }
    }

    @Property
    void aRefusalNamesWhatCannotBeSaid(
            @ForAll("statements") @Size(min = 1, max = 2) List<Statement> statements,
            @ForAll("targets") Target target) {
        if (WrittenCode.translate(Judged.of(statements), target, NOW) instanceof Translation.Refused(Loss loss)) {
            assertThat(loss.field()).isIn("risk", "qualifiers", "assertedAt", "validUntil");
            assertThat(loss.why()).isNotBlank();
        }
    }

    private static Optional<Judged> onward(Judged judged, Target target) {
        return WrittenCode.translate(judged, target, NOW) instanceof Translation.Written written
                ? Optional.of(WrittenCode.read(written.claims(), target.format(), NOW))
                : Optional.empty();
    }

    @Provide
    Arbitrary<Target> targets() {
        return Arbitraries.of(TARGETS);
    }

    @Provide
    Arbitrary<List<Statement>> statements() {
        Arbitrary<Set<Qualifier>> qualifiers =
                Arbitraries.of(Qualifier.values()).set().ofMaxSize(2);
        Arbitrary<List<Evidence>> evidence = Arbitraries.of(
                List.of(),
                List.of(new Evidence(Evidence.PCR, "NEGATIVE", NOW.minusSeconds(7_200))),
                List.of(new Evidence(Evidence.PCR, "WAITING", null)),
                List.of(new Evidence(Evidence.TEMPERATURE, "36.5", null)),
                List.of(
                        new Evidence(Evidence.PCR, "NEGATIVE", NOW.minusSeconds(7_200)),
                        new Evidence(Evidence.TEMPERATURE, "36.9", NOW.minusSeconds(60))));
        Arbitrary<List<Evidence>> worse = Arbitraries.of(
                List.of(new Evidence(Evidence.PCR, "POSITIVE", NOW.minusSeconds(7_200))),
                List.of(new Evidence(Evidence.TEMPERATURE, "39.0", NOW.minusSeconds(60))),
                List.of(new Evidence(Evidence.TEMPERATURE, "?", null)));
        return Combinators.combine(
                        Arbitraries.of(Risk.LOW, Risk.MEDIUM, Risk.HIGH),
                        qualifiers,
                        Arbitraries.of("", "", "R1", "R3", "R4", "R9", "Y1"),
                        Arbitraries.oneOf(evidence, worse),
                        evidence,
                        Arbitraries.longs().between(-60, Duration.ofDays(8).toSeconds()),
                        Arbitraries.longs().between(1, Duration.ofDays(8).toMillis()))
                .as((risk, with, cause, any, harmless, age, left) -> statement(
                        risk,
                        with,
                        risk == Risk.LOW || cause.isEmpty() ? null : cause,
                        risk == Risk.LOW ? harmless : any,
                        NOW.minusSeconds(age),
                        NOW.plusMillis(left)))
                .list();
    }

    private static Statement statement(
            Risk risk,
            Set<Qualifier> qualifiers,
            @Nullable String cause,
            List<Evidence> evidence,
            Instant assertedAt,
            Instant validUntil) {
        FormatPackage format = WrittenCode.VERSIONS.packages().getLast();
        return new Statement(
                format.issuer(),
                format.issuer().region(),
                null,
                "a state",
                risk,
                null,
                qualifiers,
                cause,
                assertedAt,
                validUntil,
                evidence,
                format.versioned() + "#rule",
                TestStatements.MEANING,
                null,
                false);
    }
}
