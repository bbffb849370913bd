package dev.hutong.registry;

import static dev.hutong.registry.FoundedRegistry.ANNA;
import static dev.hutong.registry.FoundedRegistry.CHEN;
import static dev.hutong.registry.FoundedRegistry.FIRST_KEY;
import static dev.hutong.registry.FoundedRegistry.ISSUER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.registry.jose.CompactJwsSigner;
import dev.hutong.registry.jose.Keys;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.lint.LintFinding;
import dev.hutong.registry.lint.LintKind;
import dev.hutong.registry.lint.RegistryLint;
import dev.hutong.registry.proposal.Action.AddKey;
import dev.hutong.registry.proposal.Action.Federate;
import dev.hutong.registry.proposal.Action.RegisterIssuer;
import dev.hutong.registry.proposal.Action.RemoveOperator;
import dev.hutong.registry.proposal.Action.RevokeKey;
import dev.hutong.registry.proposal.Action.SuspendKey;
import dev.hutong.registry.proposal.EntityConfiguration;
import dev.hutong.registry.proposal.EntityId;
import dev.hutong.registry.proposal.KeyOffer;
import dev.hutong.registry.proposal.RegistryRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RegistryLintTest {
    private static final PrivateJwk SECOND = Keys.generated(SignatureAlgorithm.EDDSA, 920);
    private static final PrivateJwk THIRD = Keys.generated(SignatureAlgorithm.SM2, 921);

    /** The end of the first key. */
    private static final Instant END = Fixtures.NOW.plus(Duration.ofDays(365));

    private final FoundedRegistry founded = new FoundedRegistry();

    @Test
    void anOrderlyRegistryHasNothingToLookAfter() {
        registerUntil(END);
        assertThat(lint()).isEmpty();
    }

    @Test
    void aKeyThatEndsWithinThirtyDaysWithoutASuccessorIsExpiring() {
        registerUntil(END);
        founded.now = END.minus(Duration.ofDays(30)).minusNanos(1);
        use();
        assertThat(lint()).isEmpty();
        founded.now = END.minus(Duration.ofDays(30));
        assertThat(lint()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(LintKind.EXPIRING);
            assertThat(finding.subject()).isEqualTo(ISSUER + " " + Fixtures.idOf(FIRST_KEY));
            assertThat(finding.detail()).contains(END.toString());
        });
    }

    @Test
    void aSuccessorIsOneThatSignsWhenTheOldKeyNoLongerDoes() {
        registerUntil(END);
        founded.now = END.minus(Duration.ofDays(20));
        use();
        founded.enact(
                new AddKey(ISSUER, offer(SECOND, END.plusSeconds(1), END.plus(Duration.ofDays(99)))),
                SECOND,
                FIRST_KEY);
        assertThat(kinds()).containsExactly(LintKind.EXPIRING);
        founded.enact(new AddKey(ISSUER, offer(THIRD, END, END.plus(Duration.ofDays(99)))), THIRD, FIRST_KEY);
        assertThat(kinds()).isEmpty();
    }

    @Test
    void aPlannedRevocationIsAnEndToo() {
        registerUntil(END);
        Instant cutOff = END.minus(Duration.ofDays(100));
        founded.enact(
                new RevokeKey(ISSUER, Fixtures.idOf(FIRST_KEY), RevocationReason.SUPERSEDED, cutOff, false), ANNA);
        founded.now = cutOff.minus(Duration.ofDays(30)).minusNanos(1);
        use();
        assertThat(lint()).isEmpty();
        founded.now = cutOff.minus(Duration.ofDays(30));
        assertThat(lint()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(LintKind.EXPIRING);
            assertThat(finding.detail()).contains(cutOff.toString());
        });
    }

    @Test
    void aPlannedRevocationGivesAKeyWithoutAnEndOne() {
        founded.enact(FoundedRegistry.registration(ISSUER, FIRST_KEY), FIRST_KEY);
        founded.enact(new RevokeKey(ISSUER, Fixtures.idOf(FIRST_KEY), RevocationReason.CEASED, END, false), ANNA);
        assertThat(lint()).isEmpty();
    }

    @Test
    void anEntityConfigurationThatEndsWithinThirtyDaysIsExpiring() {
        registerUntil(END);
        Instant ends = Fixtures.NOW.plus(Duration.ofDays(90));
        EntityConfiguration configuration = EntityConfiguration.sign(
                new EntityId("https://hub.example", ISSUER),
                founded.now,
                ends,
                new CompactJwsSigner(SECOND, Fixtures.PROVIDERS));
        founded.enact(new Federate(ISSUER, Optional.of(configuration.text())), FIRST_KEY);
        founded.now = ends.minus(Duration.ofDays(30)).minusNanos(1);
        use();
        assertThat(lint()).isEmpty();
        founded.now = ends.minus(Duration.ofDays(30));
        assertThat(lint()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(LintKind.EXPIRING);
            assertThat(finding.subject()).isEqualTo(ISSUER.value());
            assertThat(finding.detail()).contains("entity configuration", ends.toString());
        });
    }

    @Test
    void anIssuerWithoutAKeyThatMaySignIsKeyless() {
        registerUntil(END);
        founded.enact(new SuspendKey(ISSUER, Fixtures.idOf(FIRST_KEY)), ANNA);
        assertThat(kinds()).containsExactly(LintKind.KEYLESS);
    }

    @Test
    void aKeyWithoutAnEndIsWeak() {
        founded.enact(FoundedRegistry.registration(ISSUER, FIRST_KEY), FIRST_KEY);
        assertThat(kinds()).containsExactly(LintKind.WEAK);
    }

    @Test
    void fewerThanThreeOperatorsAreWeak() {
        registerUntil(END);
        founded.enact(new RemoveOperator(Fixtures.idOf(CHEN)), CHEN);
        assertThat(kinds()).containsExactly(LintKind.WEAK);
    }

    @Test
    void aDevelopmentRegistryIsWeak() {
        Registry registry = Registry.open(new InMemoryRegistryLog(), Fixtures.PROVIDERS, () -> Fixtures.NOW);
        assertThat(RegistryLint.of(registry.snapshot(), Fixtures.NOW, Fixtures.NOW, Optional.empty()))
                .isEmpty();
        registry.append(List.of(Fixtures.registered(ISSUER)));
        assertThat(RegistryLint.of(registry.snapshot(), Fixtures.NOW, Fixtures.NOW, Optional.empty()))
                .extracting(LintFinding::kind)
                .containsExactly(LintKind.WEAK, LintKind.KEYLESS);
        assertThat(RegistryLint.of(registry.snapshot(), Fixtures.NOW, Fixtures.NOW, Optional.empty())
                        .getFirst()
                        .remedy())
                .contains("dual control")
                .doesNotContain("signUntil");
    }

    @Test
    void aKeyThatMaySignAndDidNotForThirtyDaysIsUnused() {
        registerUntil(END);
        founded.pass(RegistryLint.IDLE.minusNanos(1));
        assertThat(kinds()).isEmpty();
        founded.pass(Duration.ofNanos(1));
        assertThat(kinds()).containsExactly(LintKind.UNUSED);
        use();
        assertThat(kinds()).isEmpty();
    }

    @Test
    void aForgedTokenIsNoUse() {
        registerUntil(END);
        founded.pass(RegistryLint.IDLE);
        SignedToken token = Fixtures.token(FIRST_KEY, founded.now);
        founded.registry
                .snapshot()
                .authenticate(
                        ISSUER,
                        new SignedToken(token.kid(), token.alg(), founded.now, token.signingInput(), new byte[64]),
                        founded.now);
        assertThat(kinds()).containsExactly(LintKind.UNUSED);
    }

    @Test
    void moreThanTwoKeysThatSignAtOnceOverlap() {
        registerUntil(END);
        for (PrivateJwk key : List.of(SECOND, THIRD)) {
            founded.enact(
                    new AddKey(
                            ISSUER,
                            new KeyOffer(key.publicJwk(), Optional.empty(), Optional.of(END), Optional.empty())),
                    key,
                    FIRST_KEY);
        }
        assertThat(kinds()).isEmpty();
        founded.pass(RegistryRules.DEFAULT.visibleFor());
        assertThat(kinds()).containsExactly(LintKind.OVERLAPPING);
    }

    @Test
    void aMissedQuorumOfWitnessesIsUnwitnessed() {
        assertThat(RegistryLint.of(founded.registry.snapshot(), founded.now, founded.now, Optional.of(true)))
                .isEmpty();
        assertThat(RegistryLint.of(founded.registry.snapshot(), founded.now, founded.now, Optional.of(false)))
                .extracting(LintFinding::kind)
                .containsExactly(LintKind.UNWITNESSED);
    }

    @Test
    void anUnconfirmedRevocationIsToldAndSaysWhenItIsOverdue() {
        registerUntil(END);
        founded.propose(
                new RevokeKey(ISSUER, Fixtures.idOf(FIRST_KEY), RevocationReason.COMPROMISED, founded.now, true), ANNA);
        assertThat(kinds()).containsExactly(LintKind.UNCONFIRMED, LintKind.KEYLESS);
        assertThat(lint().getFirst().detail()).contains("must confirm it by");
        founded.pass(RegistryRules.DEFAULT.confirmWithin());
        assertThat(lint().getFirst().detail()).contains("should have confirmed it by");
    }

    private void registerUntil(Instant end) {
        founded.enact(
                new RegisterIssuer(
                        ISSUER,
                        "issuer",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new KeyOffer(
                                FIRST_KEY.publicJwk(), Optional.empty(), Optional.of(end), Optional.empty()))),
                FIRST_KEY);
    }

    private static KeyOffer offer(PrivateJwk key, Instant notBefore, Instant signUntil) {
        return new KeyOffer(key.publicJwk(), Optional.of(notBefore), Optional.of(signUntil), Optional.empty());
    }

    /** A code is resolved. */
    private void use() {
        assertThat(founded.authenticate(FIRST_KEY, founded.now)).isInstanceOf(Authentication.Authenticated.class);
    }

    private List<LintFinding> lint() {
        return RegistryLint.of(founded.registry.snapshot(), founded.now, Fixtures.NOW, Optional.empty());
    }

    private List<LintKind> kinds() {
        return lint().stream().map(LintFinding::kind).toList();
    }
}
