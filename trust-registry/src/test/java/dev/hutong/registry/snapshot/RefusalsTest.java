package dev.hutong.registry.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.registry.GovernedRegistry;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.KeyId;
import dev.hutong.registry.RevocationReason;
import dev.hutong.registry.jose.Keys;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.proposal.Action;
import dev.hutong.registry.proposal.Action.Delegate;
import dev.hutong.registry.proposal.Action.ResumeIssuer;
import dev.hutong.registry.proposal.Action.RevokeKey;
import dev.hutong.registry.proposal.Action.SuspendIssuer;
import dev.hutong.registry.proposal.Action.SuspendKey;
import dev.hutong.registry.proposal.Action.WithdrawIssuer;
import dev.hutong.registry.proposal.Delegation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a snapshot says about whoever is not good: a province, its city, and the city's county, each with a key. */
class RefusalsTest {
    private static final IssuerId PROVINCE = new IssuerId("440000.yuekangma");
    private static final IssuerId CITY = new IssuerId("440100.citycode");
    private static final IssuerId COUNTY = new IssuerId("440103.citycode");
    private static final PrivateJwk PROVINCE_KEY = Keys.generated(SignatureAlgorithm.ES256, 940);
    private static final PrivateJwk CITY_KEY = Keys.generated(SignatureAlgorithm.ES256, 941);
    private static final PrivateJwk COUNTY_KEY = Keys.generated(SignatureAlgorithm.EDDSA, 942);
    private static final Set<SignatureAlgorithm> BOTH = Set.of(SignatureAlgorithm.ES256, SignatureAlgorithm.EDDSA);
    private static final Instant UNTIL = GovernedRegistry.BEGINNING.plus(Duration.ofDays(30));

    private final GovernedRegistry governed = new GovernedRegistry();

    @BeforeEach
    void family() {
        governed.register(PROVINCE, PROVINCE_KEY);
        delegate(PROVINCE, "44", 2, BOTH, Optional.of(UNTIL));
        governed.registerUnder(PROVINCE, CITY, CITY_KEY, PROVINCE_KEY);
        delegate(CITY, "4401", 1, BOTH, Optional.empty());
        governed.registerUnder(CITY, COUNTY, COUNTY_KEY, CITY_KEY);
    }

    private void delegate(
            IssuerId issuer, String prefix, int depth, Set<SignatureAlgorithm> algorithms, Optional<Instant> until) {
        governed.enact(new Delegate(
                issuer, Optional.of(new Delegation(prefix, Set.of("citycode"), algorithms, depth, until))));
    }

    private List<String> refused() {
        return refusedAt(governed.now());
    }

    private List<String> refusedAt(Instant at) {
        return Refusals.among(governed.registry().snapshot().issuers(), at).stream()
                .map(refusal -> (refusal.key().isPresent() ? "key of " : "") + refusal.issuer() + " " + refusal.ground()
                        + ": " + refusal.reason())
                .toList();
    }

    private static KeyId idOf(PrivateJwk key) {
        return KeyId.of(key.publicJwk());
    }

    private void assertRefused(String... expected) {
        assertThat(refused())
                .usingElementComparator((actual, beginning) -> actual.startsWith(beginning) ? 0 : 1)
                .containsExactly(expected);
    }

    @Test
    void nobodyIsRefusedWhileAllAnswerForThoseBelow() {
        assertThat(refused()).isEmpty();
    }

    @Test
    void aSuspendedProvinceTakesAllBelowWithItUntilItIsBack() {
        governed.enact(new SuspendIssuer(PROVINCE));
        assertRefused(
                "440000.yuekangma ISSUER_SUSPENDED: suspended since 20",
                "key of 440000.yuekangma ISSUER_SUSPENDED: its issuer: suspended since 20",
                "440100.citycode ISSUER_SUSPENDED: 440000.yuekangma, above it, is suspended since 20",
                "key of 440100.citycode ISSUER_SUSPENDED: its issuer: 440000.yuekangma, above it, is suspended",
                "440103.citycode ISSUER_SUSPENDED: 440000.yuekangma, above it, is suspended since 20",
                "key of 440103.citycode ISSUER_SUSPENDED: its issuer: 440000.yuekangma, above it, is suspended");
        governed.enact(new ResumeIssuer(PROVINCE));
        assertThat(refused()).isEmpty();
    }

