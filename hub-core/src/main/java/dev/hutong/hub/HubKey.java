package dev.hutong.hub;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;

/** The key a hub signs its decisions with: a P-256 key in the data folder, made when the hub first starts, readable by its owner only. */
final class HubKey {
    private static final String FILE = "hub-key.jwk.json";

    private HubKey() {}

    /** The key of this data folder, which this process holds. */
    static ECKey loadOrMake(Path data) {
        Path file = data.resolve(FILE);
        try {
            return Files.exists(file) ? load(file) : make(file);
        } catch (IOException e) {
            throw new HubStartException("The hub's key " + file + " cannot be read or written (" + e.getMessage()
                    + "): give this user access to the data folder.");
        }
    }

    private static ECKey load(Path file) throws IOException {
        try {
            ECKey key = ECKey.parse(Files.readString(file));
            if (key.isPrivate() && Curve.P_256.equals(key.getCurve()) && key.getKeyID() != null) {
                return key;
            }
        } catch (ParseException notAKey) {
            // Told below, with every other way in which the file is not a key.
        }
        throw new HubStartException(
                file + " is not the hub's private P-256 JWK: restore it from your backup, or move it away, and the hub"
                        + " makes a new one (what it signed before then verifies with the old one only).");
    }

    /** Written aside and moved into place, so that a hub killed meanwhile leaves no half a key. */
    private static ECKey make(Path file) throws IOException {
        try {
            ECKey key = new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyIDFromThumbprint(true)
                    .generate();
            Path aside = file.resolveSibling(FILE + ".new");
            Files.deleteIfExists(aside);
            Files.createFile(aside, ownerOnly());
            Files.writeString(aside, key.toJSONString() + "\n");
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
            return key;
        } catch (JOSEException e) {
            throw new IllegalStateException("every Java platform makes P-256 keys", e);
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
