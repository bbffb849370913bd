package dev.hutong.registry.proposal;

import static dev.hutong.registry.proposal.Documents.ED25519;
import static dev.hutong.registry.proposal.Documents.NOW;
import static dev.hutong.registry.proposal.Documents.P256;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.registry.jose.Keys;
import dev.hutong.registry.jose.StrictBase64Url;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class NonceTest {
    private static final Instant START = NOW.minus(Nonce.LIFETIME);
    private static final Instant END = NOW.plus(Nonce.LIFETIME);

    private final NonceIssuer issuer = new NonceIssuer(ED25519);

    @Test
    void aNonceSaysWhenItWasHandedOutAndIsKnownAgain() {
        Nonce nonce = issuer.issue(NOW);
        assertThat(nonce.issuedAt()).isEqualTo(NOW);
        assertThat(Nonce.parse(nonce.text())).contains(nonce);
        assertThat(issuer.issued(nonce)).isTrue();
        assertThat(issuer.issue(NOW)).isNotEqualTo(nonce);
    }

    @Test
    void hubsWithTheSameKeyKnowOneAnothersAndNobodyElses() {
        Nonce nonce = issuer.issue(NOW);
        assertThat(new NonceIssuer(Keys.admittedPrivate(ED25519.toJson().toString())).issued(nonce))
                .isTrue();
        assertThat(new NonceIssuer(P256).issued(nonce)).isFalse();
    }

    @Test
    void aNonceChangedInAnyOctetWasNotIssued() {
        byte[] octets = octets(issuer.issue(NOW));
        assertThat(octets).hasSize(40);
        for (int i = 0; i < octets.length; i++) {
            byte[] changed = octets.clone();
            changed[i] ^= 1;
            Nonce tampered = Nonce.parse(StrictBase64Url.encode(changed))
                    .orElse(new Nonce(StrictBase64Url.encode(changed), NOW));
            assertThat(issuer.issued(tampered)).as("octet " + i).isFalse();
        }
    }

    @Test
    void whatHasAnotherFormIsNoNonceAndWasNotIssued() {
        String text = issuer.issue(NOW).text();
        for (String other : List.of("", "A", "AAAA", text + "AAAA", text.substring(4), text + "=", " " + text)) {
            assertThat(Nonce.parse(other)).isEmpty();
            assertThat(issuer.issued(new Nonce(other, NOW))).isFalse();
        }
    }

    @Test
    void aNonceIsOfTheYears1970To9999() {
        for (long millis : List.of(0L, 253_402_300_799_000L)) {
            assertThat(Nonce.parse(at(millis)).orElseThrow().issuedAt()).isEqualTo(Instant.ofEpochMilli(millis));
        }
        for (long millis : List.of(-1L, Long.MIN_VALUE, 253_402_300_799_001L, Long.MAX_VALUE)) {
            assertThat(Nonce.parse(at(millis))).isEmpty();
        }
    }

    @Test
    void aNonceIsFreshFromALifetimeBeforeItselfToALifetimeAfterExcluded() {
        Nonce nonce = issuer.issue(NOW);
        assertThat(nonce.isFreshAt(START.minusNanos(1))).isFalse();
        assertThat(nonce.isFreshAt(START)).isTrue();
        assertThat(nonce.isFreshAt(NOW)).isTrue();
        assertThat(nonce.isFreshAt(END.minusNanos(1))).isTrue();
        assertThat(nonce.isFreshAt(END)).isFalse();
    }

    private static String at(long millis) {
        return StrictBase64Url.encode(ByteBuffer.allocate(40).putLong(millis).array());
    }

    private static byte[] octets(Nonce nonce) {
        return Objects.requireNonNull(StrictBase64Url.decodeOrNull(nonce.text()));
    }
}
