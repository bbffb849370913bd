package dev.hutong.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** An authority of a test's own, and the P-256 certificates that it issues, as PEM files. */
final class TestCertificates {
    private static final String AUTHORITY = "CN=Authority of a test";

    private final KeyPair authority = keyPair();
    private final Instant now;

    /** @param now from a day before which on all are good, for 90 days if nothing else is said */
    TestCertificates(Instant now) {
        this.now = now;
    }

    /** A certificate with its key. */
    record Issued(String certificate, String key) {
        void writeTo(Path certificateFile, Path keyFile) {
            write(keyFile, key, "rw-------");
            write(certificateFile, certificate, "rw-r--r--");
        }
    }

    /** The authority's own certificate, PEM. */
    String authority() {
        return certificate(AUTHORITY, authority, now.plus(Duration.ofDays(90)), true);
    }

    /** A certificate for 127.0.0.1 and localhost. */
    Issued issue(String subject) {
        return issue(subject, now.plus(Duration.ofDays(90)));
    }

    Issued issue(String subject, Instant end) {
        KeyPair pair = keyPair();
        return new Issued(
                certificate("CN=" + subject, pair, end, false),
                pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    }

    /** Writes a file as a whole: whoever reads meanwhile reads the old one or the new one. */
    static void write(Path file, String text, String permissions) {
        try {
            Path temporary = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(temporary, text);
            Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString(permissions));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String certificate(String subject, KeyPair holder, Instant end, boolean isAuthority) {
        try {
            AlgorithmIdentifier algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
            V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
            generator.setSerialNumber(new ASN1Integer(new BigInteger(64, new SecureRandom()).add(BigInteger.ONE)));
            generator.setIssuer(new X500Name(AUTHORITY));
            generator.setSubject(new X500Name(subject));
            generator.setStartDate(new Time(Date.from(now.minus(Duration.ofDays(1)))));
            generator.setEndDate(new Time(Date.from(end)));
            generator.setSignature(algorithm);
            generator.setSubjectPublicKeyInfo(
                    SubjectPublicKeyInfo.getInstance(holder.getPublic().getEncoded()));
            generator.setExtensions(extensions(isAuthority));
            TBSCertificate content = generator.generateTBSCertificate();
            Signature signer = Signature.getInstance("SHA256withECDSA");
            signer.initSign(authority.getPrivate());
            signer.update(content.getEncoded("DER"));
            ASN1EncodableVector whole = new ASN1EncodableVector();
            whole.add(content);
            whole.add(algorithm);
            whole.add(new DERBitString(signer.sign()));
            return pem("CERTIFICATE", new DERSequence(whole).getEncoded("DER"));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Extensions extensions(boolean isAuthority) throws IOException {
        ExtensionsGenerator extensions = new ExtensionsGenerator();
        extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
        if (!isAuthority) {
            extensions.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                new GeneralName(GeneralName.iPAddress, "127.0.0.1"), new GeneralName(GeneralName.dNSName, "localhost")
            }));
        }
        return extensions.generate();
    }

    private static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(der) + "\n-----END "
                + what + "-----\n";
    }
}
