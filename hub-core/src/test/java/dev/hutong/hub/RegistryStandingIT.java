package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.conformance.jose.Algorithm;
import dev.hutong.conformance.jose.SigningKey;
import dev.hutong.conformance.province.MintedCode;
import dev.hutong.conformance.province.ScannedCode;
import dev.hutong.conformance.province.VirtualProvinces;
import dev.hutong.hub.config.HubConfig;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.KeyId;
import dev.hutong.registry.RegistryEvent;
import dev.hutong.registry.RegistryEvent.IssuerResumed;
import dev.hutong.registry.RegistryEvent.IssuerSuspended;
import dev.hutong.registry.RegistryEvent.KeyActivated;
import dev.hutong.registry.RegistryEvent.KeyRevoked;
import dev.hutong.registry.RevocationReason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the registry's log says about issuers and keys decides what their codes are worth; the boundary instants too. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistryStandingIT {
    private static final IssuerId GUANGDONG = new IssuerId(Codes.GUANGDONG);
    private static final IssuerId GUANGZHOU = new IssuerId(Codes.GUANGZHOU);
    private static final IssuerId HANGZHOU = new IssuerId(Codes.HANGZHOU);
    private static final Instant ISSUED = Instant.parse("2026-01-05T08:00:00Z");
    private static final Instant NEXT = ISSUED.plusSeconds(1);

    private final MovableClock clock = new MovableClock(ISSUED.plusSeconds(10));
    private VirtualProvinces provinces;
    private TestHub hub;
    private Map<String, SigningKey> nameToKey = Map.of();

    @BeforeAll
    void start(@TempDir Path data) {
        provinces = VirtualProvinces.startDemo(clock);
        nameToKey = Map.of(
                "begins at iat", SigningKey.generate(Algorithm.ES256),
                "begins after iat", SigningKey.generate(Algorithm.ES256),
                "ends at iat", SigningKey.generate(Algorithm.SM2),
                "ends after iat", SigningKey.generate(Algorithm.EDDSA),
                "superseded at iat", SigningKey.generate(Algorithm.ES256),
                "superseded after iat", SigningKey.generate(Algorithm.ES256),
                "ceased after iat", SigningKey.generate(Algorithm.ES256),
                "compromised after iat", SigningKey.generate(Algorithm.ES256));
        List<RegistryEvent> events = new ArrayList<>(TestHub.registrationOf(provinces, ISSUED));
        events.add(key("begins at iat", Optional.of(ISSUED), Optional.empty()));
        events.add(key("begins after iat", Optional.of(NEXT), Optional.empty()));
        events.add(key("ends at iat", Optional.empty(), Optional.of(ISSUED)));
        events.add(key("ends after iat", Optional.empty(), Optional.of(NEXT)));
        for (String name :
                List.of("superseded at iat", "superseded after iat", "ceased after iat", "compromised after iat")) {
            events.add(key(name, Optional.empty(), Optional.empty()));
        }
        events.add(revoked("superseded at iat", RevocationReason.SUPERSEDED, ISSUED));
        events.add(revoked("superseded after iat", RevocationReason.SUPERSEDED, NEXT));
        events.add(revoked("ceased after iat", RevocationReason.CEASED, NEXT));
        events.add(revoked("compromised after iat", RevocationReason.COMPROMISED, NEXT));
        events.add(new IssuerSuspended(ISSUED, GUANGZHOU, "test"));
        events.add(new IssuerResumed(ISSUED, GUANGZHOU));
        events.add(new IssuerSuspended(ISSUED, HANGZHOU, "test"));
        TestHub.append(data, clock, events);
        hub = TestHub.start(TestHub.config(data), clock);
    }

    @AfterAll
    void stop() {
        hub.close();
        provinces.close();
    }

    @TestFactory
    Stream<DynamicTest> aKeyIsGoodInItsTimeOnly() {
        return Stream.of(
                        Map.entry("begins at iat", "LOW"),
                        Map.entry("begins after iat", "KEY_NOT_VALID_YET"),
                        Map.entry("ends at iat", "KEY_RETIRED"),
                        Map.entry("ends after iat", "LOW"),
                        Map.entry("superseded at iat", "KEY_REVOKED"),
                        Map.entry("superseded after iat", "LOW"),
                        Map.entry("ceased after iat", "LOW"),
                        Map.entry("compromised after iat", "KEY_REVOKED"))
                .map(expected -> DynamicTest.dynamicTest(
                        expected.getKey() + ": " + expected.getValue(),
                        () -> assertThat(decided(expected.getKey())).isEqualTo(expected.getValue())));
    }

    @Test
    void aForgedSignatureUnderARevokedKeyIsARevokedKey() {
        SigningKey forger = SigningKey.generate(Algorithm.ES256);
        SigningKey revoked = key("compromised after iat");
        String token = forger.jws(
                revoked.header("ykm+jwt"), Codes.green(ISSUED).toString().getBytes(StandardCharsets.UTF_8));

        assertThat(hub.verifier().resolve(ScannedCode.ofText("YKM2:" + token)).decided())
                .isEqualTo("KEY_REVOKED");
    }

    @Test
    void aSuspendedIssuersPlatformIsNotEvenAsked() {
        var platform = provinces.province(Codes.HANGZHOU).virtualPlatform();
        MintedCode code = platform.issue(Codes.record("green", ISSUED));

        JsonNode decision = hub.verifier().resolve(code.scanned()).json();

        assertThat(decision.get("reason").textValue()).isEqualTo("ISSUER_SUSPENDED");
        assertThat(decision.get("issuer").isNull()).isTrue();
        assertThat(platform.requests()).isZero();
    }

    @Test
    void anIssuerThatWasResumedIsGoodAgain() {
        assertThat(hub.verifier()
                        .resolve(provinces.province(Codes.GUANGZHOU).sign(Codes.atLevel(1, ISSUED)))
                        .decided())
                .isEqualTo("LOW");
    }

    @Test
    void anIssuerOfAnotherFormatIsUnknownHereWhateverItsKey() {
        var claims = Codes.green(ISSUED).put("iss", Codes.GUANGZHOU);

        assertThat(hub.verifier()
                        .resolve(provinces.province(Codes.GUANGDONG).sign(claims))
                        .decided())
                .isEqualTo("UNKNOWN_ISSUER");
    }

    @Test
    void aKeyOfAnotherIssuerIsUnknown() {
        SigningKey guangzhous = provinces.province(Codes.GUANGZHOU).key();

        assertThat(hub.verifier()
                        .resolve(provinces.province(Codes.GUANGDONG).sign(Codes.green(ISSUED), guangzhous))
                        .decided())
                .isEqualTo("UNKNOWN_KEY");
    }

    @Test
    void anIssuerThatNobodyRegisteredIsUnknown(@TempDir Path data) {
        try (TestHub empty = TestHub.start(TestHub.config(data), clock)) {
            assertThat(empty.verifier()
                            .resolve(provinces.province(Codes.GUANGDONG).sign(Codes.green(ISSUED)))
                            .decided())
                    .isEqualTo("UNKNOWN_ISSUER");
        }
    }

    @Test
    void theDirectoryShowsSuspensionAndRevocation() {
        JsonNode issuers = hub.verifier().get("/v1/issuers").json().get("issuers");
        JsonNode published = hub.verifier()
                .get("/v1/issuers/" + Codes.GUANGDONG + "/jwks.json")
                .json();

        assertThat(issuers.findValuesAsText("issuer"))
                .containsExactly("000000.national", Codes.HANGZHOU, Codes.GUANGDONG, Codes.GUANGZHOU);
        assertThat(issuers.get(1).get("suspended").booleanValue()).isTrue();
        assertThat(issuers.get(3).get("suspended").booleanValue()).isFalse();
        assertThat(published.findValuesAsText("kid"))
                .as("without those that sign no longer, whatever stays good of them")
                .containsExactlyInAnyOrder(
                        provinces.province(Codes.GUANGDONG).key().kid(),
                        provinces.province(Codes.GUANGDONG).key("second").kid(),
                        key("begins at iat").kid(),
                        key("begins after iat").kid());
        assertThat(hub.verifier()
                        .get("/v1/issuers/" + Codes.HANGZHOU + "/jwks.json")
                        .json()
                        .get("keys"))
                .as("suspended")
                .isEmpty();
    }

    @Test
    void aRegistryThatCannotBeConfirmedIsStaleBeforeAnythingElse(@TempDir Path data) {
        MovableClock moved = new MovableClock(ISSUED);
        Duration untold =
                Duration.ofMinutes(5); // looked at again after that; here the test's own clock says how old it is
        UnaryOperator<String> decided =
                code -> HubClient.request(ScannedCode.ofText(code)).toString();
        try (TestHub hub = TestHub.start(withPoll(TestHub.config(data), untold), moved)) {
            moved.advance(Duration.ofMinutes(10));
            assertThat(hub.verifier().resolve(decided.apply("no code")).decided())
                    .isEqualTo("UNKNOWN_FORMAT");
            assertThat(hub.operator().get("/health/ready").status()).isEqualTo(200);

            moved.advance(Duration.ofMillis(1));
            assertThat(hub.verifier().resolve(decided.apply("no code")).decided())
                    .isEqualTo("STALE_REGISTRY");
            Exchange ready = hub.operator().get("/health/ready");
            assertThat(ready.status()).isEqualTo(503);
            assertThat(ready.json().get("status").textValue()).isEqualTo("DOWN");
            assertThat(ready.json().at("/registry/confirmedSecondsAgo").intValue())
                    .isEqualTo(600);
            assertThat(hub.operator().get("/health/live").status()).isEqualTo(200);
        }
    }

    private static HubConfig withPoll(HubConfig config, Duration poll) {
        return config.withRegistry(config.registry().withPoll(poll));
    }

    private String decided(String keyName) {
        return hub.verifier()
                .resolve(provinces.province(Codes.GUANGDONG).sign(Codes.green(ISSUED), key(keyName)))
                .decided();
    }

    private SigningKey key(String name) {
        return Objects.requireNonNull(nameToKey.get(name));
    }

    private KeyActivated key(String name, Optional<Instant> notBefore, Optional<Instant> signUntil) {
        return new KeyActivated(
                ISSUED, GUANGDONG, TestHub.publicKey(key(name).publicJwk()), notBefore, signUntil, "test");
    }

    private KeyRevoked revoked(String name, RevocationReason reason, Instant cutOff) {
        return new KeyRevoked(ISSUED, GUANGDONG, new KeyId(key(name).kid()), reason, cutOff);
    }
}
