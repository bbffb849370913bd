package dev.hutong.registry;

import static dev.hutong.registry.Fixtures.idOf;
import static dev.hutong.registry.FoundedRegistry.ANNA;
import static dev.hutong.registry.FoundedRegistry.FIRST_KEY;
import static dev.hutong.registry.FoundedRegistry.ISSUER;
import static dev.hutong.registry.FoundedRegistry.addition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.registry.IssuerStanding.Status;
import dev.hutong.registry.jose.Keys;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.proposal.Action.RevokeKey;
import dev.hutong.registry.proposal.Action.SuspendIssuer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final PrivateJwk NEW_KEY = Keys.generated(SignatureAlgorithm.EDDSA, 990);

    private final FoundedRegistry founded = FoundedRegistry.withIssuer();

    @Test
    void anIssuerIsShownAsItWasKnownAtAnInstantThatInstantIncluded() {
        Instant registered = founded.now;
        founded.pass(Duration.ofDays(1));
        Instant rotated = founded.now;
        founded.enact(addition(NEW_KEY), NEW_KEY, FIRST_KEY);
        founded.pass(Duration.ofDays(1));
        Instant suspended = founded.now;
        founded.enact(new SuspendIssuer(ISSUER), ANNA);

        assertThat(asOf(rotated.minusNanos(1)).keys()).hasSize(1);
        assertThat(asOf(rotated).keys()).hasSize(2);
        assertThat(asOf(suspended.minusNanos(1)).status()).isEqualTo(Status.REGISTERED);
        assertThat(asOf(suspended).status()).isEqualTo(Status.SUSPENDED);
        assertThat(asOf(suspended).registeredAt()).isEqualTo(registered);
        assertThat(founded.registry.snapshot().issuersAsOf(rotated)).containsExactly(asOf(rotated));
        assertThat(founded.registry.snapshot().issuersAsOf(registered.minusNanos(1)))
                .isEmpty();
        assertThat(founded.registry.snapshot().issuerAsOf(ISSUER, registered.minusNanos(1)))
                .isEmpty();
        assertThat(founded.registry.snapshot().issuerAsOf(Fixtures.HANGZHOU, suspended))
                .isEmpty();
    }

    @Test
    void whatWasLearnedLaterIsNotInWhatWasKnownThen() {
        Instant before = founded.now;
        founded.pass(Duration.ofDays(1));
        founded.enact(
                new RevokeKey(
                        ISSUER, idOf(FIRST_KEY), RevocationReason.CEASED, before.minus(Duration.ofDays(9)), false),
                ANNA);
        assertThat(asOf(before).keys()).singleElement().satisfies(key -> {
            assertThat(key.revocation()).isEmpty();
            assertThat(key.stateAt(before)).isEqualTo(KeyState.ACTIVE);
        });
        assertThat(asOf(founded.now).keys())
                .singleElement()
                .satisfies(key -> assertThat(key.stateAt(before)).isEqualTo(KeyState.REVOKED));
    }

    private RegisteredIssuer asOf(Instant instant) {
        return founded.registry.snapshot().issuerAsOf(ISSUER, instant).orElseThrow();
    }
}
