package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.hub.http.ProblemType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What anybody may look up, and what operators ask. */
class DirectoryIT extends RunningHubBase {
    @TestFactory
    Stream<DynamicTest> everyOperationOfTheContractIsServed() {
        return Contract.load().document().get("paths").properties().stream()
                .map(path -> DynamicTest.dynamicTest(path.getKey(), () -> assertIsServed(path)));
    }

    /** Some answer with a problem here, such as what a registry without operators has none for; that they know the path shows in its detail. */
    private void assertIsServed(Map.Entry<String, JsonNode> path) {
        HubClient client = path.getValue().has("servers") ? hub.operator() : hub.verifier();
        String address = path.getKey()
                .replace("{id}", Codes.GUANGZHOU)
                .replace("{kid}", aKeyOf(Codes.GUANGZHOU))
                .replace("{bundle}", "000.p/1")
                .replace("{tile}", "0/000.p/1")
                .replace("/v1/log/proof", "/v1/log/proof?index=0");
        if (path.getValue().has("get")) {
            assertIsServed(client.get(address));
        }
        if (path.getValue().has("post")) {
            byte[] body = "{\"code\":\"\"}".getBytes(StandardCharsets.UTF_8);
            assertIsServed(client.send("POST", address, body, Map.of("Content-Type", "application/json")));
        }
    }

    private String aKeyOf(String issuer) {
        return hub.verifier()
                .get("/v1/issuers/" + issuer)
                .json()
                .at("/issuer/keys/0/kid")
                .textValue();
    }

    private static void assertIsServed(Exchange exchange) {
        assertThat(exchange.status()).isNotEqualTo(405);
        if (exchange.mediaType().equals("application/problem+json")) {
            assertThat(exchange.json().path("detail").asText()).isNotEqualTo(ProblemType.NOT_FOUND.remedy());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/formats",
                "/v1/policies",
                "/v1/issuers",
                "/v1/issuers/440100.suikangma/jwks.json",
                "/.well-known/jwks.json"
            })
    void headIsGetWithoutTheBody(String path) {
        Exchange head = hub.verifier().send("HEAD", path, new byte[0], Map.of());
        Exchange get = hub.verifier().get(path);

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.mediaType()).isEqualTo(get.mediaType());
        assertThat(hub.operator()
                        .send("HEAD", "/health/live", new byte[0], Map.of())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void formatsAreListedWithTheirIssuers() {
        JsonNode formats = hub.verifier().get("/v1/formats").json().get("formats");

        List<String> ids = formats.findValuesAsText("format");
        assertThat(ids).isSorted().contains("hangzhou", "national", "suikangma", "suishenma", "yuekangma");
        JsonNode city = formats.get(ids.indexOf("suikangma"));
        assertThat(city.get("issuer").textValue()).isEqualTo(Codes.GUANGZHOU);
        assertThat(city.get("online").booleanValue()).isFalse();
        assertThat(city.at("/title/zh-CN").textValue()).isEqualTo("穗康码");
        assertThat(formats.get(ids.indexOf("hangzhou")).get("online").booleanValue())
                .isTrue();
        assertThat(formats.get(ids.indexOf("suishenma")).get("online").booleanValue())
                .as("signed, and asked about all the same")
                .isTrue();
        assertThat(city.get("translatable").booleanValue()).isTrue();
        assertThat(city.get("vocabularies").toString()).isEqualTo("[2,1]");
        assertThat(formats.get(ids.indexOf("itinerary")).get("translatable").booleanValue())
                .as("no status")
                .isFalse();
    }

    @Test
    void anIssuersKeysAreThoseItRegistered() {
        JsonNode keys = hub.verifier()
                .get("/v1/issuers/" + Codes.GUANGZHOU + "/jwks.json")
                .json()
                .get("keys");

        assertThat(keys.findValuesAsText("kid"))
                .containsExactly(provinces.province(Codes.GUANGZHOU).key().kid());
    }

    @Test
    void readinessNamesTheProvidersAndTheRegistry() {
        JsonNode ready = hub.operator().get("/health/ready").json();

        assertThat(ready.get("status").textValue()).isEqualTo("UP");
        assertThat(ready.at("/signatures/ES256").textValue()).startsWith("AmazonCorrettoCryptoProvider ");
        assertThat(ready.at("/signatures/EdDSA").textValue()).startsWith("AmazonCorrettoCryptoProvider ");
        assertThat(ready.at("/signatures/SM2").textValue()).startsWith("Bouncy Castle ");
        assertThat(ready.at("/signatures/degraded").booleanValue()).isFalse();
        assertThat(ready.at("/registry/issuers").intValue()).isEqualTo(4);
        assertThat(ready.at("/registry/size").intValue())
                .isEqualTo(TestHub.registrationOf(provinces, clock.instant()).size());
        assertThat(ready.at("/registry/oldestSeconds").intValue()).isEqualTo(600);
        assertThat(ready.at("/registry/storeFault").isNull()).isTrue();
        assertThat(ready.get("nativeTransport").isBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/health", "/v1/resolve", "/v1/formats", "/v1/issuers"})
    void theManagementServerHasNothingElse(String path) {
        assertThat(hub.operator().get(path).problem()).isEqualTo("not-found");
    }

    @Test
    void theManagementServerNamesTheMethodsToo() {
        Exchange exchange = hub.operator().send("POST", "/health/live", new byte[0], Map.of());

        assertThat(exchange.status()).isEqualTo(405);
        assertThat(exchange.header("Allow")).isEqualTo("GET, HEAD");
    }
}
