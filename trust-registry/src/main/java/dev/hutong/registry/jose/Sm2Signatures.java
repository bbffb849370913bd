package dev.hutong.registry.jose;

import java.io.IOException;
import java.math.BigInteger;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.jar.Manifest;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithID;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.SM2Signer;

/**
 * SM2 with SM3 (GB/T 32918.2-2016) by Bouncy Castle, signatures raw r‖s.
 *
 * <p>A verifier keeps its key object: Bouncy Castle stores the multiples it has computed in the point itself, and the first
 * verification pays for all later ones.
 */
final class Sm2Signatures {
    private Sm2Signatures() {}

    /**
     * The library's name and version, for the log and for readiness. Its jar tells the version in its manifest as a bundle's only, and
     * building its JCA provider to ask takes half a second.
     */
    static String name() {
        try {
            URL library = SM2Signer.class.getResource("SM2Signer.class");
            Manifest manifest = library != null && library.openConnection() instanceof JarURLConnection jar
                    ? jar.getManifest()
                    : null;
            String version =
                    manifest == null ? null : manifest.getMainAttributes().getValue("Bundle-Version");
            return version == null ? "Bouncy Castle" : "Bouncy Castle " + version;
        } catch (IOException unreadable) {
            return "Bouncy Castle";
        }
    }

    static SignatureVerifier verifier(PublicJwk key) {
        CipherParameters parameters = new ParametersWithID(
                new ECPublicKeyParameters(WeierstrassCurve.SM2.point(key.x(), key.y()), WeierstrassCurve.SM2.domain()),
                signerId(key));
        return (signingInput, signature) -> {
            if (!WeierstrassCurve.SM2.holdsSignature(signature) || WeierstrassCurve.SM2.halvesSumToOrder(signature)) {
                return false;
            }
            try {
                SM2Signer sm2 = new SM2Signer(PlainDSAEncoding.INSTANCE);
                sm2.init(false, parameters);
                sm2.update(signingInput, 0, signingInput.length);
                return sm2.verifySignature(signature);
            } catch (RuntimeException refusedByLibrary) {
                return false;
            }
        };
    }

    /** Takes the nonce k of each signature from {@code random}. */
    static SignatureSigner signer(PrivateJwk key, SecureRandom random) {
        CipherParameters parameters = new ParametersWithID(
                new ParametersWithRandom(
                        new ECPrivateKeyParameters(new BigInteger(1, key.d()), WeierstrassCurve.SM2.domain()), random),
                signerId(key.publicJwk()));
        return signingInput -> {
            SM2Signer sm2 = new SM2Signer(PlainDSAEncoding.INSTANCE);
            sm2.init(true, parameters);
            sm2.update(signingInput, 0, signingInput.length);
            try {
                return sm2.generateSignature();
            } catch (CryptoException failure) {
                throw new IllegalStateException("Bouncy Castle could not sign", failure);
            }
        };
    }

    private static byte[] signerId(PublicJwk key) {
        return key.sm2Id().getBytes(StandardCharsets.UTF_8);
    }
}