    @Test
    void aWithdrawnProvinceAnswersForNobodyBelow() {
        governed.enact(new WithdrawIssuer(PROVINCE));
        assertThat(refused())
                .anyMatch(line -> line.startsWith("440000.yuekangma ISSUER_WITHDRAWN: withdrawn since 20"))
                .contains(
                        "440100.citycode NOT_DELEGATED: 440000.yuekangma, above it, is there no longer",
                        "key of 440103.citycode NOT_DELEGATED: its issuer: 440000.yuekangma, above it, is there no longer");
    }

    @Test
    void aCityWithoutItsDelegationLosesItsCountyAndNotItself() {
        governed.enact(new Delegate(CITY, Optional.empty()));
        assertRefused(
                "440103.citycode NOT_DELEGATED: 440100.citycode, above it, may answer for nobody",
                "key of 440103.citycode NOT_DELEGATED: its issuer: 440100.citycode, above it, may answer for nobody");
    }

    @Test
    void aDelegationEndsAtItsInstantForAllBelow() {
        assertThat(refusedAt(UNTIL.minusNanos(1))).isEmpty();
        assertThat(refusedAt(UNTIL))
                .contains("440100.citycode NOT_DELEGATED: 440000.yuekangma, above it, may answer for nobody since "
                        + UNTIL)
                .contains("440103.citycode NOT_DELEGATED: 440000.yuekangma, above it, may answer for nobody since "
                        + UNTIL);
    }

    @Test
    void howDeepADelegationReachesIsCountedFromTheProvince() {
        delegate(PROVINCE, "44", 1, BOTH, Optional.of(UNTIL));
        assertRefused(
                "440103.citycode NOT_DELEGATED: 440000.yuekangma, above it, may answer for 1 level(s) below it and no more",
                "key of 440103.citycode NOT_DELEGATED: its issuer: 440000.yuekangma");
    }

    @Test
    void anAlgorithmThatIsDelegatedNoLongerRefusesTheKeyAndNotItsIssuer() {
        delegate(PROVINCE, "44", 2, Set.of(SignatureAlgorithm.EDDSA), Optional.of(UNTIL));
        assertThat(refused())
                .containsExactly(
                        "key of 440100.citycode NOT_DELEGATED: its issuer: 440000.yuekangma, above it, may answer for keys of EdDSA only");
        delegate(PROVINCE, "44", 2, Set.of(SignatureAlgorithm.ES256), Optional.of(UNTIL));
        assertThat(refused())
                .containsExactly(
                        "key of 440103.citycode NOT_DELEGATED: its issuer: 440000.yuekangma, above it, may answer for keys of ES256 only");
        delegate(PROVINCE, "44", 2, BOTH, Optional.of(UNTIL));
        governed.enact(new Delegate(CITY, Optional.empty()));
        assertThat(refused()).noneMatch(line -> line.contains("may answer for keys of"));
    }

    @Test
    void aKeySaysWhatHappenedToIt() {
        governed.enact(new SuspendKey(CITY, idOf(CITY_KEY)));
        assertRefused("key of 440100.citycode KEY_SUSPENDED: suspended since 20");
        governed.enact(new Action.ResumeKey(CITY, idOf(CITY_KEY)));
        Instant cutOff = governed.now();
        governed.enact(new RevokeKey(CITY, idOf(CITY_KEY), RevocationReason.SUPERSEDED, cutOff, false));
        assertRefused(
                "key of 440100.citycode KEY_REVOKED: superseded, what it signed before " + cutOff + " stays good: ");
        governed.enact(new RevokeKey(COUNTY, idOf(COUNTY_KEY), RevocationReason.COMPROMISED, cutOff, false));
        assertThat(refused())
                .anyMatch(
                        line -> line.startsWith(
                                "key of 440103.citycode KEY_REVOKED: compromised, nothing under it is good, whenever it says it was signed: "));
    }
}
