package dev.hutong.hub.tls;

import dev.hutong.hub.config.TlsConfig;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the files of an endpoint's TLS, and says what is wrong with them before any client would. */
final class TlsFiles {
    private static final int LARGEST = 256 * 1024;

    /** CA/Browser Forum Baseline Requirements §6.1.5; RFC 9325 §4.5. */
    private static final int SHORTEST_RSA = 2048;

    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final Set<PosixFilePermission> FOR_OWNER =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private TlsFiles() {}

    /** What files were read as. */
    sealed interface Reading {
        /** They belong together and are good now. */
        record Usable(TlsMaterial material) implements Reading {}

        /** They are not; {@code why} names the key of the configuration, and holds no secret. */
        record NotUsable(String why) implements Reading {}
    }

    /** Reads them. Blocks. */
    static Reading read(TlsConfig config, Instant now) {
        try {
            byte[] certificate = octets("certificate", config.certificate());
            List<X509Certificate> chain = certificates("certificate", config.certificate(), certificate);
            X509Certificate leaf = chain.getFirst();
            checkChain(chain, config.certificate());
            checkTime(leaf, config.certificate(), now);
            checkPermissions(config.key());
            byte[] key = octets("key", config.key());
            checkKey(privateKey(key, leaf, config.key()), leaf, config.key());
            Optional<Buffer> trust = Optional.empty();
            if (config.clientTrust().isPresent()) {
                Path file = config.clientTrust().get();
                byte[] pem = octets("clientTrust", file);
                certificates("clientTrust", file, pem);
                trust = Optional.of(Buffer.buffer(pem));
            }
            return new Reading.Usable(new TlsMaterial(
                    leaf, Buffer.buffer(certificate), Buffer.buffer(key), config.clientCertificates(), trust));
        } catch (Refused refused) {
            return new Reading.NotUsable(String.valueOf(refused.getMessage()));
        }
    }

    private static byte[] octets(String what, Path file) throws Refused {
        try {
            if (Files.size(file) > LARGEST) {
                throw new Refused(what, file + " is larger than " + LARGEST / 1024 + " KiB; is it PEM?");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new Refused(what, "there is no file " + file);
        } catch (IOException e) {
            throw new Refused(what, file + " cannot be read (" + e + "): give this user access to it");
        }
    }

    private static List<X509Certificate> certificates(String what, Path file, byte[] pem) throws Refused {
        try {
            List<X509Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (!certificates.isEmpty()) {
                return certificates;
            }
        } catch (CertificateException noCertificate) {
            // Told below as for an empty file: the parser's own words are about its source.
        }
        throw new Refused(what, file + " holds no certificates in PEM (-----BEGIN CERTIFICATE-----)");
    }

    /** As RFC 8446 §4.4.2 has it: the endpoint's own first, then each one's issuer. */
    private static void checkChain(List<X509Certificate> chain, Path file) throws Refused {
        for (int i = 0; i + 1 < chain.size(); i++) {
            try {
                chain.get(i).verify(chain.get(i + 1).getPublicKey());
            } catch (GeneralSecurityException notIssued) {
                throw new Refused(
                        "certificate",
                        file + ": its certificate " + (i + 2)
                                + " did not issue the one before it; put the hub's own first, then its"
                                + " issuer, and so on");
            }
        }
    }

    private static void checkTime(X509Certificate leaf, Path file, Instant now) throws Refused {
        if (!now.isBefore(leaf.getNotAfter().toInstant())) {
            throw new Refused(
                    "certificate", file + " ended at " + leaf.getNotAfter().toInstant() + "; get it renewed");
        }
        if (now.isBefore(leaf.getNotBefore().toInstant())) {
            throw new Refused(
                    "certificate",
                    file + " is good only from " + leaf.getNotBefore().toInstant()
                            + " on; wait, or look after this machine's clock");
        }
    }

    /** For its owner only; where that is root its group may read too, as machines hand a service its secrets. */
    private static void checkPermissions(Path file) throws Refused {
        try {
            PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
            Set<PosixFilePermission> others = new HashSet<>(attributes.permissions());
            others.removeAll(FOR_OWNER);
            if (attributes.owner().getName().equals("root")) {
                others.remove(PosixFilePermission.GROUP_READ);
            }
            if (!others.isEmpty()) {
                throw new Refused(
                        "key", file + " can be read by others than its owner; run: chmod 600 " + file.getFileName());
            }
        } catch (NoSuchFileException e) {
            throw new Refused("key", "there is no file " + file);
        } catch (UnsupportedOperationException noPosix) {
            // A file system without such permissions has none to look at.
        } catch (IOException e) {
            throw new Refused("key", file + " cannot be looked at (" + e + "): give this user access to it");
        }
    }

    private static PrivateKey privateKey(byte[] pem, X509Certificate leaf, Path file) throws Refused {
        Matcher matcher = PKCS8.matcher(new String(pem, StandardCharsets.ISO_8859_1));
        if (!matcher.find()) {
            throw new Refused(
                    "key",
                    file
                            + " holds no unencrypted key in PKCS #8 (-----BEGIN PRIVATE KEY-----); run: openssl pkcs8 -topk8 -nocrypt"
                            + " -in " + file.getFileName());
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(matcher.group(1));
            return KeyFactory.getInstance(leaf.getPublicKey().getAlgorithm())
                    .generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException | IllegalArgumentException noKey) {
            throw new Refused(
                    "key",
                    file + " holds no " + leaf.getPublicKey().getAlgorithm() + " key, which the certificate is for");
        }
    }

    private static void checkKey(PrivateKey key, X509Certificate leaf, Path file) throws Refused {
        if (key instanceof RSAKey rsa && rsa.getModulus().bitLength() < SHORTEST_RSA) {
            throw new Refused("key", file + " is an RSA key of less than " + SHORTEST_RSA + " bits");
        }
        if (!belongTogether(key, leaf)) {
            throw new Refused("key", file + " is not the key of the certificate");
        }
    }

    private static boolean belongTogether(PrivateKey key, X509Certificate leaf) {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        byte[] probe = "hutong".getBytes(StandardCharsets.US_ASCII);
        try {
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(probe);
            byte[] signature = signer.sign();
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(leaf.getPublicKey());
            verifier.update(probe);
            return verifier.verify(signature);
        } catch (GeneralSecurityException notTogether) {
            return false;
        }
    }

    /** The files are not usable; its message begins with the key of the configuration. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String what, String why) {
            super(what + ": " + why);
        }
    }
}
