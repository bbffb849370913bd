package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.KeyId;
import dev.hutong.registry.RevocationReason;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.jose.StrictJson;
import dev.hutong.registry.proposal.Action.AddKey;
import dev.hutong.registry.proposal.Action.Delegate;
import dev.hutong.registry.proposal.Action.RevokeKey;
import dev.hutong.registry.proposal.Action.SuspendKey;
import dev.hutong.registry.proposal.Action.WithdrawIssuer;
import dev.hutong.registry.proposal.KeyOffer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sets that others read an issuer's keys from, as JWK Set and as metadata of OpenID Federation, hold the same keys: those that sign now. */
class KeySetsIT {
    private static final String HUB = "https://hub.example";
    private static final Instant NOW = Instant.parse("2026-06-01T08:00:00Z");
    private static final IssuerId GUANGDONG = new IssuerId(Codes.GUANGDONG);

    /** Within the time for which a registry may go unconfirmed. */
    private static final Instant END = NOW.plus(Duration.ofMinutes(5));

    private final MovableClock clock = new MovableClock(NOW);
    private final PrivateJwk other = FoundedLog.key(SignatureAlgorithm.ES256);
    private FederatedProvinces provinces;
    private Path data;

    @BeforeEach
    void found(@TempDir Path temporary) {
        data = temporary;
        provinces = new FederatedProvinces(data, HUB, NOW, clock);
    }

    private TestHub hub() {
        provinces.log.write(clock);
        return TestHub.start(TestHub.config(data).withPublicUrl(URI.create(HUB)), clock);
    }

    /** Before the end of another key, and at it. */
    private void assertLeavesTheSetsAtItsEnd() {
        try (TestHub hub = hub()) {
            clock.advance(Duration.between(NOW, END).minusSeconds(1));
            assertSets(hub, kid(provinces.province), kid(provinces.provinceSm2), kid(other));
            assertThat(ends(said(hub).at("/jwks/keys"))).containsExactly(END.getEpochSecond());
            clock.advance(Duration.ofSeconds(1));
            assertSets(hub, kid(provinces.province), kid(provinces.provinceSm2));
            JsonNode historical = said(hub).at("/historical_keys");
            assertThat(historical.findValuesAsText("kid")).containsExactly(kid(provinces.provinceLost), kid(other));
            assertThat(historical.at("/1/exp").longValue()).isEqualTo(END.getEpochSecond());
        }
    }

    @Test
    void aKeyLeavesThemWhenItSignsNoLongerThoughItIsStillVerifiedBy() {
        KeyOffer bounded = new KeyOffer(
                other.publicJwk(), Optional.of(NOW), Optional.of(END), Optional.of(END.plus(Duration.ofDays(1))));
        provinces.log.enact(provinces.suspended, new AddKey(GUANGDONG, bounded), other, provinces.province);
        assertLeavesTheSetsAtItsEnd();
    }

    @Test
    void aKeyLeavesThemAtItsPlannedCutOff() {
        add(provinces.suspended);
        provinces.log.enact(
                NOW,
                new RevokeKey(GUANGDONG, KeyId.of(other.publicJwk()), RevocationReason.SUPERSEDED, END, false),
                provinces.log.anna);
        assertLeavesTheSetsAtItsEnd();
    }

    @Test
    void aKeyThatSignsNotYetIsInNone() {
        add(NOW);
        try (TestHub hub = hub()) {
            assertSets(hub, kid(provinces.province), kid(provinces.provinceSm2));
            assertThat(said(hub).at("/historical_keys").findValuesAsText("kid"))
                    .containsExactly(kid(provinces.provinceLost));
        }
    }

    @Test
    void aSuspendedKeyIsInNone() {
        provinces.log.enact(
                NOW, new SuspendKey(GUANGDONG, KeyId.of(provinces.provinceSm2.publicJwk())), provinces.log.anna);
        try (TestHub hub = hub()) {
            assertSets(hub, kid(provinces.province));
        }
    }

    @Test
    void anIssuerThatLeftOrThatNobodyAnswersForHasAnEmptySetFromThenOn() {
        provinces.log.enact(NOW.minusSeconds(1), new Delegate(GUANGDONG, Optional.empty()), provinces.province);
        provinces.log.enact(NOW, new WithdrawIssuer(GUANGDONG), provinces.log.anna);
        try (TestHub hub = hub()) {
            assertThat(set(hub, Codes.GUANGDONG, "")).isEmpty();
            assertThat(set(hub, Codes.GUANGDONG, "?at=" + NOW)).isEmpty();
            assertThat(set(hub, Codes.GUANGDONG, "?at=" + NOW.minusSeconds(1))).hasSize(2);
            assertThat(set(hub, Codes.GUANGZHOU, "")).isEmpty();
            assertThat(set(hub, Codes.GUANGZHOU, "?at=" + NOW.minusSeconds(1))).isEmpty();
            assertThat(set(hub, Codes.GUANGZHOU, "?at=" + NOW.minusSeconds(2))).containsExactly(kid(provinces.city));
        }
    }

    /** Beside the province's present keys, and so 48 hours before it signs. */
    private void add(Instant at) {
        provinces.log.enact(
                at, new AddKey(GUANGDONG, KeyOffer.unbounded(other.publicJwk())), other, provinces.province);
    }

    private static String kid(PrivateJwk key) {
        return key.publicJwk().kid();
    }

    private static void assertSets(TestHub hub, String... kids) {
        assertThat(set(hub, Codes.GUANGDONG, "")).containsExactlyInAnyOrder(kids);
        JsonNode said = said(hub);
        List<String> federated = said.at("/jwks/keys").findValuesAsText("kid");
        said.at("/jwks_sm2/keys").findValuesAsText("kid", federated);
        assertThat(federated).containsExactlyInAnyOrder(kids);
    }

    private static List<String> set(TestHub hub, String issuer, String query) {
        return hub.verifier()
                .get("/v1/issuers/" + issuer + "/jwks.json" + query)
                .json()
                .get("keys")
                .findValuesAsText("kid");
    }

    private static List<Long> ends(JsonNode keys) {
        return keys.findValues("exp").stream().map(JsonNode::longValue).toList();
    }

    /** The metadata of the province in the hub's statement. */
    private static JsonNode said(TestHub hub) {
        String entity = HUB + "/federation/issuers/" + Codes.GUANGDONG;
        Exchange statement =
                hub.verifier().get("/federation/fetch?sub=" + URLEncoder.encode(entity, StandardCharsets.UTF_8));
        assertThat(statement.status()).as(statement.text()).isEqualTo(200);
        return StrictJson.read(Base64.getUrlDecoder().decode(statement.text().split("\\.", -1)[1]))
                .orElseThrow()
                .at("/metadata/health_code_issuer");
    }
}
