package dev.hutong.conformance.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SigningKeyTest {
    private static final byte[] PAYLOAD = "{\"iss\":\"x\"}".getBytes(StandardCharsets.UTF_8);
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @EnumSource
    void signaturesAreSixtyFourBytesAndHold(Algorithm algorithm) {
        SigningKey key = SigningKey.generate(algorithm);
        byte[] signature = key.sign(PAYLOAD);
        assertThat(signature).hasSize(64);
        assertThat(key.verifies(PAYLOAD, signature)).isTrue();
        signature[40] ^= 1;
        assertThat(key.verifies(PAYLOAD, signature)).isFalse();
        assertThat(SigningKey.generate(algorithm).verifies(PAYLOAD, key.sign(PAYLOAD)))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aPrivateJwkGivesTheSameKeyBack(Algorithm algorithm) {
        SigningKey key = SigningKey.generate(algorithm);
        SigningKey again = SigningKey.fromPrivateJwk(key.privateJwk());
        assertThat(again.publicJwk()).isEqualTo(key.publicJwk());
        assertThat(key.verifies(PAYLOAD, again.sign(PAYLOAD))).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aPublicJwkHasFixedWidthCoordinatesAndNoSecret(Algorithm algorithm) throws Exception {
        for (int i = 0; i < 40; i++) {
            SigningKey key = SigningKey.generate(algorithm);
            JsonNode jwk = JSON.readTree(key.publicJwk());
            assertThat(Base64Url.decode(jwk.path("x").asText())).hasSize(32);
            assertThat(jwk.path("alg").asText()).isEqualTo(algorithm.jwsName());
            assertThat(jwk.path("use").asText()).isEqualTo("sig");
            assertThat(jwk.path("kid").asText()).isEqualTo(key.kid()).hasSize(43);
            assertThat(jwk.has("d")).isFalse();
        }
    }

    @RepeatedTest(20)
    void anEs256TokenHoldsForNimbus() throws Exception {
        SigningKey key = SigningKey.generate(Algorithm.ES256);
        ECKey jwk = ECKey.parse(key.publicJwk());
        JWSObject token = JWSObject.parse(key.jws("t", PAYLOAD));
        assertThat(token.verify(new ECDSAVerifier(jwk))).isTrue();
        assertThat(jwk.computeThumbprint().toString()).isEqualTo(key.kid());
    }

    @Test
    void anEd25519KeyHasTheThumbprintNimbusComputes() throws Exception {
        SigningKey key = SigningKey.generate(Algorithm.EDDSA);
        assertThat(JWK.parse(key.publicJwk()).computeThumbprint().toString()).isEqualTo(key.kid());
    }

    /** RFC 8037 appendix A.4. */
    @Test
    void theEd25519ExampleOfRfc8037IsReproduced() {
        SigningKey key = SigningKey.fromPrivateJwk("""
                {"kty":"OKP","crv":"Ed25519","alg":"EdDSA","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
                """);
        assertThat(key.kid()).isEqualTo("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
        String input = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
        assertThat(Base64Url.encode(key.sign(input.getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo("hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
    }

    /** The example of GB/T 32918.5. */
    @Test
    void theSm2ExampleOfTheStandardHolds() {
        String x = "09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020";
        String y = "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13";
        String d = "3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8";
        SigningKey key =
                SigningKey.fromPrivateJwk("{\"kty\":\"SM2\",\"alg\":\"SM2\",\"x\":\"%s\",\"y\":\"%s\",\"d\":\"%s\"}"
                        .formatted(base64(x), base64(y), base64(d)));
        byte[] signature = HexFormat.of()
                .parseHex("F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3"
                        + "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA");
        byte[] message = "message digest".getBytes(StandardCharsets.US_ASCII);
        assertThat(key.verifies(message, signature)).isTrue();
        assertThat(key.verifies("other digest".getBytes(StandardCharsets.US_ASCII), signature))
                .isFalse();
        assertThat(key.verifies(message, key.sign(message))).isTrue();
        assertThat(key.verifies(message, new byte[64])).isFalse();
    }

    @Test
    void anSm2KeyIsIdentifiedByItsThreeMembersAlone() throws Exception {
        SigningKey key = SigningKey.generate(Algorithm.SM2);
        JsonNode jwk = JSON.readTree(key.publicJwk());
        String covered = "{\"kty\":\"SM2\",\"x\":\"%s\",\"y\":\"%s\"}"
                .formatted(jwk.path("x").asText(), jwk.path("y").asText());
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(covered.getBytes(StandardCharsets.UTF_8));
        assertThat(key.kid()).isEqualTo(Base64Url.encode(hash));
        assertThat(jwk.has("crv")).isFalse();
    }

    @Test
    void anHonestHeaderHasExactlyThreeMembers() throws Exception {
        SigningKey key = SigningKey.generate(Algorithm.SM2);
        String header = key.jws("skm+jwt", PAYLOAD).split("\\.")[0];
        assertThat(JSON.readTree(Base64Url.decode(header)))
                .isEqualTo(JSON.valueToTree(key.header("skm+jwt")))
                .hasSize(3);
    }

    @Test
    void aSecretIsNotInTheNameOfAKey() {
        SigningKey key = SigningKey.generate(Algorithm.ES256);
        assertThat(key.toString()).isEqualTo("ES256 key " + key.kid());
    }

    @Test
    void whatIsNoPrivateKeyIsRefused() {
        SigningKey key = SigningKey.generate(Algorithm.ES256);
        assertThatThrownBy(() -> SigningKey.fromPrivateJwk(key.publicJwk())).hasMessageContaining("\"d\"");
        assertThatThrownBy(() -> SigningKey.fromPrivateJwk("{\"alg\":\"RS256\"}"))
                .hasMessageContaining("RS256");
        assertThatThrownBy(() -> SigningKey.fromPrivateJwk("{")).hasMessageContaining("not JSON");
    }

    @Test
    void integersAreWrittenInThirtyTwoBytesWhateverTheirLength() {
        assertThat(EcSignature.fixedWidth(BigInteger.ONE))
                .hasSize(32)
                .endsWith(1)
                .startsWith(0);
        assertThat(EcSignature.fixedWidth(BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE)))
                .hasSize(32);
        assertThatThrownBy(() -> EcSignature.fixedWidth(BigInteger.ONE.shiftLeft(256)))
                .isInstanceOf(IllegalArgumentException.class);
        var small = new EcSignature(BigInteger.TWO, BigInteger.ONE.shiftLeft(255));
        assertThat(EcSignature.fromDer(small.der())).isEqualTo(small);
        assertThat(EcSignature.fromRaw(small.raw())).isEqualTo(small);
    }

    private static String base64(String hex) {
        return Base64Url.encode(HexFormat.of().parseHex(hex));
    }

    @Test
    void aGeneratedPairIsOfTheJdkOrOfKona() {
        KeyPair pair = SignatureScheme.generate(Algorithm.SM2);
        assertThat(pair.getPublic().getClass().getName()).startsWith("com.tencent.kona");
        assertThat(SignatureScheme.generate(Algorithm.ES256)
                        .getPublic()
                        .getClass()
                        .getName())
                .startsWith("sun.security");
    }
}
