package dev.hutong.registry.jose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Project Wycheproof's vectors for ECDSA on P-256 in the form r‖s, for JSON Web Signatures and for sets of JSON Web Keys. Their README
 * says where they are from and how they are written down.
 *
 * <p>A vector that is good must be accepted where its key is one that this registry admits, and one that is bad must be refused whatever
 * its key. What is signed with a key that is not admitted (HMAC, RSA, P-384, P-521) is refused, good or not.
 */
class WycheproofTest {
    private static final SignatureProviders PROVIDERS = SignatureProviders.choose();

    /** What the file of tokens gets wrong: it calls them good, or bad, and RFC 7515 and RFC 7518 say otherwise. */
    private static final Set<Integer> ERRATA = Set.of(346, 347, 350, 351, 367, 370, 372, 373);

    /**
     * A vector.
     *
     * @param key its group's, as the file writes it
     * @param text what stands behind the result
     */
    private record Vector(String key, int id, boolean good, String text) {}

    @TestFactory
    Stream<DynamicTest> signaturesOfTwoHalves() {
        return vectors("p1363.txt")
                .map(vector -> DynamicTest.dynamicTest("tcId " + vector.id(), () -> {
                    String[] messageAndSignature = vector.text().split(" ", -1);
                    SignatureVerifier verifier = PROVIDERS.verifier(p256(vector.key()));
                    assertThat(verifier.verify(hex(messageAndSignature[0]), hex(messageAndSignature[1])))
                            .isEqualTo(vector.good());
                }));
    }

    @TestFactory
    Stream<DynamicTest> tokens() {
        return vectors("jws.txt")
                .map(vector -> DynamicTest.dynamicTest("tcId " + vector.id(), () -> {
                    Optional<NamedKey> key = admitted(json(vector.key()));
                    boolean accepted = key.isPresent() && accepts(key.get(), token(vector.text()));
                    assertThat(accepted).isEqualTo(vector.good() && key.isPresent());
                }));
    }

    /** A set may hold keys that are not admitted: they are left out, and the others stay usable. */
    @TestFactory
    Stream<DynamicTest> sets() {
        return vectors("jwk.txt")
                .map(vector -> DynamicTest.dynamicTest("tcId " + vector.id(), () -> {
                    List<NamedKey> keys = StreamSupport.stream(
                                    json(vector.key()).get("keys").spliterator(), false)
                            .flatMap(key -> admitted(key).stream())
                            .toList();
                    boolean accepted = keys.stream().anyMatch(key -> accepts(key, token(vector.text())));
                    assertThat(accepted).isEqualTo(vector.good() && !keys.isEmpty());
                }));
    }

    /** The whole of each file is here, every number once. */
    @ParameterizedTest
    @CsvSource({"p1363.txt, 252", "jws.txt, 401", "jwk.txt, 26"})
    void everyVectorIsHere(String file, int count) {
        assertThat(vectors(file).map(Vector::id))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, count).boxed().toList());
    }

    /** So that none of them is met by chance: they concern keys that are not admitted, and would be refused if the file called them right. */
    @Test
    void theErrataConcernNoKeyThatIsAdmitted() {
        assertThat(vectors("jws.txt").filter(vector -> ERRATA.contains(vector.id())))
                .hasSameSizeAs(ERRATA)
                .allSatisfy(vector -> assertThat(admitted(json(vector.key()))).isEmpty());
    }

    /** A key with the name that its tokens call it by; ours is its thumbprint. */
    private record NamedKey(String name, PublicJwk jwk) {}

    private static Optional<NamedKey> admitted(JsonNode key) {
        ObjectNode unnamed = key.deepCopy();
        unnamed.remove("kid");
        return PublicJwk.parse(unnamed) instanceof KeyAdmission.Admitted<PublicJwk>(PublicJwk jwk)
                ? Optional.of(new NamedKey(key.path("kid").asText(), jwk))
                : Optional.empty();
    }

    /** As every reader of tokens here does it: strict base64url, a header of just these members, the key's algorithm, the signature. */
    private static boolean accepts(NamedKey key, String compact) {
        String[] parts = compact.split("\\.", -1);
        if (parts.length != 3) {
            return false;
        }
        byte[] header = StrictBase64Url.decodeOrNull(parts[0]);
        byte[] signature = StrictBase64Url.decodeOrNull(parts[2]);
        if (header == null || signature == null) {
            return false;
        }
        JsonNode json = StrictJson.read(header).orElse(null);
        return json != null
                && json.size() == 2
                && json.path("alg").asText().equals(key.jwk().algorithm().jose())
                && json.path("kid").asText().equals(key.name())
                && PROVIDERS
                        .verifier(key.jwk())
                        .verify((parts[0] + "." + parts[1]).getBytes(StandardCharsets.UTF_8), signature);
    }

    private static Stream<Vector> vectors(String file) {
        List<Vector> vectors = new ArrayList<>();
        String key = "";
        for (String line : lines(file)) {
            String[] fields = line.split(" ", 3);
            switch (fields[0]) {
                case "#" -> {}
                case "key" -> key = line.substring("key ".length());
                default ->
                    vectors.add(new Vector(key, Integer.parseInt(fields[0]), fields[1].equals("valid"), fields[2]));
            }
        }
        return vectors.stream();
    }

    private static List<String> lines(String file) {
        try (InputStream in = Objects.requireNonNull(WycheproofTest.class.getResourceAsStream("/wycheproof/" + file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] hex(String text) {
        return text.equals("-") ? new byte[0] : HexFormat.of().parseHex(text);
    }

    /** What has spaces in it is written as a JSON string. */
    private static String token(String text) {
        return text.startsWith("json:") ? json(text.substring("json:".length())).textValue() : text;
    }

    private static JsonNode json(String text) {
        return StrictJson.read(text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    /** @param uncompressed 04, x and y in hexadecimal digits */
    private static PublicJwk p256(String uncompressed) {
        byte[] point = hex(uncompressed);
        JsonNode jwk = JsonNodeFactory.instance
                .objectNode()
                .put("kty", "EC")
                .put("crv", "P-256")
                .put("x", StrictBase64Url.encode(Arrays.copyOfRange(point, 1, 33)))
                .put("y", StrictBase64Url.encode(Arrays.copyOfRange(point, 33, 65)));
        return switch (PublicJwk.parse(jwk)) {
            case KeyAdmission.Admitted<PublicJwk>(PublicJwk key) -> key;
            case KeyAdmission.Refused<PublicJwk> refused -> throw new IllegalStateException(refused.explanation());
        };
    }
}
