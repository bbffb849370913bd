package dev.hutong.mapping.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.hutong.mapping.Evidence;
import dev.hutong.mapping.Qualifier;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.Regions;
import dev.hutong.mapping.Risk;
import dev.hutong.mapping.Statement;
import dev.hutong.mapping.TestStatements;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/**
 * What holds of the default policy whatever statements there are. "Worse" is LOW, UNKNOWN, MEDIUM, HIGH: a verifier who does not know is
 * not let to believe that there is nothing to know.
 */
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE) // every value has an equal chance anyway
class PolicyPropertiesTest {
    private static final Policy POLICY = Policies.bundled(Regions.load()).defaultPolicy();

    /** From the best to the worst. */
    private static final List<Risk> WORSENING = List.of(Risk.LOW, Risk.UNKNOWN, Risk.MEDIUM, Risk.HIGH);

    /**
     * Statements that are all expired greens are no evidence at all, so that another may give the first answer there is. Any other
     * statement is only ever joined by worse.
     */
    @Property
    void anotherStatementNeverImprovesADecision(
            @ForAll("statements") List<Statement> statements,
            @ForAll("statement") Statement another,
            @ForAll("readings") @Nullable String reading) {
        assumeThat(statements).anyMatch(statement -> !isExpiredGreen(statement));
        assertThat(badness(judge(plus(statements, another), reading)))
                .isGreaterThanOrEqualTo(badness(judge(statements, reading)));
    }

    @Property
    void expiredGreensCountForNothing(
            @ForAll("statements") List<Statement> statements,
            @ForAll("expiredGreens") List<Statement> expired,
            @ForAll("readings") @Nullable String reading) {
        Verdict without = judge(statements, reading);
        List<Statement> all = new ArrayList<>(statements);
        all.addAll(expired);
        Verdict with = judge(all, reading);
        assertThat(with.risk()).isEqualTo(without.risk());
        assertThat(with.validUntil()).isEqualTo(without.validUntil());
        assertThat(with.qualifiers()).isEqualTo(without.qualifiers());
    }

    @Property
    void withoutAReadingGreenNeedsAValidGreenAndNothingElevatedOrUnmapped(
            @ForAll("statements") List<Statement> statements) {
        boolean green = statements.stream().anyMatch(Statement::isValid)
                && statements.stream().allMatch(statement -> statement.assertedRisk() == Risk.LOW);
        assertThat(judge(statements, null).risk() == Risk.LOW).isEqualTo(green);
    }

    @Property
    void nothingExpiredIsEverTheGroundOfAGreen(
            @ForAll("statements") List<Statement> statements, @ForAll("readings") @Nullable String reading) {
        assumeThat(statements).noneMatch(Statement::isValid);
        Verdict verdict = judge(statements, reading);
        assertThat(verdict.risk()).isEqualTo(Risk.UNKNOWN);
        assertThat(verdict.reason())
                .isEqualTo(statements.stream()
                        .map(Statement::reason)
                        .filter(Objects::nonNull)
                        .min(Reason::compareTo)
                        .orElseThrow());
    }

    @Property
    void theOrderOfTheStatementsDecidesNothing(
            @ForAll("statements") List<Statement> statements,
            @ForAll Random random,
            @ForAll("readings") @Nullable String reading) {
        List<Statement> shuffled = new ArrayList<>(statements);
        Collections.shuffle(shuffled, random);
        assertThat(judge(shuffled, reading))
                .usingRecursiveComparison()
                .ignoringFields("decisive", "contradictions")
                .isEqualTo(judge(statements, reading));
    }

    @Property
    void aDecisionEndsNoLaterThanAnyValidStatement(
            @ForAll("statements") List<Statement> statements, @ForAll("readings") @Nullable String reading) {
        Verdict verdict = judge(statements, reading);
        assumeThat(verdict.risk()).isNotEqualTo(Risk.UNKNOWN);
        Instant end = Objects.requireNonNull(verdict.validUntil());
        assertThat(statements)
                .filteredOn(Statement::isValid)
                .extracting(Statement::validUntil)
                .allMatch(theirs -> !end.isAfter(Objects.requireNonNull(theirs)))
                .contains(end);
    }

