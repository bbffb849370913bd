package dev.hutong.registry.jose;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which library checks and makes the signatures of each algorithm: chosen once when a process starts, and the same until it ends.
 *
 * <p>ES256 and EdDSA are AWS-LC's, through ACCP; where that cannot be loaded they are the JDK's own, which verifies ES256 at about an
 * eighth of the speed, and a warning says so. SM2 is Bouncy Castle's. No provider is installed into the JVM: each is used by
 * reference, so that nothing else in the process changes its behaviour.
 */
public final class SignatureProviders {
    private static final Logger LOG = LoggerFactory.getLogger(SignatureProviders.class);

    private final JcaSignatures jca;
    private final boolean degraded;
    private final Map<SignatureAlgorithm, String> algorithmToName;
    private final Map<SignatureAlgorithm, VerificationCount> algorithmToCount = new EnumMap<>(SignatureAlgorithm.class);
    private final SecureRandom random = new SecureRandom();

    private SignatureProviders(JcaSignatures jca, boolean degraded) {
        this.jca = jca;
        this.degraded = degraded;
        Map<SignatureAlgorithm, String> names = new EnumMap<>(SignatureAlgorithm.class);
        names.put(SignatureAlgorithm.ES256, jca.name());
        names.put(SignatureAlgorithm.EDDSA, jca.name());
        names.put(SignatureAlgorithm.SM2, Sm2Signatures.name());
        this.algorithmToName = Collections.unmodifiableMap(names);
        for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
            algorithmToCount.put(algorithm, new VerificationCount());
        }
    }

    /**
     * The fastest providers that work on this machine, named in the log.
     *
     * @throws IllegalStateException if not even the JDK's own works
     */
    public static SignatureProviders choose() {
        try {
            Throwable cause = AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError();
            if (cause == null) {
                SignatureProviders chosen =
                        new SignatureProviders(new JcaSignatures(AmazonCorrettoCryptoProvider.INSTANCE), false);
                LOG.debug("Signatures are checked by {}", chosen.names());
                return chosen;
            }
            return fallBack(cause);
        } catch (GeneralSecurityException | LinkageError | RuntimeException cause) {
            return fallBack(cause);
        }
    }

    /** The JDK's own ES256 and EdDSA: what {@link #choose} falls back to. */
    static SignatureProviders ofTheJdk() {
        Provider sunEc = Objects.requireNonNull(Security.getProvider("SunEC"), "The JDK has no SunEC");
        try {
            return new SignatureProviders(new JcaSignatures(sunEc), true);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("The JDK's own provider has no ES256 or no Ed25519", missing);
        }
    }

    static SignatureProviders fallBack(Throwable cause) {
        SignatureProviders slow = ofTheJdk();
        LOG.warn(
                "Amazon Corretto Crypto Provider cannot be used ({}). DEGRADED: signatures are checked by {}, ES256 at about an eighth of the"
                        + " speed. It needs Linux on x86-64 or AArch64 with glibc, and java --enable-native-access=ALL-UNNAMED.",
                cause.toString(),
                slow.names(),
                cause);
        return slow;
    }

    /** A verifier for this key, to be kept and shared: making one costs more than a verification. */
    public SignatureVerifier verifier(PublicJwk key) {
        return count(key.algorithm()).counting(uncounted(key));
    }

    /** How often signatures of this algorithm were checked, and what came of it. */
    public VerificationCount count(SignatureAlgorithm algorithm) {
        return Objects.requireNonNull(algorithmToCount.get(algorithm));
    }

    SignatureVerifier uncounted(PublicJwk key) {
        return switch (key.algorithm()) {
            case ES256 -> jca.ecdsaVerifier(key);
            case EDDSA -> jca.ed25519Verifier(key);
            case SM2 -> Sm2Signatures.verifier(key);
        };
    }

    /** A signer for this key pair, to be kept and shared. */
    public SignatureSigner signer(PrivateJwk key) {
        return switch (key.publicJwk().algorithm()) {
            case ES256 -> jca.ecdsaSigner(key);
            case EDDSA -> jca.ed25519Signer(key);
            case SM2 -> Sm2Signatures.signer(key, random);
        };
    }

    /** The name and version of the library behind each algorithm. */
    public Map<SignatureAlgorithm, String> names() {
        return algorithmToName;
    }

    /** True where the fast provider could not be loaded. */
    public boolean degraded() {
        return degraded;
    }
}
