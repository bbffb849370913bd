package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.hutong.conformance.province.VirtualProvince;
import dev.hutong.conformance.province.VirtualProvinces;
import dev.hutong.hub.bundle.Bundle;
import dev.hutong.hub.config.HubConfig;
import dev.hutong.hub.config.HubConfig.RegistryConfig;
import dev.hutong.hub.config.HubConfig.SnapshotConfig;
import dev.hutong.hub.http.WithoutHttp;
import dev.hutong.mapping.Yaml;
import dev.hutong.registry.jose.SignatureProviders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Every example of every format that verifies offline, signed and asked at its own time: over HTTP, and of a bundle. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OfflineExamplesIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Longer than from the first example's time to the last one's. */
    private static final Duration YEARS = Duration.ofDays(3_650);

    private volatile Instant now = Instant.parse("2020-01-01T00:00:00Z");
    private final InstantSource clock = () -> now;
    private VirtualProvinces provinces;
    private TestHub hub;
    private Bundle bundle;

    @BeforeAll
    void start(@TempDir Path data) {
        provinces = VirtualProvinces.startDemo(clock);
        TestHub.append(data, clock, TestHub.registrationOf(provinces, now));
        HubConfig config = TestHub.config(data);
        RegistryConfig registry = config.registry();
        hub = TestHub.start(
                config.withRegistry(new RegistryConfig(
                        registry.poll(), YEARS, new SnapshotConfig(YEARS, YEARS, 0), Optional.empty(), List.of(), 0)),
                clock);
        String key = hub.verifier()
                .get("/.well-known/jwks.json")
                .json()
                .at("/keys/0")
                .toString();
        byte[] octets = hub.verifier().get("/v1/bundle").text().getBytes(StandardCharsets.US_ASCII);
        bundle = ((Bundle.Reading.Usable) Bundle.read(octets, TestHub.publicKey(key), SignatureProviders.choose(), now))
                .bundle();
    }

    @AfterAll
    void stop() {
        hub.close();
        provinces.close();
    }

    @TestFactory
    Stream<DynamicContainer> everyExampleIsDecidedOfflineAsByTheHub() {
        return provinces.all().stream()
                .filter(VirtualProvince::signsTexts)
                .map(province -> dynamicContainer(
                        province.format(),
                        examples(province)
                                .map(example -> dynamicTest(
                                        example.path("name").asText(), () -> assertSame(province, example)))));
    }

    private static Stream<JsonNode> examples(VirtualProvince province) {
        JsonNode file = read("/formats/" + province.format());
        return StreamSupport.stream(file.path("map").spliterator(), false)
                .filter(example -> !example.path("claims").isArray())
                .map(example -> ((ObjectNode) example.deepCopy()).set("payload", payload(file.path("base"), example)));
    }

    private static JsonNode read(String folder) {
        return Yaml.withBundled(folder, path -> {
            try {
                return new YAMLMapper().readTree(Files.readAllBytes(path.resolve("examples.yaml")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static ObjectNode payload(JsonNode base, JsonNode example) {
        ObjectNode payload = base.deepCopy();
        lay(example.path("claims"), payload);
        for (JsonNode absent : example.path("absent")) {
            String path = "/" + absent.asText().replace('.', '/');
            int end = path.lastIndexOf('/');
            ((ObjectNode) payload.at(path.substring(0, end))).remove(path.substring(end + 1));
        }
        return payload;
    }

    private static void lay(JsonNode over, ObjectNode under) {
        over.properties().forEach(member -> {
            if (member.getValue().isObject() && under.get(member.getKey()) instanceof ObjectNode below) {
                lay(member.getValue(), below);
            } else {
                under.set(member.getKey(), member.getValue());
            }
        });
    }

    private void assertSame(VirtualProvince province, JsonNode example) throws IOException {
        now = Instant.parse(example.path("now").asText());
        String request =
                HubClient.request(province.sign(example.path("payload"))).toString();

        JsonNode byHub = hub.verifier().resolve(request).json();
        assertThat(byHub.path("reason").asText()).isNotEqualTo("STALE_REGISTRY");
        WithoutHttp.Answer offline =
                WithoutHttp.resolve(bundle.resolver(clock), request.getBytes(StandardCharsets.UTF_8));

        assertThat(offline).isInstanceOfSatisfying(WithoutHttp.Answer.Decided.class, decided -> {
            JsonNode decision = nameless(tree(decided.json()));
            assertThat(decision).isEqualTo(nameless(byHub));
        });
    }

    /** Without the id, which is another for every decision, and the digests, which hold it. */
    private static JsonNode nameless(JsonNode decision) {
        ObjectNode rest = decision.deepCopy();
        rest.remove("id");
        rest.path("trace").forEach(line -> ((ObjectNode) line).remove("inputs"));
        return rest;
    }

    private static JsonNode tree(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
