package dev.hutong.conformance.jose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TokenFaultTest {
    private static final byte[] PAYLOAD = "{\"iss\":\"x\",\"n\":1}".getBytes(StandardCharsets.UTF_8);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SigningKey KEY = SigningKey.generate(Algorithm.SM2);

    @ParameterizedTest
    @EnumSource
    void everyFaultDiffersFromTheHonestToken(TokenFault fault) {
        for (Algorithm algorithm : Algorithm.values()) {
            SigningKey key = SigningKey.generate(algorithm);
            String faulty = fault.token(key, "t", PAYLOAD);
            boolean sound = isSound(key, faulty);
            assertThat(sound).as("%s with %s", fault, algorithm).isFalse();
        }
        assertThat(isSound(KEY, KEY.jws("t", PAYLOAD))).isTrue();
    }

    @Test
    void aTamperedSignatureDiffersInOneBit() {
        String faulty = TokenFault.TAMPERED_SIGNATURE.token(KEY, "t", PAYLOAD);
        byte[] signature = signature(faulty);
        signature[40] ^= 1;
        assertThat(verifies(KEY, faulty, signature)).isTrue();
    }

    @Test
    void aDerSignatureIsTheGoodOneInAnotherEncoding() {
        String faulty = TokenFault.DER_SIGNATURE.token(KEY, "t", PAYLOAD);
        assertThat(signature(faulty)).startsWith(0x30);
        assertThat(verifies(KEY, faulty, EcSignature.fromDer(signature(faulty)).raw()))
                .isTrue();
    }

    @Test
    void wrongAlgExtraHeaderMissingKidAndOtherTypAreProperlySigned() {
        for (TokenFault fault : new TokenFault[] {
            TokenFault.WRONG_ALG,
            TokenFault.EXTRA_HEADER,
            TokenFault.MISSING_KID,
            TokenFault.OTHER_TYP,
            TokenFault.DUPLICATE_MEMBER
        }) {
            String faulty = fault.token(KEY, "t", PAYLOAD);
            assertThat(verifies(KEY, faulty, signature(faulty))).as("%s", fault).isTrue();
        }
    }

    @Test
    void headersSayWhatTheFaultSays() throws Exception {
        assertThat(header(TokenFault.ALG_NONE).path("alg").asText()).isEqualTo("none");
        assertThat(header(TokenFault.WRONG_ALG).path("alg").asText()).isEqualTo("EdDSA");
        assertThat(header(TokenFault.EXTRA_HEADER)).hasSize(4);
        assertThat(header(TokenFault.MISSING_KID).has("kid")).isFalse();
        assertThat(header(TokenFault.OTHER_TYP).path("typ").asText()).isEqualTo("JWT");
        assertThat(header(TokenFault.UNKNOWN_KEY).path("kid").asText()).isNotEqualTo(KEY.kid());
        assertThat(header(TokenFault.BORROWED_KID).path("kid").asText()).isEqualTo(KEY.kid());
    }

    @Test
    void aDuplicateMemberStandsThereTwice() {
        String payload = TokenFault.DUPLICATE_MEMBER.token(KEY, "t", PAYLOAD).split("\\.")[1];
        assertThat(new String(Base64Url.decode(payload), StandardCharsets.UTF_8))
                .isEqualTo("{\"iss\":\"x\",\"iss\":\"x\",\"n\":1}");
    }

    private static JsonNode header(TokenFault fault) throws Exception {
        return JSON.readTree(Base64Url.decode(fault.token(KEY, "t", PAYLOAD).split("\\.")[0]));
    }

    /** What an honest token is, to a reader that is strict in everything. */
    private static boolean isSound(SigningKey key, String token) {
        String[] parts = token.split("\\.", -1);
        String header = Base64Url.encode(Jwk.json(key.header("t")));
        return parts.length == 3
                && parts[0].equals(header)
                && parts[1].equals(Base64Url.encode(PAYLOAD))
                && parts[2].length() == 86
                && verifies(key, token, Base64Url.decode(parts[2]));
    }

    private static boolean verifies(SigningKey key, String token, byte[] signature) {
        String input = token.substring(0, token.lastIndexOf('.'));
        return key.verifies(input.getBytes(StandardCharsets.US_ASCII), signature);
    }

    private static byte[] signature(String token) {
        return Base64Url.decode(token.substring(token.lastIndexOf('.') + 1));
    }
}
