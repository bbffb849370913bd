package dev.hutong.registry.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The authorities that a server's certificate must be from, where they are not those that the machine trusts. */
public final class Authorities {
    private Authorities() {}

    /** What a file was read as. */
    public sealed interface Reading {
        /** These authorities alone are trusted. */
        record Trusted(SSLContext context) implements Reading {}

        /** It names none. */
        record NotUsable(String why) implements Reading {}
    }

    /** Reads certificates in PEM. Blocks. */
    public static Reading read(Path file) {
        try (InputStream pem = Files.newInputStream(file)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(pem);
            return certificates.isEmpty() ? noCertificates(file) : new Reading.Trusted(trusting(certificates));
        } catch (CertificateException noCertificate) {
            return noCertificates(file);
        } catch (NoSuchFileException e) {
            return new Reading.NotUsable("there is no file " + file + ".");
        } catch (IOException e) {
            return new Reading.NotUsable(file + " cannot be read (" + e + "): give this user access to it.");
        }
    }

    private static Reading noCertificates(Path file) {
        return new Reading.NotUsable(file + " holds no certificates in PEM (-----BEGIN CERTIFICATE-----).");
    }

    private static SSLContext trusting(Collection<? extends Certificate> certificates) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate certificate : certificates) {
                store.setCertificateEntry("authority " + store.size(), certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException missing) {
            throw new IllegalStateException("every Java has TLS and key stores", missing);
        }
    }
}
