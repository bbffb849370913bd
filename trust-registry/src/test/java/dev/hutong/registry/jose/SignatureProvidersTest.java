package dev.hutong.registry.jose;

import static dev.hutong.registry.jose.Keys.hex;
import static dev.hutong.registry.jose.Keys.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.util.BigIntegers;
import org.bouncycastle.util.test.FixedSecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

class SignatureProvidersTest {
    private static final byte[] MESSAGE = utf8("header.payload");
    private static final SignatureProviders CHOSEN = SignatureProviders.choose();
    private static final SignatureProviders JDK = SignatureProviders.ofTheJdk();

    static Stream<SignatureProviders> providers() {
        return Stream.of(CHOSEN, JDK);
    }

    static Stream<Arguments> providersAndAlgorithms() {
        return providers()
                .flatMap(providers ->
                        Arrays.stream(SignatureAlgorithm.values()).map(alg -> Arguments.of(providers, alg)));
    }

    @Test
    void theFastProviderIsChosenAndNamed() {
        assertThat(CHOSEN.degraded()).isFalse();
        assertThat(CHOSEN.names().get(SignatureAlgorithm.ES256)).startsWith("AmazonCorrettoCryptoProvider 2.");
        assertThat(CHOSEN.names().get(SignatureAlgorithm.SM2)).startsWith("Bouncy Castle 1.");
        assertThat(JDK.degraded()).isTrue();
        assertThat(JDK.names().get(SignatureAlgorithm.EDDSA)).startsWith("SunEC");
    }

