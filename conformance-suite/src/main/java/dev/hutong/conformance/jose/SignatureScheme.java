package dev.hutong.conformance.jose;

import com.tencent.kona.crypto.KonaCryptoProvider;
import com.tencent.kona.crypto.spec.SM2ParameterSpec;
import com.tencent.kona.crypto.spec.SM2SignatureParameterSpec;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Objects;

/**
 * The JCA calls behind each {@link Algorithm}. Providers are named explicitly, so that a provider the process has installed for itself never signs here.
 */
final class SignatureScheme {
    /** The default signer ID of GB/T 35276; always set explicitly, because libraries disagree about the default. */
    static final byte[] SM2_SIGNER_ID = "1234567812345678".getBytes(StandardCharsets.US_ASCII);

    /** Used without being installed: the process's provider order stays as it is. */
    static final Provider KONA = new KonaCryptoProvider();

    static final Provider SUN_EC =
            Objects.requireNonNull(Security.getProvider("SunEC"), "this JDK has no SunEC provider");

    private SignatureScheme() {}

    static KeyPair generate(Algorithm algorithm) {
        try {
            KeyPairGenerator generator = switch (algorithm) {
                case ES256 -> KeyPairGenerator.getInstance("EC", SUN_EC);
                case EDDSA -> KeyPairGenerator.getInstance("Ed25519", SUN_EC);
                case SM2 -> KeyPairGenerator.getInstance("SM2", KONA);
            };
            switch (algorithm) {
                case ES256 -> generator.initialize(new ECGenParameterSpec("secp256r1"));
                case SM2 -> generator.initialize(SM2ParameterSpec.instance());
                case EDDSA -> {} // the name of the generator says it all
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot generate a key for " + algorithm.jwsName(), e);
        }
    }

    /** Signs; 64 raw bytes for each of the three algorithms. */
    static byte[] sign(Algorithm algorithm, KeyPair pair, byte[] message) {
        try {
            Signature signature = signature(algorithm, pair.getPublic());
            signature.initSign(pair.getPrivate());
            signature.update(message);
            byte[] signed = signature.sign();
            return algorithm == Algorithm.SM2 ? EcSignature.fromDer(signed).raw() : signed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign with " + algorithm.jwsName(), e);
        }
    }

    /** True if the raw signature is good. Malformed signatures are false, never an exception. */
    static boolean verify(Algorithm algorithm, PublicKey key, byte[] message, byte[] raw) {
        if (raw.length != 64) {
            return false;
        }
        try {
            Signature signature = signature(algorithm, key);
            signature.initVerify(key);
            signature.update(message);
            return signature.verify(
                    algorithm == Algorithm.SM2 ? EcSignature.fromRaw(raw).der() : raw);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    private static Signature signature(Algorithm algorithm, PublicKey key) throws GeneralSecurityException {
        return switch (algorithm) {
            case ES256 -> Signature.getInstance("SHA256withECDSAinP1363Format", SUN_EC);
            case EDDSA -> Signature.getInstance("Ed25519", SUN_EC);
            case SM2 -> {
                Signature signature = Signature.getInstance("SM2", KONA);
                signature.setParameter(new SM2SignatureParameterSpec(SM2_SIGNER_ID, (ECPublicKey) key));
                yield signature;
            }
        };
    }
}
