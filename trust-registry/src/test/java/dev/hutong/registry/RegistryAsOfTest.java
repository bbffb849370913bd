package dev.hutong.registry;

import static dev.hutong.registry.FoundedRegistry.ANNA;
import static dev.hutong.registry.FoundedRegistry.FIRST_KEY;
import static dev.hutong.registry.FoundedRegistry.ISSUER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.registry.jose.Keys;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.proposal.Action.Delegate;
import dev.hutong.registry.proposal.Action.RegisterIssuer;
import dev.hutong.registry.proposal.Action.RevokeKey;
import dev.hutong.registry.proposal.Action.SuspendIssuer;
import dev.hutong.registry.proposal.Delegation;
import dev.hutong.registry.proposal.KeyOffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who was trusted then, as it was known then. */
class RegistryAsOfTest {
    private static final IssuerId CHILD = new IssuerId("440100.suikangma");
    private static final PrivateJwk CHILD_KEY = Keys.generated(SignatureAlgorithm.ES256, 940);

    private final FoundedRegistry founded = FoundedRegistry.withIssuer();

    private RegistryAsOf asOf(Instant instant) {
        return founded.registry.snapshot().asOf(instant);
    }

    @Test
    void beforeItJoinedAnIssuerIsUnknown() {
        assertThat(asOf(Fixtures.NOW.minusMillis(1)).standing(ISSUER)).contains(Rejection.UNKNOWN_ISSUER);
        assertThat(asOf(Fixtures.NOW.minusMillis(1)).signingKeys(ISSUER)).isEmpty();
        assertThat(asOf(Fixtures.NOW).standing(ISSUER)).isEmpty();
        assertThat(asOf(Fixtures.NOW).signingKeys(ISSUER)).hasSize(1);
    }

    @Test
    void aRevocationIsKnownFromTheInstantItIsInTheLogWhateverItsCutOff() {
        founded.pass(Duration.ofDays(1));
        founded.enact(
                new RevokeKey(ISSUER, Fixtures.idOf(FIRST_KEY), RevocationReason.COMPROMISED, Fixtures.NOW, false),
                ANNA);
        assertThat(asOf(founded.now.minusMillis(1)).signingKeys(ISSUER)).hasSize(1);
        assertThat(asOf(founded.now).signingKeys(ISSUER)).isEmpty();
    }

    @Test
    void whatIsDoneToAParentReachesThoseBelowFromThenOn() {
        founded.enact(new Delegate(ISSUER, Optional.of(delegation(SignatureAlgorithm.ES256))), FIRST_KEY);
        founded.enact(
                new RegisterIssuer(
                        CHILD,
                        "child",
                        Optional.empty(),
                        Optional.of(ISSUER),
                        Optional.of(KeyOffer.unbounded(CHILD_KEY.publicJwk()))),
                CHILD_KEY,
                FIRST_KEY);
        Instant joined = founded.now;
        founded.pass(Duration.ofDays(1));
        founded.enact(new Delegate(ISSUER, Optional.of(delegation(SignatureAlgorithm.SM2))), FIRST_KEY);
        Instant narrowed = founded.now;
        founded.pass(Duration.ofDays(1));
        founded.enact(new SuspendIssuer(ISSUER), FIRST_KEY);

        assertThat(asOf(joined).isAbove(ISSUER, CHILD)).isTrue();
        assertThat(asOf(joined).isAbove(CHILD, ISSUER)).isFalse();
        assertThat(asOf(joined.minusMillis(1)).isAbove(ISSUER, CHILD)).isFalse();
        assertThat(asOf(joined).signingKeys(CHILD)).hasSize(1);
        assertThat(asOf(narrowed).signingKeys(CHILD)).isEmpty();
        assertThat(asOf(founded.now.minusMillis(1)).standing(CHILD)).isEmpty();
        assertThat(asOf(founded.now).standing(CHILD)).contains(Rejection.ISSUER_SUSPENDED);
        assertThat(asOf(founded.now.minusMillis(1)).signingKeys(ISSUER)).hasSize(1);
        assertThat(asOf(founded.now).signingKeys(ISSUER)).isEmpty();
    }

    private static Delegation delegation(SignatureAlgorithm algorithm) {
        return new Delegation("44", Set.of("suikangma"), Set.of(algorithm), 1, Optional.empty());
    }
}
