package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.conformance.jose.Algorithm;
import dev.hutong.conformance.jose.SigningKey;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.KeyId;
import dev.hutong.registry.RegistryEvent.IssuerRegistered;
import dev.hutong.registry.RegistryEvent.IssuerResumed;
import dev.hutong.registry.RegistryEvent.IssuerSuspended;
import dev.hutong.registry.RegistryEvent.KeyActivated;
import dev.hutong.registry.RegistryEvent.KeyRevoked;
import dev.hutong.registry.RevocationReason;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who was trusted then? */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PointInTimeIT {
    private static final IssuerId ISSUER = new IssuerId("440000.yuekangma");
    private static final Instant JOINED = Instant.parse("2026-01-01T00:00:00Z");
    private static final SigningKey KEY = SigningKey.generate(Algorithm.ES256);

    private final MovableClock clock = new MovableClock(Instant.parse("2026-01-10T00:00:00Z"));
    private TestHub hub;

    private static Instant day(int day) {
        return JOINED.plusSeconds(86_400L * (day - 1));
    }

    @BeforeAll
    void start(@TempDir Path data) {
        TestHub.append(
                data,
                clock,
                List.of(
                        new IssuerRegistered(JOINED, ISSUER, "粤康码", Optional.empty()),
                        new KeyActivated(
                                day(2),
                                ISSUER,
                                TestHub.publicKey(KEY.publicJwk()),
                                Optional.of(day(3)),
                                Optional.empty(),
                                "test"),
                        new IssuerSuspended(day(4), ISSUER, "key ceremony not witnessed"),
                        new IssuerResumed(day(5), ISSUER),
                        new KeyRevoked(day(6), ISSUER, new KeyId(KEY.kid()), RevocationReason.COMPROMISED, day(1))));
        hub = TestHub.start(TestHub.config(data), clock);
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    private JsonNode issuerAt(String at) {
        return hub.verifier()
                .get("/v1/issuers/" + ISSUER + (at.isEmpty() ? "" : "?at=" + at))
                .json();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01T00:00:00Z,REGISTERED,",
        "2026-01-02T00:00:00Z,REGISTERED,PRE_PUBLISHED",
        "2026-01-03T00:00:00Z,REGISTERED,ACTIVE",
        "2026-01-03T23:59:59.999999999Z,REGISTERED,ACTIVE",
        "2026-01-04T00:00:00Z,SUSPENDED,ACTIVE",
        "2026-01-05T00:00:00Z,REGISTERED,ACTIVE",
        "2026-01-05T23:59:59Z,REGISTERED,ACTIVE",
        "2026-01-06T00:00:00Z,REGISTERED,REVOKED",
        "2026-01-10T00:00:00Z,REGISTERED,REVOKED",
        "2026-01-04T08:00:00%2B08:00,SUSPENDED,ACTIVE",
        "'',REGISTERED,REVOKED"
    })
    void anIssuerAndItsKeysAreAsTheRegistryKnewThemThen(String at, String status, String state) {
        JsonNode issuer = issuerAt(at).get("issuer");

        assertThat(issuer.get("status").textValue()).isEqualTo(status);
        assertThat(issuer.at("/keys/0/state").textValue()).isEqualTo(state);
        JsonNode all = hub.verifier()
                .get("/v1/issuers" + (at.isEmpty() ? "" : "?at=" + at))
                .json();
        assertThat(all.at("/issuers/0")).isEqualTo(issuer);
        assertThat(all.get("at")).isEqualTo(issuerAt(at).get("at"));
    }

    @Test
    void theReasonAndTheEntryAreTold() {
        JsonNode then = issuerAt("2026-01-04T12:00:00Z").get("issuer");
        assertThat(then.get("reason").textValue()).isEqualTo("key ceremony not witnessed");
        assertThat(then.get("entry").intValue()).isEqualTo(2);
        assertThat(then.get("since").textValue()).isEqualTo("2026-01-04T00:00:00Z");
        assertThat(then.at("/keys/0/revocation").isNull()).isTrue();
        JsonNode now = issuerAt("").at("/issuer/keys/0");
        assertThat(now.at("/revocation/reason").textValue()).isEqualTo("COMPROMISED");
        assertThat(now.get("entry").intValue()).isEqualTo(4);
    }

    @Test
    void nobodyWasThereBefore() {
        String before = "?at=2025-12-31T23:59:59Z";
        assertThat(hub.verifier().get("/v1/issuers" + before).json().get("issuers"))
                .isEmpty();
        assertThat(hub.verifier().get("/v1/issuers/" + ISSUER + before).status())
                .isEqualTo(404);
        assertThat(hub.verifier()
                        .get("/v1/issuers/" + ISSUER + "/jwks.json" + before)
                        .status())
                .isEqualTo(404);
        assertThat(hub.verifier().get("/v1/issuers/330100.hangzhou").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01T00:00:00Z, false", // not published
        "2026-01-02T23:59:59.999999999Z, false", // signs not yet
        "2026-01-03T00:00:00Z, true",
        "2026-01-03T23:59:59.999999999Z, true",
        "2026-01-04T00:00:00Z, false", // its issuer is suspended
        "2026-01-04T23:59:59.999999999Z, false",
        "2026-01-05T00:00:00Z, true",
        "2026-01-05T23:59:59.999999999Z, true",
        "2026-01-06T00:00:00Z, false", // known to be compromised
        "2026-01-10T00:00:00Z, false"
    })
    void theSetHoldsTheKeyWhileWhatItSignedWasGood(String at, boolean held) {
        JsonNode set = hub.verifier()
                .get("/v1/issuers/" + ISSUER + "/jwks.json?at=" + at)
                .json();
        assertThat(set.get("keys").findValuesAsText("kid")).isEqualTo(held ? List.of(KEY.kid()) : List.of());
        assertThat(set.get("at").textValue()).isEqualTo(Instant.parse(at).toString());
    }

    @Test
    void theSetOfNowIsThatOfTheLastInstant() {
        JsonNode set =
                hub.verifier().get("/v1/issuers/" + ISSUER + "/jwks.json").json();
        assertThat(set.get("keys")).isEmpty();
        assertThat(set.has("at")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2026-01-05",
                "2026-01-05T08:00:00",
                "2026-02-30T08:00:00Z",
                "1767600000",
                "2026-01-10T00:00:01Z",
                "2026-01-05T08:00:00Z&at=2026-01-05T08:00:00Z"
            })
    void anInstantThatCannotBeAnsweredIsRefusedWithWhatToWrite(String at) {
        for (String path : List.of("/v1/issuers", "/v1/issuers/" + ISSUER, "/v1/issuers/" + ISSUER + "/jwks.json")) {
            Exchange exchange = hub.verifier().get(path + "?at=" + at);
            assertThat(exchange.problem()).isEqualTo("invalid-request");
            assertThat(exchange.json().get("detail").textValue()).contains("«at»", "write");
        }
    }
}
