package dev.hutong.registry.jose;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Whether a process's signature providers still tell true from false: a published signature of each algorithm must be found good, and the
 * same one over other octets bad. These checks are not counted.
 */
public final class SignatureSelfTest {
    private final List<KnownAnswer> answers;

    /** A signature somebody else published. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record KnownAnswer(
            SignatureAlgorithm algorithm, SignatureVerifier verifier, byte[] signingInput, byte[] signature) {
        boolean comesTrue() {
            byte[] other = signingInput.clone();
            other[0] ^= 1;
            return verifier.verify(signingInput, signature) && !verifier.verify(other, signature);
        }
    }

    /** Tests the providers that were chosen. */
    public SignatureSelfTest(SignatureProviders providers) {
        this(providers::uncounted);
    }

    /** @param verifiers makes what verifies by a key */
    SignatureSelfTest(Function<PublicJwk, SignatureVerifier> verifiers) {
        this.answers = List.of(
                // RFC 7515, appendix A.3
                jws(
                        verifiers,
                        key(Map.of(
                                "kty", "EC",
                                "crv", "P-256",
                                "alg", "ES256",
                                "x", "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
                                "y", "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0")),
                        "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ",
                        "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"),
                // RFC 8037, appendix A.4
                jws(
                        verifiers,
                        key(Map.of(
                                "kty", "OKP",
                                "crv", "Ed25519",
                                "alg", "EdDSA",
                                "x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")),
                        "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc",
                        "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"),
                // GB/T 32918.5-2017, A.2
                answer(
                        verifiers,
                        key(Map.of(
                                "kty",
                                "SM2",
                                "alg",
                                "SM2",
                                "x",
                                base64("09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"),
                                "y",
                                base64("CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13"))),
                        "message digest",
                        HexFormat.of()
                                .parseHex("F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3"
                                        + "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA")));
    }

    /** Which algorithms no longer work, in one line; empty where all do. It takes a few tenths of a millisecond. */
    public Optional<String> fault() {
        List<String> broken = answers.stream()
                .filter(answer -> !answer.comesTrue())
                .map(answer -> answer.algorithm().jose())
                .toList();
        return broken.isEmpty()
                ? Optional.empty()
                : Optional.of("a published signature is not checked as it should be: " + String.join(", ", broken));
    }

    private static KnownAnswer jws(
            Function<PublicJwk, SignatureVerifier> verifiers, PublicJwk key, String input, String signature) {
        byte[] octets = StrictBase64Url.decodeOrNull(signature);
        if (octets == null) {
            throw new IllegalStateException("The published signature is base64url");
        }
        return answer(verifiers, key, input, octets);
    }

    private static KnownAnswer answer(
            Function<PublicJwk, SignatureVerifier> verifiers, PublicJwk key, String input, byte[] signature) {
        return new KnownAnswer(
                key.algorithm(), verifiers.apply(key), input.getBytes(StandardCharsets.US_ASCII), signature);
    }

    private static PublicJwk key(Map<String, String> members) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        members.forEach(json::put);
        return switch (PublicJwk.parse(json)) {
            case KeyAdmission.Admitted<PublicJwk>(PublicJwk key) -> key;
            case KeyAdmission.Refused<PublicJwk> refused ->
                throw new IllegalStateException("A published key is not admitted: " + refused.explanation());
        };
    }

    private static String base64(String hex) {
        return StrictBase64Url.encode(HexFormat.of().parseHex(hex));
    }
}
