package dev.hutong.registry.jose;

import static dev.hutong.registry.jose.Keys.admitted;
import static dev.hutong.registry.jose.Keys.b64;
import static dev.hutong.registry.jose.Keys.faultOf;
import static dev.hutong.registry.jose.Keys.gbt32918Json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetKeyPair;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwkTest {
    private static final PublicJwk P256 =
            Keys.generated(SignatureAlgorithm.ES256, 1).publicJwk();
    private static final PublicJwk ED25519 =
            Keys.generated(SignatureAlgorithm.EDDSA, 1).publicJwk();
    private static final PublicJwk SM2 =
            Keys.generated(SignatureAlgorithm.SM2, 1).publicJwk();

    @ParameterizedTest
    @EnumSource(SignatureAlgorithm.class)
    void whatIsPublishedIsAdmittedAgain(SignatureAlgorithm algorithm) {
        PrivateJwk pair = Keys.generated(algorithm, 7);
        assertThat(admitted(pair.publicJwk().toJson())).isEqualTo(pair.publicJwk());
        PrivateJwk again = Keys.admittedPrivate(pair.toJson().toString());
        assertThat(again.publicJwk()).isEqualTo(pair.publicJwk());
        assertThat(again.d()).isEqualTo(pair.d());
        assertThat(pair.publicJwk().toJson().has("d")).isFalse();
    }

    @Test
    void thumbprintsAreThoseOfNimbusAndOfTheRfc() throws Exception {
        assertThat(P256.kid())
                .isEqualTo(ECKey.parse(P256.toJson().toString())
                        .computeThumbprint()
                        .toString());
        assertThat(ED25519.kid())
                .isEqualTo(OctetKeyPair.parse(ED25519.toJson().toString())
                        .computeThumbprint()
                        .toString());
        // RFC 8037, appendix A.3
        assertThat(Keys.admittedPrivate(Keys.RFC8037_A).publicJwk().kid())
                .isEqualTo("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }

    @Test
    void theThumbprintOfAnSm2KeyCoversKtyXAndY() throws Exception {
        PublicJwk key = admitted(gbt32918Json(",\"sm2_id\":\"ALICE123@YAHOO.COM\""));
        byte[] required = Keys.utf8(gbt32918Json(""));
        assertThat(key.kid())
                .isEqualTo(StrictBase64Url.encode(
                        java.security.MessageDigest.getInstance("SHA-256").digest(required)));
        assertThat(key.sm2Id()).isEqualTo("ALICE123@YAHOO.COM");
        assertThat(admitted(gbt32918Json("")).sm2Id()).isEqualTo("1234567812345678");
    }

    @Test
    void publishedMembersStandInOneOrder() {
        assertThat(P256.toJson().properties().stream().map(java.util.Map.Entry::getKey))
                .containsExactly("kty", "crv", "x", "y", "alg", "use", "kid");
        assertThat(SM2.toJson().properties().stream().map(java.util.Map.Entry::getKey))
                .containsExactly("kty", "x", "y", "alg", "use", "kid");
    }

    @ParameterizedTest
    @EnumSource(SignatureAlgorithm.class)
    void coordinatesKeepTheirLeadingZeros(SignatureAlgorithm algorithm) {
        List<PrivateJwk> withZero = java.util.stream.LongStream.range(0, 3_000)
                .mapToObj(seed -> Keys.generated(algorithm, seed))
                .filter(pair -> pair.publicJwk().x()[0] == 0
                        || pair.d()[0] == 0
                        || (pair.publicJwk().y().length > 0 && pair.publicJwk().y()[0] == 0))
                .limit(5)
                .toList();
        assertThat(withZero).hasSize(5);
        for (PrivateJwk pair : withZero) {
            assertThat(pair.publicJwk().x()).hasSize(32);
            assertThat(pair.toJson().get("d").textValue()).hasSize(43);
            assertThat(Keys.admittedPrivate(pair.toJson().toString()).publicJwk())
                    .isEqualTo(pair.publicJwk());
        }
    }

    @Test
    void aPrivateKeyIsRefusedWhereAPublicOneIsExpectedBeforeAnythingElse() {
        assertThat(faultOf(PublicJwk.parse(P256.toJson().put("d", "x").put("use", "enc"))))
                .isEqualTo(KeyFault.PRIVATE_MEMBER_PRESENT);
        assertThat(KeyFault.PRIVATE_MEMBER_PRESENT.remedy()).contains(".pub.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "1", "\"EC\"", "{}", "{\"kty\":1}", "{\"kty\":null}"})
    void whatIsNoKeyIsRefused(String json) {
        assertThat(faultOf(PublicJwk.parse(Keys.utf8(json)))).isIn(KeyFault.NOT_A_KEY, KeyFault.NOT_JSON);
        assertThat(faultOf(PrivateJwk.parse(Keys.utf8(json)))).isIn(KeyFault.NOT_A_KEY, KeyFault.NOT_JSON);
    }

    @Test
    void otherTypesAndCurvesAreRefused() {
        assertThat(publicFault(P256, "kty", "RSA")).isEqualTo(KeyFault.UNSUPPORTED_TYPE);
        assertThat(publicFault(P256, "kty", "oct")).isEqualTo(KeyFault.UNSUPPORTED_TYPE);
        assertThat(publicFault(P256, "kty", "ec")).isEqualTo(KeyFault.UNSUPPORTED_TYPE);
        assertThat(publicFault(P256, "crv", "P-384")).isEqualTo(KeyFault.UNSUPPORTED_CURVE);
        assertThat(publicFault(P256, "crv", "SM2")).isEqualTo(KeyFault.UNSUPPORTED_CURVE);
        assertThat(publicFault(ED25519, "crv", "X25519")).isEqualTo(KeyFault.UNSUPPORTED_CURVE);
        assertThat(publicFault(SM2, "crv", "SM2")).isEqualTo(KeyFault.UNSUPPORTED_CURVE);
        assertThat(faultOf(PublicJwk.parse(P256.toJson().without("crv")))).isEqualTo(KeyFault.UNSUPPORTED_CURVE);
    }

    @Test
    void coordinatesOfAnotherWidthAreRefused() {
        byte[] x = P256.x();
        assertThat(publicFault(P256, "x", StrictBase64Url.encode(Arrays.copyOf(x, 31))))
                .isEqualTo(KeyFault.MALFORMED_COORDINATE);
        byte[] longer = new byte[33];
        System.arraycopy(x, 0, longer, 1, 32);
        assertThat(publicFault(P256, "x", StrictBase64Url.encode(longer))).isEqualTo(KeyFault.MALFORMED_COORDINATE);
        assertThat(publicFault(P256, "y", StrictBase64Url.encode(x) + "=")).isEqualTo(KeyFault.MALFORMED_COORDINATE);
        assertThat(publicFault(ED25519, "x", "")).isEqualTo(KeyFault.MALFORMED_COORDINATE);
        assertThat(faultOf(PublicJwk.parse(P256.toJson().without("y")))).isEqualTo(KeyFault.MALFORMED_COORDINATE);
        assertThat(faultOf(PublicJwk.parse(P256.toJson().put("x", 1)))).isEqualTo(KeyFault.MALFORMED_COORDINATE);
    }

    @Test
    void pointsOffTheCurveAreRefused() {
        assertThat(publicFault(P256, "y", StrictBase64Url.encode(P256.x()))).isEqualTo(KeyFault.POINT_NOT_ON_CURVE);
        assertThat(publicFault(SM2, "x", StrictBase64Url.encode(SM2.y()))).isEqualTo(KeyFault.POINT_NOT_ON_CURVE);
        for (PublicJwk key : List.of(P256, SM2)) {
            ObjectNode zero = key.toJson().put("x", b64("00".repeat(32))).put("y", b64("00".repeat(32)));
            assertThat(faultOf(PublicJwk.parse(zero))).isEqualTo(KeyFault.POINT_NOT_ON_CURVE);
            assertThat(publicFault(key, "x", b64("ff".repeat(32)))).isEqualTo(KeyFault.POINT_NOT_ON_CURVE);
        }
    }

    @Test
    void aCoordinateThatIsNotReducedIsRefused() {
        // x = 5 is on P-256; written as p + 5 it is the same point for a reader that reduces.
        String y = "459243b9aa581806fe913bce99817ade11ca503c64d9a3c533415c083248fbcc";
        String five = "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" + b64("00".repeat(31) + "05") + "\",\"y\":\""
                + b64(y) + "\"}";
        admitted(five);
        String sum = "ffffffff00000001000000000000000000000001000000000000000000000004";
        assertThat(faultOf(PublicJwk.parse(Keys.utf8(five.replace(b64("00".repeat(31) + "05"), b64(sum))))))
                .isEqualTo(KeyFault.POINT_NOT_ON_CURVE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000", // order 4
                "0100000000000000000000000000000000000000000000000000000000000000", // the identity
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // order 2
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", // order 8
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a", // order 8
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // p: not reduced
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // p + 1: not reduced
                "0200000000000000000000000000000000000000000000000000000000000000" // no point has this y
            })
    void ed25519PointsThatVouchForAnythingAreRefused(String hex) {
        assertThat(publicFault(ED25519, "x", b64(hex))).isEqualTo(KeyFault.POINT_NOT_ON_CURVE);
    }

    @Test
    void anSm2KeyOfferedAsP256IsRefusedAndTheOtherWayRound() {
        assertThat(faultOf(PublicJwk.parse(P256.toJson()
                        .put("x", StrictBase64Url.encode(SM2.x()))
                        .put("y", StrictBase64Url.encode(SM2.y())))))
                .isEqualTo(KeyFault.POINT_NOT_ON_CURVE);
        assertThat(faultOf(PublicJwk.parse(SM2.toJson()
                        .put("x", StrictBase64Url.encode(P256.x()))
                        .put("y", StrictBase64Url.encode(P256.y())))))
                .isEqualTo(KeyFault.POINT_NOT_ON_CURVE);
    }

    @Test
    void aKeyHasOneAlgorithmAndOnePurpose() {
        assertThat(publicFault(P256, "alg", "ES384")).isEqualTo(KeyFault.ALGORITHM_MISMATCH);
        assertThat(publicFault(P256, "alg", "none")).isEqualTo(KeyFault.ALGORITHM_MISMATCH);
        assertThat(publicFault(SM2, "alg", "ES256")).isEqualTo(KeyFault.ALGORITHM_MISMATCH);
        assertThat(publicFault(ED25519, "alg", "Ed25519")).isEqualTo(KeyFault.ALGORITHM_MISMATCH);
        assertThat(publicFault(P256, "use", "enc")).isEqualTo(KeyFault.NOT_FOR_SIGNATURES);
        ObjectNode signs = P256.toJson();
        signs.putArray("key_ops").add("sign");
        assertThat(faultOf(PublicJwk.parse(signs))).isEqualTo(KeyFault.OPERATIONS_MISMATCH);
        ObjectNode verifies = P256.toJson();
        verifies.putArray("key_ops").add("verify");
        admitted(verifies);
    }

    @Test
    void aKidThatIsNotTheThumbprintIsRefused() {
        assertThat(publicFault(P256, "kid", "Key1PRO")).isEqualTo(KeyFault.THUMBPRINT_MISMATCH);
        assertThat(publicFault(P256, "kid", SM2.kid())).isEqualTo(KeyFault.THUMBPRINT_MISMATCH);
        assertThat(faultOf(PublicJwk.parse(P256.toJson().put("kid", 1)))).isEqualTo(KeyFault.THUMBPRINT_MISMATCH);
        assertThat(admitted(P256.toJson().without("kid").toString()).kid()).isEqualTo(P256.kid());
    }

    @Test
    void theSignerIdIsATextOfBoundedLength() {
        assertThat(publicFault(SM2, "sm2_id", "")).isEqualTo(KeyFault.MALFORMED_SIGNER_ID);
        assertThat(publicFault(SM2, "sm2_id", "粤".repeat(86))).isEqualTo(KeyFault.MALFORMED_SIGNER_ID);
        assertThat(faultOf(PublicJwk.parse(SM2.toJson().put("sm2_id", 1234567812345678L))))
                .isEqualTo(KeyFault.MALFORMED_SIGNER_ID);
        assertThat(admitted(SM2.toJson().put("sm2_id", "粤".repeat(85)).toString())
                        .toJson()
                        .get("sm2_id")
                        .textValue())
                .hasSize(85);
    }

    @ParameterizedTest
    @EnumSource(SignatureAlgorithm.class)
    void aPrivateMemberThatIsNotTheKeysIsRefused(SignatureAlgorithm algorithm) {
        PrivateJwk pair = Keys.generated(algorithm, 1);
        String foreign = StrictBase64Url.encode(Keys.generated(algorithm, 2).d());
        assertThat(faultOf(PrivateJwk.parse(pair.toJson().put("d", foreign))))
                .isEqualTo(KeyFault.PRIVATE_MEMBER_INVALID);
        assertThat(faultOf(PrivateJwk.parse(pair.toJson().put("d", b64("00".repeat(32))))))
                .isEqualTo(KeyFault.PRIVATE_MEMBER_INVALID);
        assertThat(faultOf(PrivateJwk.parse(pair.toJson().put("d", "AA")))).isEqualTo(KeyFault.MALFORMED_COORDINATE);
        assertThat(faultOf(PrivateJwk.parse(pair.publicJwk().toJson()))).isEqualTo(KeyFault.PRIVATE_MEMBER_MISSING);
    }

    @Test
    void noMessageShowsAPrivateMember() {
        PrivateJwk pair = Keys.generated(SignatureAlgorithm.ES256, 1);
        String d = pair.toJson().get("d").textValue();
        assertThat(pair.toString()).doesNotContain(d);
        assertThat(PublicJwk.parse(pair.toJson()).toString()).doesNotContain(d);
        assertThat(PrivateJwk.parse(pair.toJson().put("use", "enc")).toString()).doesNotContain(d);
    }

    private static KeyFault publicFault(PublicJwk key, String member, String value) {
        return faultOf(PublicJwk.parse(key.toJson().put(member, value)));
    }
}