    @Test
    void fallingBackIsAWarningThatNamesTheCauseAndWhatIsNeeded() {
        Logger logger = (Logger) LoggerFactory.getLogger(SignatureProviders.class);
        ListAppender<ILoggingEvent> seen = new ListAppender<>();
        seen.start();
        logger.addAppender(seen);
        try {
            assertThat(SignatureProviders.fallBack(new UnsatisfiedLinkError("no such library"))
                            .degraded())
                    .isTrue();
        } finally {
            logger.detachAppender(seen);
        }
        assertThat(seen.list).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.WARN);
            assertThat(event.getFormattedMessage()).contains("no such library", "DEGRADED", "SunEC");
        });
    }

    @ParameterizedTest
    @MethodSource("providers")
    void verifiesTheExamplesOfTheRfcs(SignatureProviders providers) {
        assertThat(verifiesJws(providers, Keys.RFC7515_A3, Keys.RFC7515_A3_JWS)).isTrue();
        assertThat(verifiesJws(providers, Keys.RFC8037_A, Keys.RFC8037_A_JWS)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("providers")
    void signsTheExampleOfRfc8037ToTheOctet(SignatureProviders providers) {
        int dot = Keys.RFC8037_A_JWS.lastIndexOf('.');
        byte[] signature =
                providers.signer(Keys.admittedPrivate(Keys.RFC8037_A)).sign(utf8(Keys.RFC8037_A_JWS.substring(0, dot)));
        assertThat(StrictBase64Url.encode(signature)).isEqualTo(Keys.RFC8037_A_JWS.substring(dot + 1));
    }

    @Test
    void verifiesAndSignsTheExampleOfGbt32918() {
        PrivateJwk pair = Keys.gbt32918();
        byte[] signature = hex(Keys.GBT_32918_SIGNATURE);
        assertThat(CHOSEN.verifier(pair.publicJwk()).verify(Keys.GBT_32918_MESSAGE, signature))
                .isTrue();
        FixedSecureRandom k = new FixedSecureRandom(hex(Keys.GBT_32918_K));
        assertThat(Sm2Signatures.signer(pair, k).sign(Keys.GBT_32918_MESSAGE)).isEqualTo(signature);
    }

    @Test
    void anotherSignerIdIsAnotherSignature() {
        PublicJwk otherId = Keys.admitted(Keys.gbt32918Json(",\"sm2_id\":\"ALICE123@YAHOO.COM\""));
        assertThat(CHOSEN.verifier(otherId).verify(Keys.GBT_32918_MESSAGE, hex(Keys.GBT_32918_SIGNATURE)))
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("providersAndAlgorithms")
    void whatOneProviderSignsTheOtherVerifies(SignatureProviders providers, SignatureAlgorithm algorithm) {
        PrivateJwk pair = Keys.generated(algorithm, 3);
        byte[] signature = providers.signer(pair).sign(MESSAGE);
        assertThat(signature).hasSize(64);
        assertThat(CHOSEN.verifier(pair.publicJwk()).verify(MESSAGE, signature)).isTrue();
        assertThat(JDK.verifier(pair.publicJwk()).verify(MESSAGE, signature)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("providers")
    void nimbusVerifiesWhatWeSignAndWeWhatNimbusSigns(SignatureProviders providers) throws Exception {
        for (int seed = 0; seed < 20; seed++) {
            PrivateJwk pair = Keys.generated(SignatureAlgorithm.ES256, seed);
            ECKey nimbusKey = ECKey.parse(pair.toJson().toString());
            JWSHeader header = new JWSHeader(JWSAlgorithm.ES256);
            byte[] ours = providers.signer(pair).sign(MESSAGE);
            assertThat(new ECDSAVerifier(nimbusKey.toPublicJWK()).verify(header, MESSAGE, Base64URL.encode(ours)))
                    .isTrue();
            byte[] theirs = new ECDSASigner(nimbusKey).sign(header, MESSAGE).decode();
            assertThat(providers.verifier(pair.publicJwk()).verify(MESSAGE, theirs))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("providersAndAlgorithms")
    void everyChangedBitSpoilsIt(SignatureProviders providers, SignatureAlgorithm algorithm) {
        PrivateJwk pair = Keys.generated(algorithm, 4);
        SignatureVerifier verifier = providers.verifier(pair.publicJwk());
        byte[] signature = providers.signer(pair).sign(MESSAGE);
        for (int bit = 0; bit < 512; bit += 7) {
            byte[] changed = signature.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(verifier.verify(MESSAGE, changed)).isFalse();
        }
        assertThat(verifier.verify(utf8("header.Payload"), signature)).isFalse();
        assertThat(verifier.verify(new byte[0], signature)).isFalse();
        assertThat(verifier.verify(MESSAGE, signature)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("providersAndAlgorithms")
    void signaturesOfAnotherLengthOrFormAreFalse(SignatureProviders providers, SignatureAlgorithm algorithm)
            throws Exception {
        PrivateJwk pair = Keys.generated(algorithm, 5);
        SignatureVerifier verifier = providers.verifier(pair.publicJwk());
        byte[] signature = providers.signer(pair).sign(MESSAGE);
        for (int length : new int[] {0, 1, 32, 63, 65, 96, 128}) {
            assertThat(verifier.verify(MESSAGE, Arrays.copyOf(signature, length)))
                    .isFalse();
        }
        byte[] der = new DERSequence(new ASN1Integer[] {
                    new ASN1Integer(new BigInteger(1, signature, 0, 32)),
                    new ASN1Integer(new BigInteger(1, signature, 32, 32))
                })
                .getEncoded();
        assertThat(verifier.verify(MESSAGE, der)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("providersAndAlgorithms")
    void noExtremeValueOfRAndSIsASignature(SignatureProviders providers, SignatureAlgorithm algorithm) {
        SignatureVerifier verifier =
                providers.verifier(Keys.generated(algorithm, 6).publicJwk());
        List<BigInteger> extremes = new ArrayList<>(List.of(BigInteger.ZERO, BigInteger.ONE, BigInteger.TWO));
        for (WeierstrassCurve curve : List.of(WeierstrassCurve.P256, WeierstrassCurve.SM2)) {
            BigInteger n = curve.domain().getN();
            extremes.addAll(List.of(n.subtract(BigInteger.ONE), n, n.add(BigInteger.ONE)));
        }
        extremes.add(BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE));
        for (BigInteger r : extremes) {
            for (BigInteger s : extremes) {
                assertThat(verifier.verify(MESSAGE, raw(r, s)))
                        .as("r=%x s=%x", r, s)
                        .isFalse();
                assertThat(verifier.verify(new byte[0], raw(r, s))).isFalse();
            }
        }
    }

    @Test
    void onlyRAndSFromOneToNMinusOneReachALibrary() {
        for (WeierstrassCurve curve : List.of(WeierstrassCurve.P256, WeierstrassCurve.SM2)) {
            BigInteger n = curve.domain().getN();
            BigInteger largest = n.subtract(BigInteger.ONE);
            assertThat(curve.holdsSignature(raw(BigInteger.ONE, largest))).isTrue();
            assertThat(curve.holdsSignature(raw(largest, BigInteger.ONE))).isTrue();
            for (BigInteger out : List.of(BigInteger.ZERO, n, n.add(BigInteger.ONE))) {
                assertThat(curve.holdsSignature(raw(out, BigInteger.ONE))).isFalse();
                assertThat(curve.holdsSignature(raw(BigInteger.ONE, out))).isFalse();
            }
            assertThat(curve.halvesSumToOrder(raw(largest, BigInteger.ONE))).isTrue();
            assertThat(curve.halvesSumToOrder(raw(largest, BigInteger.TWO))).isFalse();
        }
    }

    @Test
    void sm2HalvesThatSumToTheOrderAreRefused() {
        PublicJwk key = Keys.gbt32918().publicJwk();
        BigInteger r = new BigInteger(1, hex(Keys.GBT_32918_SIGNATURE), 0, 32);
        BigInteger s = WeierstrassCurve.SM2.domain().getN().subtract(r);
        assertThat(CHOSEN.verifier(key).verify(Keys.GBT_32918_MESSAGE, raw(r, s)))
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("providersAndAlgorithms")
    void oneVerifierServesManyThreadsAndOneThreadManyKeys(SignatureProviders providers, SignatureAlgorithm algorithm) {
        List<PrivateJwk> pairs = IntStream.range(0, 4)
                .mapToObj(i -> Keys.generated(algorithm, 100 + i))
                .toList();
        List<SignatureVerifier> verifiers =
                pairs.stream().map(pair -> providers.verifier(pair.publicJwk())).toList();
        List<byte[]> signatures =
                pairs.stream().map(pair -> providers.signer(pair).sign(MESSAGE)).toList();
        boolean allRight = IntStream.range(0, 400)
                .parallel()
                .allMatch(i -> verifiers.get(i % 4).verify(MESSAGE, signatures.get(i / 4 % 4)) == (i % 4 == i / 4 % 4));
        assertThat(allRight).isTrue();
    }

    @Test
    void algorithmsAreNamedInExactlyTheirLetters() {
        assertThat(SignatureAlgorithm.of("ES256")).contains(SignatureAlgorithm.ES256);
        assertThat(SignatureAlgorithm.of("EdDSA")).contains(SignatureAlgorithm.EDDSA);
        assertThat(SignatureAlgorithm.of("SM2")).contains(SignatureAlgorithm.SM2);
        for (String other : List.of("none", "nOnE", "HS256", "es256", "EDDSA", "Ed25519", "ES256 ", "")) {
            assertThat(SignatureAlgorithm.of(other)).isEmpty();
        }
    }

    private static boolean verifiesJws(SignatureProviders providers, String key, String jws) {
        int dot = jws.lastIndexOf('.');
        byte[] signature = StrictBase64Url.decodeOrNull(jws.substring(dot + 1));
        return signature != null
                && providers
                        .verifier(Keys.admittedPrivate(key).publicJwk())
                        .verify(utf8(jws.substring(0, dot)), signature);
    }

    private static byte[] raw(BigInteger r, BigInteger s) {
        byte[] signature = Arrays.copyOf(BigIntegers.asUnsignedByteArray(32, r), 64);
        System.arraycopy(BigIntegers.asUnsignedByteArray(32, s), 0, signature, 32, 32);
        return signature;
    }
}
