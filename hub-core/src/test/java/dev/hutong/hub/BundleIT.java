package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.util.Base64URL;
import dev.hutong.conformance.demo.Person;
import dev.hutong.conformance.demo.Scenario;
import dev.hutong.hub.bundle.Bundle;
import dev.hutong.hub.http.WithoutHttp;
import dev.hutong.registry.jose.CompactJwsSigner;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.snapshot.SyncOutcome.Ground;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What a verifier takes along decides as the hub does. */
class BundleIT extends RunningHubBase {
    private static final String PATH = "/v1/bundle";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SignatureProviders PROVIDERS = SignatureProviders.choose();

    private byte[] fetched() {
        return hub.verifier().get(PATH).text().getBytes(StandardCharsets.US_ASCII);
    }

    private PublicJwk hubKey() {
        return TestHub.publicKey(hub.verifier()
                .get("/.well-known/jwks.json")
                .json()
                .at("/keys/0")
                .toString());
    }

    private Bundle.Reading read(byte[] octets, Instant now) {
        return Bundle.read(octets, hubKey(), PROVIDERS, now);
    }

    private Bundle bundle() {
        return usable(read(fetched(), clock.instant()));
    }

    private static Bundle usable(Bundle.Reading reading) {
        assertThat(reading).isInstanceOf(Bundle.Reading.Usable.class);
        return ((Bundle.Reading.Usable) reading).bundle();
    }

    private static void assertRefused(Bundle.Reading reading, Ground ground) {
        assertThat(reading).isInstanceOfSatisfying(Bundle.Reading.Refused.class, refused -> {
            assertThat(refused.ground()).isEqualTo(ground);
            assertThat(refused.reason()).isNotBlank();
        });
    }

    private JsonNode offline(Bundle bundle, String request) {
        return switch (WithoutHttp.resolve(bundle.resolver(clock), request.getBytes(StandardCharsets.UTF_8))) {
            case WithoutHttp.Answer.Decided(byte[] json) -> tree(json);
            case WithoutHttp.Answer.NoRequest(String detail) -> throw new AssertionError(detail);
        };
    }

    private static JsonNode tree(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> everyPersonOfTheDemoIsDecidedOfflineAsByTheHub() {
        Scenario scenario = Scenario.demo(provinces, clock);
        Bundle bundle = bundle();
        return scenario.people().stream()
                .map(person -> DynamicTest.dynamicTest(
                        person.holder() + ": " + person.story(), () -> assertSame(scenario, person, bundle)));
    }

    private void assertSame(Scenario scenario, Person person, Bundle bundle) {
        String request = scenario.request(person, scenario.issue(person));
        JsonNode byHub = hub.verifier().resolve(request).json();
        JsonNode offline = offline(bundle, request);
        if (byHub.get("trace").findValuesAsText("step").contains("ask")) {
            assertThat(offline.get("risk").textValue()).isEqualTo("UNKNOWN");
            assertThat(offline.get("reason").textValue()).isEqualTo("ISSUER_UNAVAILABLE");
        } else {
            assertThat(timeless(offline)).isEqualTo(timeless(byHub));
        }
    }

    /** Without what names this one decision. */
    private static JsonNode timeless(JsonNode decision) {
        ObjectNode rest = decision.deepCopy();
        rest.path("trace").forEach(line -> ((ObjectNode) line).remove("inputs")); // they hold the id
        return rest.without(List.of("id", "decidedAt"));
    }

    @Test
    void theBundleHoldsWhatTheHubDecidesBy() {
        Bundle bundle = bundle();

        assertThat(bundle.versions().packages())
                .extracting(format -> format.versioned())
                .contains("yuekangma@1.0.0", "suikangma@1.0.0", "hangzhou@1.0.0", "national@1.0.0");
        assertThat(bundle.registry().checkpoint().size())
                .isEqualTo(hub.verifier()
                        .get("/v1/issuers")
                        .json()
                        .at("/checkpoint/size")
                        .longValue());
        assertThat(bundle.policies().defaultPolicy().name()).isEqualTo("default");
        assertThat(bundle.expires()).isEqualTo(bundle.issuedAt().plus(Duration.ofHours(24)));
    }

    @Test
    void whoHasItAlreadyIsNotSentItAgain() {
        Exchange first = hub.verifier().get(PATH);
        String tag = first.header("ETag");

        assertThat(tag).startsWith("\"").doesNotStartWith("W/");
        Exchange again = hub.verifier().send("GET", PATH, new byte[0], Map.of("If-None-Match", tag));
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.header("ETag")).isEqualTo(tag);
    }

    @Test
    void anExpiredBundleIsRefusedAndCanStillBeLookedInto() {
        byte[] octets = fetched();
        Instant end = bundle().expires();

        usable(read(octets, end.minusMillis(1)));
        assertRefused(read(octets, end), Ground.EXPIRED);
        assertThat(usable(Bundle.readOfAnyAge(octets, hubKey(), PROVIDERS)).isGoodAt(end))
                .isFalse();
    }

    @Test
    void aBundleFromTheFutureIsRefused() {
        assertRefused(read(fetched(), clock.instant().minus(Duration.ofHours(1))), Ground.FROM_THE_FUTURE);
    }

    @Test
    void aBundleThatSomebodyElseSignedIsRefused() {
        PrivateJwk other = PrivateJwk.generate(SignatureAlgorithm.ES256, new SecureRandom());
        assertRefused(Bundle.read(fetched(), other.publicJwk(), PROVIDERS, clock.instant()), Ground.OTHER_KEY);
    }

    @Test
    void aBundleThatWasChangedIsRefused() throws Exception {
        String[] parts = new String(fetched(), StandardCharsets.US_ASCII).split("\\.");
        String payload = JWSObject.parse(String.join(".", parts)).getPayload().toString();
        String longer =
                Base64URL.encode(payload.replace("\"exp\":", "\"exp\":9")).toString();
        assertRefused(
                read((parts[0] + "." + longer + "." + parts[2]).getBytes(StandardCharsets.US_ASCII), clock.instant()),
                Ground.BAD_SIGNATURE);
    }

    @Test
    void aSnapshotIsNoBundleAndHalfOfOneIsNone() {
        byte[] snapshot = hub.verifier().get("/v1/registry/snapshot").text().getBytes(StandardCharsets.US_ASCII);
        assertRefused(read(snapshot, clock.instant()), Ground.MALFORMED);
        byte[] octets = fetched();
        assertRefused(read(Arrays.copyOf(octets, octets.length / 2), clock.instant()), Ground.MALFORMED);
        assertRefused(read(new byte[0], clock.instant()), Ground.MALFORMED);
    }

    @Test
    void aBundleWhoseSnapshotIsNoneIsRefused() throws Exception {
        PrivateJwk key = PrivateJwk.generate(SignatureAlgorithm.ES256, new SecureRandom());
        ObjectNode payload =
                (ObjectNode) JSON.readTree(JWSObject.parse(new String(fetched(), StandardCharsets.US_ASCII))
                        .getPayload()
                        .toString());
        payload.put("snapshot", "e30.e30.AA");
        String jws = new CompactJwsSigner(key, PROVIDERS).sign(Bundle.TYPE, payload);
        assertRefused(
                Bundle.read(jws.getBytes(StandardCharsets.US_ASCII), key.publicJwk(), PROVIDERS, clock.instant()),
                Ground.MALFORMED);
    }
}
