package dev.hutong.province;

import static dev.hutong.province.Codes.NOW;
import static dev.hutong.province.Codes.YUEKANGMA;
import static dev.hutong.province.Codes.assertRefused;
import static dev.hutong.province.Codes.passed;

import dev.hutong.conformance.jose.Algorithm;
import dev.hutong.conformance.jose.Base64Url;
import dev.hutong.conformance.jose.SigningKey;
import dev.hutong.conformance.jose.TokenFault;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.format.SignedClaims;
import dev.hutong.registry.RegistrySnapshot;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Forged and damaged tokens, under every algorithm. */
class TokenSignatureTest {
    private static final Map<Algorithm, SigningKey> KEYS = new EnumMap<>(Map.of(
            Algorithm.ES256, SigningKey.generate(Algorithm.ES256),
            Algorithm.EDDSA, SigningKey.generate(Algorithm.EDDSA),
            Algorithm.SM2, SigningKey.generate(Algorithm.SM2)));
    private static final RegistrySnapshot REGISTRY =
            TestRegistry.of(YUEKANGMA, KEYS.values().toArray(SigningKey[]::new)).snapshot();
    /** The orders of P-256 (FIPS 186-5), of SM2's curve (GB/T 32918.5) and of Ed25519's base point (RFC 8032). */
    private static final Map<Algorithm, BigInteger> ORDERS = Map.of(
            Algorithm.ES256, new BigInteger("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", 16),
            Algorithm.SM2, new BigInteger("FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123", 16),
            Algorithm.EDDSA, new BigInteger("1000000000000000000000000000000014DEF9DEA2F79CD65812631A5CF5D3ED", 16));