    @Property
    void aDecisionHasAReasonOrAnEndAndNeverBoth(
            @ForAll("statements") List<Statement> statements, @ForAll("readings") @Nullable String reading) {
        Verdict verdict = judge(statements, reading);
        boolean unknown = verdict.risk() == Risk.UNKNOWN;
        assertThat(verdict.reason() != null).isEqualTo(unknown);
        assertThat(verdict.validUntil() == null).isEqualTo(unknown);
    }

    @Property
    void aReadingChangesOnlyWhatRestsOnATemperatureAlone(
            @ForAll("statements") List<Statement> statements, @ForAll("readings") @Nullable String reading) {
        assumeThat(statements)
                .noneMatch(statement -> statement.isValid()
                        && statement.risk() == Risk.MEDIUM
                        && statement.qualifiers().contains(Qualifier.TEMPERATURE_ONLY));
        assertThat(judge(statements, reading)).isEqualTo(judge(statements, null));
    }

    @Property
    void aReadingNeverTakesAwayARedNorMakesAnAnswerOfNone(
            @ForAll("statements") List<Statement> statements, @ForAll("readings") @Nullable String reading) {
        Verdict without = judge(statements, null);
        assumeThat(without.risk()).isNotEqualTo(Risk.MEDIUM);
        assertThat(judge(statements, reading)).isEqualTo(without);
    }

    @Property
    void aReadingClearsATemperatureAndNothingBesideIt(@ForAll("statements") List<Statement> others) {
        Statement feverish = TestStatements.feverish().make();
        Statement instead = TestStatements.green().make();
        Verdict cleared = judge(plus(others, feverish), "36.5");
        Verdict asIfGreen = judge(plus(others, instead), "36.5");
        assertThat(cleared.risk()).isEqualTo(asIfGreen.risk());
        assertThat(cleared.reason()).isEqualTo(asIfGreen.reason());
        assertThat(cleared.qualifiers()).isEqualTo(asIfGreen.qualifiers());
        assertThat(cleared.validUntil()).isEqualTo(asIfGreen.validUntil());
    }

    @Provide
    Arbitrary<List<Statement>> statements() {
        return statement().list().ofMinSize(1).ofMaxSize(5);
    }

    @Provide
    Arbitrary<List<Statement>> expiredGreens() {
        return Arbitraries.just(TestStatements.green().expired().make()).list().ofMaxSize(3);
    }

    @Provide
    Arbitrary<Statement> statement() {
        Arbitrary<Risk> risks = Arbitraries.of(Risk.class);
        Arbitrary<Reason> expiries = Arbitraries.of(
                        Reason.EXPIRED_CODE, Reason.EXPIRED_DECLARATION, Reason.EXPIRED_STATEMENT)
                .injectNull(0.6);
        Arbitrary<Set<Qualifier>> qualifiers =
                Arbitraries.of(Qualifier.class).set().ofMaxSize(3);
        Arbitrary<String> causes = Arbitraries.of("R1", "Z9").injectNull(0.8);
        Arbitrary<Integer> earlier = Arbitraries.integers().between(0, 3);
        Arbitrary<List<Evidence>> evidence = Arbitraries.of("NEGATIVE", "POSITIVE", "WAITING")
                .map(result -> new Evidence(Evidence.PCR, result, null))
                .list()
                .ofMaxSize(1);
        return Combinators.combine(risks, expiries, qualifiers, causes, earlier, evidence)
                .as((risk, expiry, qualified, cause, hours, observed) -> risk == Risk.UNKNOWN
                        ? TestStatements.unmapped().make()
                        : new TestStatements(
                                        risk,
                                        expiry,
                                        new HashSet<>(qualified),
                                        cause,
                                        TestStatements.END.minusSeconds(3600L * hours),
                                        observed)
                                .make());
    }

    @Provide
    Arbitrary<String> readings() {
        return Arbitraries.of("33.9", "34.0", "36.5", "37.2", "37.3", "", "warm")
                .injectNull(0.2);
    }

    private static Verdict judge(List<Statement> statements, @Nullable String reading) {
        return POLICY.judge(new Presented(statements, reading, TestStatements.NOW));
    }

    private static int badness(Verdict verdict) {
        return WORSENING.indexOf(verdict.risk());
    }

    private static boolean isExpiredGreen(Statement statement) {
        return !statement.isValid() && statement.assertedRisk() == Risk.LOW;
    }

    private static List<Statement> plus(List<Statement> statements, Statement another) {
        List<Statement> more = new ArrayList<>(statements);
        more.add(another);
        return more;
    }
}
