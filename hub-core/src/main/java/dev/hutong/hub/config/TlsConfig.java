package dev.hutong.hub.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * By what a server proves itself: {@code http.tls} and {@code management.tls} in {@code hub.yaml}.
 *
 * @param certificate a PEM file with the server's certificate and those above it
 * @param key a PEM file with its private key
 */
public record TlsConfig(Path certificate, Path key) {
    static Optional<TlsConfig> read(ConfigTree tree, String path) {
        Optional<Path> certificate = tree.path(path + ".certificate");
        Optional<Path> key = tree.path(path + ".key");
        if (certificate.isPresent() != key.isPresent()) {
            tree.mistakes().add(path + ": certificate and key belong together");
        }
        return certificate.flatMap(chain -> key.map(secret -> new TlsConfig(chain, secret)));
    }
}