    static Stream<Arguments> faults() {
        return Arrays.stream(TokenFault.values())
                .flatMap(fault -> KEYS.keySet().stream().map(algorithm -> Arguments.of(fault, algorithm)));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void everyFaultHasItsReason(TokenFault fault, Algorithm algorithm) {
        String token = fault.token(
                key(algorithm), "ykm+jwt", Codes.utf8(Codes.yuekangma().toString()));
        assertRefused(
                resolve("YKM2:" + token),
                switch (fault) {
                    case TAMPERED_SIGNATURE, TAMPERED_PAYLOAD, ZERO_SIGNATURE, BORROWED_KID -> Reason.BAD_SIGNATURE;
                    case UNKNOWN_KEY -> Reason.UNKNOWN_KEY;
                    case DER_SIGNATURE,
                            EMPTY_SIGNATURE,
                            WRONG_ALG,
                            ALG_NONE,
                            EXTRA_HEADER,
                            MISSING_KID,
                            OTHER_TYP,
                            DUPLICATE_MEMBER,
                            PADDED,
                            TRUNCATED -> Reason.MALFORMED_CODE;
                });
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void numbersAtTheEdgesOfTheOrderAreNoSignature(Algorithm algorithm) {
        BigInteger order = ORDERS.getOrDefault(algorithm, BigInteger.ONE);
        List<BigInteger> edges = List.of(
                BigInteger.ZERO,
                BigInteger.ONE,
                order.subtract(BigInteger.ONE),
                order,
                order.add(BigInteger.ONE),
                BigInteger.TWO.pow(256).subtract(BigInteger.ONE));
        byte[] honest = signatureOf(honest(algorithm));
        for (BigInteger r : edges) {
            for (BigInteger s : edges) {
                assertForged(algorithm, pair(fixed(r), fixed(s)));
            }
            assertForged(algorithm, pair(fixed(r), Arrays.copyOfRange(honest, 32, 64)));
            assertForged(algorithm, pair(Arrays.copyOf(honest, 32), fixed(r)));
        }
    }

    /** In SM2, t = r + s must not be zero; a verifier that forgets it takes these for good. */
    @Test
    void halvesThatAddUpToTheOrderAreNoSignature() {
        BigInteger order = ORDERS.getOrDefault(Algorithm.SM2, BigInteger.ONE);
        byte[] honest = signatureOf(honest(Algorithm.SM2));
        BigInteger r = new BigInteger(1, honest, 0, 32);
        assertForged(Algorithm.SM2, pair(fixed(r), fixed(order.subtract(r))));
        assertForged(Algorithm.SM2, pair(fixed(BigInteger.ONE), fixed(order.subtract(BigInteger.ONE))));
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void anExchangeOfTheHalvesOrAChangeOfAnyByteIsNoSignature(Algorithm algorithm) {
        byte[] honest = signatureOf(honest(algorithm));
        assertForged(algorithm, pair(Arrays.copyOfRange(honest, 32, 64), Arrays.copyOf(honest, 32)));
        for (int i = 0; i < honest.length; i++) {
            byte[] changed = honest.clone();
            changed[i] ^= 0x01;
            assertForged(algorithm, changed);
        }
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void theSignatureOfAnotherKeyOfTheIssuerIsNotThisKeys(Algorithm algorithm) {
        for (Algorithm other : Algorithm.values()) {
            if (other != algorithm) {
                assertForged(algorithm, signatureOf(honest(other)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void whatWasSignedIsTheTextAndNotWhatItSays(Algorithm algorithm) {
        SigningKey key = key(algorithm);
        String token = key.jws("ykm+jwt", Codes.utf8(Codes.yuekangma().toString()));
        String[] parts = token.split("\\.", -1);
        String sameClaims = Base64Url.encode(" " + Codes.yuekangma());
        assertRefused(resolve("YKM2:" + parts[0] + "." + sameClaims + "." + parts[2]), Reason.BAD_SIGNATURE);
    }

    /** A key may carry a signer id of its own; then a signature made with the default one is another's. */
    @Test
    void anSm2SignatureUnderAnotherSignerIdIsNotThisKeys() {
        SigningKey key = key(Algorithm.SM2);
        String jwk = key.publicJwk().replace("}", ",\"sm2_id\":\"guangdong-2026\"}");
        RegistrySnapshot registry =
                TestRegistry.of(YUEKANGMA).key(YUEKANGMA, jwk, null, null).snapshot();
        assertRefused(resolve(honest(Algorithm.SM2), registry), Reason.BAD_SIGNATURE);
        passed(resolve(honest(Algorithm.SM2)));
    }

    /** An Ed25519 point of small order makes one signature good for everything, where a verifier takes it. */
    @Test
    void aSignatureOfSmallOrderIsNoSignature() {
        byte[] identity = new byte[32];
        identity[0] = 1;
        assertForged(Algorithm.EDDSA, pair(identity, new byte[32]));
        byte[] smallOrder = HexFormat.of().parseHex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa");
        assertForged(Algorithm.EDDSA, pair(smallOrder, new byte[32]));
    }

    private static void assertForged(Algorithm algorithm, byte[] signature) {
        String honest = honest(algorithm);
        String forged = honest.substring(0, honest.lastIndexOf('.') + 1) + Base64Url.encode(signature);
        assertRefused(resolve(forged), Reason.BAD_SIGNATURE);
    }

    private static SigningKey key(Algorithm algorithm) {
        return Objects.requireNonNull(KEYS.get(algorithm));
    }

    private static String honest(Algorithm algorithm) {
        return Codes.yuekangma(key(algorithm), Codes.yuekangma());
    }

    private static byte[] signatureOf(String text) {
        return Base64Url.decode(text.substring(text.lastIndexOf('.') + 1));
    }

    private static byte[] pair(byte[] r, byte[] s) {
        byte[] pair = Arrays.copyOf(r, 64);
        System.arraycopy(s, 0, pair, 32, 32);
        return pair;
    }

    private static byte[] fixed(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[32];
        int taken = Math.min(bytes.length, 32);
        System.arraycopy(bytes, bytes.length - taken, fixed, 32 - taken, taken);
        return fixed;
    }

    private static Outcome<SignedClaims> resolve(String text) {
        return resolve(text, REGISTRY);
    }

    private static Outcome<SignedClaims> resolve(String text, RegistrySnapshot registry) {
        return Codes.open(text).then(opened -> switch (opened) {
            case OpenedCode.SignedText signed -> new TokenAuthenticator().authenticate(signed, registry, NOW);
            case OpenedCode.Packed packed -> throw new AssertionError("not a signed text");
            case OpenedCode.Enquiry enquiry -> throw new AssertionError("not a signed text");
        });
    }
}
