package dev.hutong.mapping.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.hutong.mapping.Evidence;
import dev.hutong.mapping.FormatId;
import dev.hutong.mapping.IssuerName;
import dev.hutong.mapping.Qualifier;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.RegionCode;
import dev.hutong.mapping.Regions;
import dev.hutong.mapping.Risk;
import dev.hutong.mapping.Statement;
import dev.hutong.mapping.TestStatements;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * What holds of every policy that can be written, and of every bundled one, whatever is presented. "Worse" is LOW, UNKNOWN, MEDIUM, HIGH:
 * a verifier who does not know is not let to believe that there is nothing to know.
 */
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
class DemandPropertiesTest {
    private static final Instant NOW = TestStatements.NOW;
    private static final Policies BUNDLED = Policies.bundled(Regions.load());
    private static final List<Risk> WORSENING = List.of(Risk.LOW, Risk.UNKNOWN, Risk.MEDIUM, Risk.HIGH);

    @Property
    void noPolicyMakesAVerdictBetterThanTheDefault(
            @ForAll("policies") Policy policy,
            @ForAll("statements") List<Statement> statements,
            @ForAll("refused") List<Reason> refused,
            @ForAll("readings") @Nullable String reading) {
        Presented presented = new Presented(statements, refused, reading, NOW);
        assertThat(badness(policy.judge(presented)))
                .isGreaterThanOrEqualTo(badness(BUNDLED.defaultPolicy().judge(presented)));
    }

    @Property
    void anotherStatementNeverMakesItBetter(
            @ForAll("policies") Policy policy,
            @ForAll("statements") List<Statement> statements,
            @ForAll("statement") Statement another,
            @ForAll("readings") @Nullable String reading) {
        assumeThat(statements).anyMatch(DemandPropertiesTest::isSomethingToGoBy);
        List<Statement> more = new ArrayList<>(statements);
        more.add(another);
        assertThat(badness(policy.judge(new Presented(more, reading, NOW))))
                .isGreaterThanOrEqualTo(badness(policy.judge(new Presented(statements, reading, NOW))));
    }

    @Property
    void aCodeThatIsRefusedIsNeverGreenAndHidesNothingWorse(
            @ForAll("policies") Policy policy,
            @ForAll("statements") List<Statement> statements,
            @ForAll("reasons") Reason refused,
            @ForAll("readings") @Nullable String reading) {
        Verdict without = policy.judge(new Presented(statements, reading, NOW));
        Verdict with = policy.judge(new Presented(statements, List.of(refused), reading, NOW));
        assertThat(with.risk()).isEqualTo(without.risk() == Risk.LOW ? Risk.UNKNOWN : without.risk());
        if (with.risk() == Risk.UNKNOWN) {
            assertThat(with.reason()).isLessThanOrEqualTo(refused);
        }
    }

    @Property
    void whatIsUnknownByDefaultIsGreenByNoPolicy(
            @ForAll("policies") Policy policy,
            @ForAll("statements") List<Statement> statements,
            @ForAll("readings") @Nullable String reading) {
        Presented presented = new Presented(statements, reading, NOW);
        assumeThat(BUNDLED.defaultPolicy().judge(presented).risk()).isEqualTo(Risk.UNKNOWN);
        assertThat(policy.judge(presented).risk()).isNotEqualTo(Risk.LOW);
    }

    @Property
    void evidenceAloneIsNeverAStatus(
            @ForAll("policies") Policy policy,
            @ForAll("itineraries") List<Statement> itineraries,
            @ForAll("readings") @Nullable String reading) {
        assumeThat(itineraries).isNotEmpty();
        Verdict verdict = policy.judge(new Presented(itineraries, reading, NOW));
        assertThat(verdict.risk()).isEqualTo(Risk.UNKNOWN);
        assertThat(verdict.reason()).isEqualTo(Reason.NOT_CHECKED);
    }

    @Property
    void evidenceBesideAStatusIsIgnoredButForDemands(
            @ForAll("statuses") List<Statement> statuses,
            @ForAll("itineraries") List<Statement> itineraries,
            @ForAll("readings") @Nullable String reading) {
        List<Statement> all = new ArrayList<>(statuses);
        all.addAll(itineraries);
        assertThat(BUNDLED.defaultPolicy().judge(new Presented(all, reading, NOW)))
                .isEqualTo(BUNDLED.defaultPolicy().judge(new Presented(statuses, reading, NOW)));
    }

    /** A green is judged again, with nothing else, one millisecond before it ends: it must not have ended before. */
    @Property
    void aGreenIsGoodUntilItEnds(
            @ForAll("policies") Policy policy,
            @ForAll("greens") List<Statement> statements,
            @ForAll("readings") @Nullable String reading) {
        Verdict verdict = policy.judge(new Presented(statements, reading, NOW));
        assumeThat(verdict.risk()).isEqualTo(Risk.LOW);
        Instant last = Objects.requireNonNull(verdict.validUntil()).minusMillis(1);
        assertThat(policy.judge(new Presented(statements, reading, last)).risk())
                .isEqualTo(Risk.LOW);
    }

    @Provide
    Arbitrary<Policy> policies() {
        Arbitrary<Policy> written = requirement()
                .list()
                .ofMaxSize(2)
                .map(requirements -> TestPolicies.demanding(requirements.toArray(Requirement[]::new)));
        return Arbitraries.oneOf(Arbitraries.of(BUNDLED.all()), written);
    }

