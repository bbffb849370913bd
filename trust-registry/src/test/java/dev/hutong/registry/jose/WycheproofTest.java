package dev.hutong.registry.jose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Excerpts of Project Wycheproof's vectors; which they are, and which are missing, stands beside them. */
class WycheproofTest {
    private static final SignatureProviders PROVIDERS = SignatureProviders.choose();

    /** The group's public key, without its kid: ours is the thumbprint. */
    private static final PublicJwk JWS_KEY =
            key("04N0xi21hshyvBp7I167sbE_bXqyqkAPfefdklMO7wY", "UI8exy-C06a7DUnjIdENkxeFtHM4-l_41LqEw9nVgmw");

    private static final PublicJwk P1363_KEY = key(
            base64url("2927b10512bae3eddcfe467828128bad2903269919f7086069c8c4df6c732838"),
            base64url("c7787964eaac00e5921fb1498a60f4606766b3d9685001558d1a974e7341513e"));

    /** «123400» in ASCII, the message of all of them. */
    private static final byte[] MESSAGE = HexFormat.of().parseHex("313233343030");

    private record Vector(int id, boolean valid, String text) {}

    @TestFactory
    Stream<DynamicTest> compactTokens() {
        SignatureVerifier verifier = PROVIDERS.verifier(JWS_KEY);
        return vectors("jws_es256.txt", 15)
                .map(vector -> DynamicTest.dynamicTest(
                        "tcId " + vector.id(),
                        () -> assertThat(accepts(verifier, vector.text())).isEqualTo(vector.valid())));
    }

    @TestFactory
    Stream<DynamicTest> signaturesOfTwoHalves() {
        SignatureVerifier verifier = PROVIDERS.verifier(P1363_KEY);
        return vectors("p1363.txt", 24)
                .map(vector -> DynamicTest.dynamicTest(
                        "tcId " + vector.id(),
                        () -> assertThat(verifier.verify(MESSAGE, HexFormat.of().parseHex(vector.text())))
                                .isEqualTo(vector.valid())));
    }

    /** Shows that the key and the message of the excerpt were copied well: the two signatures that differ in the sign of s are both good. */
    @Test
    void theOtherHalfOfTheFirstVectorIsGoodToo() {
        Vector first = vectors("p1363.txt", 24).findFirst().orElseThrow();
        byte[] signature = HexFormat.of().parseHex(first.text());
        BigInteger order = new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
        byte[] other = order.subtract(new BigInteger(1, signature, 32, 32)).toByteArray();
        byte[] flipped = Arrays.copyOf(signature, 64);
        System.arraycopy(other, other.length - 32, flipped, 32, 32);

        assertThat(PROVIDERS.verifier(P1363_KEY).verify(MESSAGE, flipped)).isTrue();
    }

    /** As every reader of tokens here does it: strict base64url, a header of just these members, the key's algorithm, the signature. */
    private static boolean accepts(SignatureVerifier verifier, String compact) {
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
                && json.path("alg").asText().equals(JWS_KEY.algorithm().jose())
                && json.path("kid").asText().equals("kid-ec-sign")
                && verifier.verify((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII), signature);
    }

    private static Stream<Vector> vectors(String file, int count) {
        try (InputStream in = Objects.requireNonNull(WycheproofTest.class.getResourceAsStream("/wycheproof/" + file))) {
            List<Vector> vectors = new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .map(line -> line.split(" ", -1))
                    .map(parts -> new Vector(Integer.parseInt(parts[0]), parts[1].equals("valid"), parts[2]))
                    .toList();
            assertThat(vectors).hasSize(count);
            return vectors.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String base64url(String hex) {
        return StrictBase64Url.encode(HexFormat.of().parseHex(hex));
    }

    private static PublicJwk key(String x, String y) {
        String jwk = "{\"kty\":\"EC\",\"crv\":\"P-256\",\"alg\":\"ES256\",\"use\":\"sig\",\"x\":\"" + x + "\",\"y\":\""
                + y + "\"}";
        return switch (PublicJwk.parse(jwk.getBytes(StandardCharsets.UTF_8))) {
            case KeyAdmission.Admitted<PublicJwk>(PublicJwk key) -> key;
            case KeyAdmission.Refused<PublicJwk> refused -> throw new IllegalStateException(refused.explanation());
        };
    }
}
