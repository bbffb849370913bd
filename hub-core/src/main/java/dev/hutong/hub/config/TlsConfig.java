package dev.hutong.hub.config;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * By what a server proves itself: {@code http.tls} and {@code management.tls} in {@code hub.yaml}.
 *
 * @param certificate a PEM file with the server's certificate and those above it
 * @param key a PEM file with its private key
 * @param clientCertificates whether clients are asked to prove themselves by a certificate, too
 * @param clientTrust a PEM file of the authorities that theirs must be from; any will do where absent
 */
public record TlsConfig(Path certificate, Path key, ClientCertificates clientCertificates, Optional<Path> clientTrust) {
    /** Whether clients are asked for a certificate. */
    public enum ClientCertificates {
        /** They are not. */
        NONE,
        /** They are, and may have none; one that is not good ends the connection. */
        REQUEST
    }

    /** A server that asks clients for no certificate. */
    public TlsConfig(Path certificate, Path key) {
        this(certificate, key, ClientCertificates.NONE, Optional.empty());
    }

    static Optional<TlsConfig> read(ConfigTree tree, String path) {
        Optional<Path> certificate = tree.path(path + ".certificate");
        Optional<Path> key = tree.path(path + ".key");
        ClientCertificates clients = clientCertificates(tree, path + ".clientCertificates");
        Optional<Path> trust = tree.path(path + ".clientTrust");
        if (certificate.isPresent() != key.isPresent()) {
            tree.mistakes().add(path + ": certificate and key belong together");
        }
        if (certificate.isEmpty() && clients == ClientCertificates.REQUEST) {
            tree.mistakes()
                    .add(path + ".clientCertificates: only a server with a certificate of its own asks for others'");
        }
        if (trust.isPresent() && clients == ClientCertificates.NONE) {
            tree.mistakes().add(path + ".clientTrust: means nothing unless clientCertificates is request");
        }
        return certificate.flatMap(chain -> key.map(secret -> new TlsConfig(chain, secret, clients, trust)));
    }

    private static ClientCertificates clientCertificates(ConfigTree tree, String path) {
        Optional<String> text = tree.text(path);
        for (ClientCertificates value : ClientCertificates.values()) {
            if (text.isEmpty() || text.get().equals(nameOf(value))) {
                return value;
            }
        }
        tree.mistakes()
                .add(path + ": one of "
                        + Arrays.stream(ClientCertificates.values())
                                .map(TlsConfig::nameOf)
                                .collect(Collectors.joining(", "))
                        + " is expected, not " + text.get());
        return ClientCertificates.NONE;
    }

    private static String nameOf(ClientCertificates value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
