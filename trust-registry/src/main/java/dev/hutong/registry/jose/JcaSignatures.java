package dev.hutong.registry.jose;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * ES256 and EdDSA by one JCA provider.
 *
 * <p>Each thread has one {@link Signature} per algorithm, not one per key: setting a key costs under a microsecond where verifying
 * costs forty, and ten thousand keys on sixteen threads would otherwise hold 160,000 native contexts.
 */
final class JcaSignatures {
    /** SubjectPublicKeyInfo of an Ed25519 key up to the key itself (RFC 8410 §4). */
    private static final byte[] ED25519_PUBLIC_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
    /** PKCS #8 of an Ed25519 key up to the seed itself (RFC 8410 §7). */
    private static final byte[] ED25519_PRIVATE_PREFIX = HexFormat.of().parseHex("302e020100300506032b657004220420");

    private static final int ED25519_SIGNATURE_OCTETS = 64;

    private final Provider provider;
    private final ECParameterSpec p256;
    private final ThreadLocal<Signature> ecdsa;
    private final ThreadLocal<Signature> ed25519;

    /** @throws GeneralSecurityException if the provider lacks one of the two algorithms */
    JcaSignatures(Provider provider) throws GeneralSecurityException {
        this.provider = provider;
        this.ecdsa = signatures("SHA256withECDSAinP1363Format");
        this.ed25519 = signatures("Ed25519");
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        this.p256 = parameters.getParameterSpec(ECParameterSpec.class);
    }

    /** The provider's name and version, for the log and for readiness. */
    String name() {
        return provider.getName() + " " + provider.getVersionStr();
    }

    SignatureVerifier ecdsaVerifier(PublicJwk key) {
        PublicKey jcaKey = unfailing(() -> KeyFactory.getInstance("EC", provider)
                .generatePublic(new ECPublicKeySpec(
                        new ECPoint(new BigInteger(1, key.x()), new BigInteger(1, key.y())), p256)));
        return (signingInput, signature) ->
                WeierstrassCurve.P256.holdsSignature(signature) && verify(ecdsa.get(), jcaKey, signingInput, signature);
    }

    SignatureVerifier ed25519Verifier(PublicJwk key) {
        // The provider here is the JDK's: ACCP reads its keys, and registers no factory of its own by default.
        PublicKey jcaKey = unfailing(() -> KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(concat(ED25519_PUBLIC_PREFIX, key.x()))));
        return (signingInput, signature) ->
                signature.length == ED25519_SIGNATURE_OCTETS && verify(ed25519.get(), jcaKey, signingInput, signature);
    }

    SignatureSigner ecdsaSigner(PrivateJwk key) {
        PrivateKey jcaKey = unfailing(() -> KeyFactory.getInstance("EC", provider)
                .generatePrivate(new ECPrivateKeySpec(new BigInteger(1, key.d()), p256)));
        return signingInput -> unfailing(() -> sign(ecdsa.get(), jcaKey, signingInput));
    }

    SignatureSigner ed25519Signer(PrivateJwk key) {
        PrivateKey jcaKey = unfailing(() -> KeyFactory.getInstance("Ed25519")
                .generatePrivate(new PKCS8EncodedKeySpec(concat(ED25519_PRIVATE_PREFIX, key.d()))));
        return signingInput -> unfailing(() -> sign(ed25519.get(), jcaKey, signingInput));
    }

    /** ACCP throws on a signature that is merely wrong; whatever happens here other than "true" is an invalid signature. */
    private static boolean verify(Signature jca, PublicKey key, byte[] signingInput, byte[] signature) {
        try {
            jca.initVerify(key);
            jca.update(signingInput);
            return jca.verify(signature);
        } catch (GeneralSecurityException | RuntimeException invalid) {
            return false;
        }
    }

    private static byte[] sign(Signature jca, PrivateKey key, byte[] signingInput) throws GeneralSecurityException {
        jca.initSign(key);
        jca.update(signingInput);
        return jca.sign();
    }

    private ThreadLocal<Signature> signatures(String jcaName) throws GeneralSecurityException {
        Signature.getInstance(jcaName, provider);
        return ThreadLocal.withInitial(() -> unfailing(() -> Signature.getInstance(jcaName, provider)));
    }

    private static byte[] concat(byte[] prefix, byte[] key) {
        byte[] encoded = Arrays.copyOf(prefix, prefix.length + key.length);
        System.arraycopy(key, 0, encoded, prefix.length, key.length);
        return encoded;
    }

    private interface Step<T> {
        T run() throws GeneralSecurityException;
    }

    /** Runs a step that cannot fail for an admitted key, unless the provider is broken. */
    private static <T> T unfailing(Step<T> step) {
        try {
            return step.run();
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("The crypto provider failed on an admitted key", broken);
        }
    }
}
