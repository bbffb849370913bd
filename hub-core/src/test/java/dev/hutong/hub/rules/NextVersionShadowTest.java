package dev.hutong.hub.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hutong.hub.resolve.RulesInForce;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Regions;
import dev.hutong.mapping.format.FormatPackage;
import dev.hutong.mapping.format.FormatVersions;
import dev.hutong.mapping.format.SignedClaims;
import dev.hutong.mapping.policy.Policies;
import dev.hutong.province.EnvelopeReader;
import dev.hutong.province.OpenedCode;
import dev.hutong.province.Recogniser;
import dev.hutong.province.ScannedCode;
import dev.hutong.province.TokenAuthenticator;
import dev.hutong.registry.History;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.IssuerStanding;
import dev.hutong.registry.KeyId;
import dev.hutong.registry.KeyStanding;
import dev.hutong.registry.KeyUse;
import dev.hutong.registry.RegisteredIssuer;
import dev.hutong.registry.RegisteredKey;
import dev.hutong.registry.RegistrySnapshot;
import dev.hutong.registry.jose.CompactJwsSigner;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.merkle.MerkleTree;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** The next version is watched, and the present one never feels it. */
class NextVersionShadowTest {
    private static final Instant NOW = Instant.parse("2026-01-05T08:00:00Z");
    private static final Instant NEXT = NOW.plusSeconds(86_400);
    private static final IssuerId ISSUER = new IssuerId("440000.yuekangma");
    private static final SignatureProviders PROVIDERS = SignatureProviders.choose();
    private static final Regions REGIONS = Regions.load();

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final FormatPackage present = bundled();
    private final SignedClaims claims = claims();

    private static PackageContent content() {
        return PackageContent.bundled().stream()
                .filter(one -> document(one).contains("format: yuekangma"))
                .findFirst()
                .orElseThrow();
    }

    private static String document(PackageContent content) {
        return new String(content.pathToFile().get(FormatVersions.DOCUMENT), StandardCharsets.UTF_8);
    }

    private static FormatPackage bundled() {
        return content().compile(REGIONS);
    }

    private static FormatPackage next(String version, Instant from) {
        return next(version, from, "risk: LOW");
    }

    /** A version that says of a green what the second text says. */
    private static FormatPackage next(String version, Instant from, String ofGreen) {
        SortedMap<String, byte[]> files = new TreeMap<>(content().pathToFile());
        files.put(
                FormatVersions.DOCUMENT,
                document(content())
                        .replace("version: 1.0.0", "version: " + version + "\nvalidFrom: \"" + from + "\"")
                        .replaceFirst("risk: LOW", ofGreen)
                        .getBytes(StandardCharsets.UTF_8));
        return new PackageContent(files).compile(REGIONS);
    }

    private RulesInForce rules(FormatPackage... more) {
        FormatVersions all = new FormatVersions(List.of(present)).and(new FormatVersions(List.of(more)));
        return new RulesInForce(all, Policies.bundled(REGIONS), NOW);
    }

    private SignedClaims claims() {
        long issued = NOW.getEpochSecond();
        PrivateJwk key = PrivateJwk.generate(SignatureAlgorithm.ES256, new SecureRandom());
        String jws = new CompactJwsSigner(key, PROVIDERS)
                .sign(
                        "ykm+jwt",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("iss", ISSUER.value())
                                .put("jti", "a")
                                .put("sub", "b")
                                .put("iat", issued)
                                .put("exp", issued + 300)
                                .put("asof", issued)
                                .put("ver", 2)
                                .put("mz", "G"));
        Outcome<SignedClaims> signed = new Recogniser(rules().at(NOW).formats())
                .recognise(ScannedCode.ofText("YKM2:" + jws))
                .then(new EnvelopeReader()::open)
                .then(opened -> new TokenAuthenticator()
                        .authenticate((OpenedCode.SignedText) opened, registry(key.publicJwk()), NOW));
        assertThat(signed).isInstanceOf(Outcome.Passed.class);
        return ((Outcome.Passed<SignedClaims>) signed).value();
    }

    private static RegistrySnapshot registry(PublicJwk jwk) {
        RegisteredKey key = new RegisteredKey(
                KeyId.of(jwk),
                jwk,
                PROVIDERS.verifier(jwk),
                new KeyUse(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "test",
                new History<>(new KeyStanding(false, Optional.empty(), "test"), Instant.EPOCH, 1, null));
        IssuerStanding standing =
                new IssuerStanding(IssuerStanding.Status.REGISTERED, Optional.empty(), Optional.empty(), "test");
        RegisteredIssuer issuer = new RegisteredIssuer(
                ISSUER,
                "issuer",
                Optional.empty(),
                Optional.empty(),
                List.of(key),
                List.of(),
                new History<>(standing, Instant.EPOCH, 0, null));
        return RegistrySnapshot.takenOver(MerkleTree.empty().checkpoint(), NOW, List.of(issuer));
    }

    private void compare(RulesInForce rules) {
        new NextVersionShadow(rules, meters, Runnable::run).compare(claims, NOW, claims.map(NOW));
    }

    private double counted(String outcome) {
        var counter = meters.find("hutong.rules.shadow")
                .tags("format", "yuekangma", "outcome", outcome)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    @Test
    void theSameStatementByAnotherVersionIsTheSame() {
        compare(rules(next("1.1.0", NEXT)));
        assertThat(counted("same")).isEqualTo(1);
    }

    @Test
    void anotherRiskDiffers() {
        compare(rules(next("1.1.0", NEXT, "risk: MEDIUM")));
        assertThat(counted("differs")).isEqualTo(1);
    }

    @Test
    void theNearestOfThoseToComeIsTheOneThatIsWatched() {
        compare(rules(next("1.2.0", NEXT.plusSeconds(1), "risk: MEDIUM"), next("1.1.0", NEXT)));
        assertThat(counted("same")).isEqualTo(1);
        assertThat(counted("differs")).isZero();
    }

    @Test
    void whereNothingIsToComeNothingIsCounted() {
        compare(rules());
        assertThat(meters.getMeters()).isEmpty();
    }

    @Test
    void whereTooMuchIsToDoTheDecisionStays() {
        NextVersionShadow shadow = new NextVersionShadow(rules(next("1.1.0", NEXT)), meters, work -> {
            throw new RejectedExecutionException("full");
        });
        assertThatCode(() -> shadow.compare(claims, NOW, claims.map(NOW))).doesNotThrowAnyException();
    }
}
