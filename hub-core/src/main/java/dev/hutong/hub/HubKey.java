package dev.hutong.hub;

import dev.hutong.registry.jose.KeyAdmission;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

/** The key a hub signs its decisions with: a P-256 key in the data folder, made when the hub first starts, readable by its owner only. */
final class HubKey {
    private static final String FILE = "hub-key.jwk.json";

    private HubKey() {}

    /** The key of this data folder, which this process holds. */
    static PrivateJwk loadOrMake(Path data) {
        Path file = data.resolve(FILE);
        try {
            return Files.exists(file) ? load(file) : make(file);
        } catch (IOException e) {
            throw new HubStartException("The hub's key " + file + " cannot be read or written (" + e.getMessage()
                    + "): give this user access to the data folder.");
        }
    }

    private static PrivateJwk load(Path file) throws IOException {
        return switch (PrivateJwk.parse(Files.readAllBytes(file))) {
            case KeyAdmission.Admitted<PrivateJwk>(PrivateJwk key)
            when key.publicJwk().algorithm() == SignatureAlgorithm.ES256 -> key;
            case KeyAdmission.Admitted<PrivateJwk> other -> throw notTheHubsKey(file, "it is not a P-256 key");
            case KeyAdmission.Refused<PrivateJwk> refused -> throw notTheHubsKey(file, refused.detail());
        };
    }

    private static HubStartException notTheHubsKey(Path file, String why) {
        return new HubStartException(file + " is not the hub's private P-256 JWK (" + why
                + "): restore it from your backup, or move it away, and the hub makes a new one (what it signed before then verifies with"
                + " the old one only).");
    }

    /** Written aside, forced to the disk and moved into place, so that a hub killed meanwhile leaves no half a key. */
    private static PrivateJwk make(Path file) throws IOException {
        PrivateJwk key = PrivateJwk.generate(SignatureAlgorithm.ES256, new SecureRandom());
        Path aside = file.resolveSibling(FILE + ".new");
        Files.deleteIfExists(aside);
        Files.createFile(aside, ownerOnly());
        try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap((key.toJson() + "\n").getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        return key;
    }

    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