    private static Arbitrary<Requirement> requirement() {
        Arbitrary<Set<Qualifier>> qualifiers =
                Arbitraries.of(Qualifier.class).set().ofMinSize(1).ofMaxSize(3);
        return Arbitraries.oneOf(
                qualifiers.map(Requirement.Refuse::new),
                qualifiers.map(Requirement.GreenOnly::new),
                Arbitraries.integers().between(1, 96).map(h -> new Requirement.NegativePcr(Duration.ofHours(h))),
                Arbitraries.of("420000", "330100", "330100.example", "440300")
                        .map(of -> new Requirement.JudgeAs(List.of(new Asserter(of)), Risk.MEDIUM, Risk.HIGH)),
                Arbitraries.of("420000", "330000")
                        .map(of -> new Requirement.JudgeAs(List.of(new Asserter(of)), Risk.LOW, Risk.MEDIUM)),
                Arbitraries.integers()
                        .between(1, 21)
                        .map(days -> new Requirement.NoMark("itinerary", "*", Duration.ofDays(days))));
    }

    @Provide
    Arbitrary<List<Statement>> statements() {
        return statement().list().ofMinSize(1).ofMaxSize(4);
    }

    @Provide
    Arbitrary<List<Statement>> statuses() {
        return status().list().ofMinSize(1).ofMaxSize(4);
    }

    @Provide
    Arbitrary<List<Statement>> greens() {
        return status().filter(one -> one.risk() == Risk.LOW)
                .list()
                .ofMinSize(1)
                .ofMaxSize(2);
    }

    @Provide
    Arbitrary<List<Statement>> itineraries() {
        return itinerary().list().ofMaxSize(2);
    }

    @Provide
    Arbitrary<Statement> statement() {
        return Arbitraries.frequencyOf(Tuple.of(4, status()), Tuple.of(1, itinerary()));
    }

    private static Arbitrary<Statement> status() {
        Arbitrary<Risk> risks = Arbitraries.of(Risk.LOW, Risk.LOW, Risk.LOW, Risk.MEDIUM, Risk.HIGH, Risk.UNKNOWN);
        Arbitrary<Reason> over =
                Arbitraries.of(Reason.EXPIRED_CODE, Reason.EXPIRED_STATEMENT).injectNull(0.7);
        Arbitrary<Set<Qualifier>> qualifiers =
                Arbitraries.of(Qualifier.class).set().ofMaxSize(2);
        Arbitrary<RegionCode> regions = Arbitraries.of("330100", "420100", "440000")
                .map(RegionCode::new)
                .injectNull(0.1);
        Arbitrary<List<Evidence>> evidence = Combinators.combine(
                        Arbitraries.of("NEGATIVE", "NEGATIVE", "WAITING"),
                        Arbitraries.integers().between(-2, 100).injectNull(0.1))
                .as((result, hours) ->
                        new Evidence(Evidence.PCR, result, hours == null ? null : NOW.minus(Duration.ofHours(hours))))
                .list()
                .ofMaxSize(2);
        return Combinators.combine(risks, over, qualifiers, regions, evidence)
                .as((risk, reason, qualified, region, observed) -> made(
                        region, risk, risk == Risk.UNKNOWN ? Reason.UNMAPPED_STATUS : reason, qualified, observed));
    }

    private static Arbitrary<Statement> itinerary() {
        return Combinators.combine(
                        Arbitraries.of("310000", "310000*"),
                        Arbitraries.integers().between(0, 25))
                .as((city, days) -> new Evidence("itinerary", city, NOW.minus(Duration.ofDays(days))))
                .list()
                .ofMaxSize(3)
                .map(stays -> made(null, null, Reason.NOT_CHECKED, Set.of(), stays));
    }

    /** @param risk null for evidence that is no status */
    private static Statement made(
            @Nullable RegionCode region,
            @Nullable Risk risk,
            @Nullable Reason reason,
            Set<Qualifier> qualifiers,
            List<Evidence> evidence) {
        Risk asserted = risk == null ? Risk.UNKNOWN : risk;
        return new Statement(
                new IssuerName(new RegionCode("330100"), new FormatId("example")),
                region,
                null,
                null,
                asserted,
                reason,
                qualifiers,
                null,
                null,
                asserted == Risk.UNKNOWN ? null : TestStatements.END,
                evidence,
                "example@1.0.0#rule",
                TestStatements.MEANING,
                null,
                risk == null);
    }

    @Provide
    Arbitrary<Reason> reasons() {
        return Arbitraries.of(Reason.class);
    }

    @Provide
    Arbitrary<List<Reason>> refused() {
        return reasons().list().ofMaxSize(2);
    }

    @Provide
    Arbitrary<String> readings() {
        return Arbitraries.of("33.9", "34.0", "36.5", "37.2", "37.3").injectNull(0.4);
    }

    /** An expired green, or evidence alone, is nothing to go by, so that another statement may give the first answer there is. */
    private static boolean isSomethingToGoBy(Statement statement) {
        boolean expiredGreen = !statement.isValid() && statement.assertedRisk() == Risk.LOW;
        return !expiredGreen && !statement.evidenceOnly();
    }

    private static int badness(Verdict verdict) {
        return WORSENING.indexOf(verdict.risk());
    }
}
